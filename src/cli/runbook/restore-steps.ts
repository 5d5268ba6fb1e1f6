import { RESTORE_COMMANDS } from './restore-commands';
import { CENTRAL_VAULT_NAME, VAULT_NAME } from '../../resilience/backup-names';
import { RecoveryRow } from '../../resilience/recovery-matrix';
import { spoken } from '../../resilience/spoken';

/** What to do for one resource, in markdown, below a heading of its own. */
export function restoreSteps(row: RecoveryRow): string[] {
  const { stack, logicalId, type, account, region, promise, recovery, gaps } = row;
  const title = [`### ${logicalId}`, '', `${type} of stack \`${stack}\`, account ${account ?? 'of the deployment'}, Region ${region ?? 'of the deployment'}.`, ''];
  if (!promise || !recovery) return [...title, '**It is not backed up: nothing brings its data back.** Give it a tier.', ''];
  return [
    ...title,
    `Tier ${promise.tier}: back within ${spoken(promise.rto.toMinutes({ integral: false }))}, losing up to ${spoken(promise.rpo.toMinutes({ integral: false }))}. From ${recovery.by} it loses up to ${spoken(recovery.lossMinutes)}.`,
    ...gaps.map((gap) => `**Not as promised:** ${gap}.`),
    '',
    '```sh',
    ...nameOf(stack, logicalId),
    ...RESTORE_COMMANDS[recovery.by === 'continuous backup' ? type : 'by schedule'] ?? RESTORE_COMMANDS['by schedule']!,
    '```',
    '',
    '| What is lost | Bring it back from |',
    '|---|---|',
    `| its data | ${recovery.by === 'its replica' ? `its replica, where the loss is not in it too; else vault \`${VAULT_NAME}\`` : recovery.by === 'continuous backup' ? 'the latest moment, or the last one before the harm' : `vault \`${VAULT_NAME}\` of its account and Region`} |`,
    `| its Region | ${promise.replicated ? 'where it is replicated to; ' : ''}${promise.copyToRegion ? `vault \`${VAULT_NAME}\` of its account in the other Region` : promise.copyToAccount ? 'nothing until the Region is back: the tier has no copy in another one' : 'nothing: the tier has no copy'} |`,
    `| its account | ${promise.copyToAccount ? `vault \`${CENTRAL_VAULT_NAME}\` of the account that copies go to, same Region: copy it back, then restore` : 'nothing: the tier has no copy in another account'} |`,
    '',
    ...(recovery.by === 'continuous backup' && type !== 'AWS::S3::Bucket' ? [] : ['`RESTORE_ROLE_ARN` is a role that AWS Backup may become, with AWSBackupServiceRolePolicyForRestores, of a bucket AWSBackupServiceRolePolicyForS3Restore.']),
    'What is restored is a new resource: point the stack to it.',
    '',
  ];
}

/** Commands that find the physical id; a nested stack is a resource of the one that it is in. */
function nameOf(stack: string, logicalId: string): string[] {
  const [root, ...inside] = [...stack.split('/'), logicalId];
  return [`NAME=${root}`, ...inside.map((id) => `NAME=$(aws cloudformation describe-stack-resource --stack-name "$NAME" --logical-resource-id ${id} --query StackResourceDetail.PhysicalResourceId --output text)`)];
}
