import { Aws } from 'aws-cdk-lib';
import { CrossAccountUse } from './cross-account-use';
import { EncryptedService } from './encrypted-service';
import { PolicyStatementJson } from '../analysis/policy-document';

const READ = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE = ['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const MESSAGE = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const { DYNAMODB, EBS, LOGS, S3, SNS, SQS } = EncryptedService;

/**
 * Policy of a key of an account and Region, for the data of some services. Pseudo parameters say which account and Region, so that one template serves all.
 *
 * The principals of the account use it through these services, like AWS's own keys, so a team writes no permission on keys; IAM policies of the account may allow more.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (kms:ViaService, kms:CallerAccount)
 */
export function keyPolicy(services: readonly EncryptedService[], crossAccount: readonly CrossAccountUse[]): { readonly Version: string; readonly Statement: PolicyStatementJson[] } {
  const through = (some: readonly EncryptedService[]) => some.map(({ _endpoint }) => `${_endpoint}.${Aws.REGION}.amazonaws.com`);
  const ownThrough = { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': through(services) };
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root` }, Action: 'kms:*', Resource: '*' },
      { Sid: 'ThroughServices', Effect: 'Allow', Principal: { AWS: '*' }, Action: [...READ, ...WRITE], Resource: '*', Condition: { StringEquals: ownThrough } },
      // Databases, volumes and tables go on using the key when nobody is there to ask.
      grants('ServicesKeep', { AWS: '*' }, { StringEquals: ownThrough }),
      ...serviceStatements(services),
      ...crossAccount.flatMap((use, at) => othersThrough(use, at + 1, services, through)),
    ],
  };
}

function grants(Sid: string, Principal: PolicyStatementJson['Principal'], { StringEquals, ...more }: NonNullable<PolicyStatementJson['Condition']>): PolicyStatementJson {
  return { Sid, Effect: 'Allow', Principal, Action: 'kms:CreateGrant', Resource: '*', Condition: { ...more, StringEquals, Bool: { 'kms:GrantIsForAWSResource': 'true' } } };
}

/** Services that ask for themselves and not for a principal of the account. */
function serviceStatements(services: readonly EncryptedService[]): PolicyStatementJson[] {
  const any = (...of: EncryptedService[]) => of.some((one) => services.includes(one));
  const allow = (Sid: string, Service: string | string[], Action: string[], Condition?: PolicyStatementJson['Condition']): PolicyStatementJson => (
    { Sid, Effect: 'Allow', Principal: { Service }, Action, Resource: '*', ...(Condition ? { Condition } : {}) });
  const own = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  return [
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html: with the log group as encryption context
    ...(any(LOGS) ? [allow('LogGroups', `logs.${Aws.REGION}.amazonaws.com`, ['kms:Decrypt', 'kms:DescribeKey', ...WRITE], {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*` },
    })] : []),
    // Alarms and topics say whose they are; EventBridge does not, and S3 is documented without
    // (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html). Topics and queues themselves say who sends to them.
    ...(any(SNS, SQS) ? [allow('Senders', ['cloudwatch.amazonaws.com', 'sns.amazonaws.com'], MESSAGE, own), allow('SendersOfEvents', ['events.amazonaws.com', 's3.amazonaws.com'], MESSAGE)] : []),
    ...(any(S3) ? [
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html (read 2026-11-23)
      allow('DeliveredLogs', 'delivery.logs.amazonaws.com', ['kms:Decrypt', 'kms:DescribeKey', ...WRITE], own),
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html: for origin access control
      allow('Distributions', 'cloudfront.amazonaws.com', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'], {
        ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*` },
      }),
    ] : []),
  ];
}

/** Principals of other accounts, whose own accounts must allow it as well. */
function othersThrough(
  use: CrossAccountUse, at: number, services: readonly EncryptedService[], through: (some: readonly EncryptedService[]) => string[],
): PolicyStatementJson[] {
  const shared = (use.services ?? EncryptedService.all()).filter((service) => services.includes(service));
  if (shared.length === 0) return [];
  const via = { 'kms:ViaService': through(shared) };
  const who = [
    ...(use.accounts?.length ? [{ Principal: { AWS: use.accounts.map((id) => `arn:${Aws.PARTITION}:iam::${id}:root`) }, condition: { StringEquals: via } }] : []),
    ...(use.organizationId !== undefined ? [{
      Principal: { AWS: '*' },
      condition: {
        StringEquals: { ...via, 'aws:PrincipalOrgID': use.organizationId },
        ...(use.organizationPaths ? { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': use.organizationPaths } } : {}),
      },
    }] : []),
  ];
  const isLasting = use.write === true && shared.some((service) => service === EBS || service === EncryptedService.RDS || service === DYNAMODB);
  return who.flatMap(({ Principal, condition }, index) => {
    const name = `${at}${index === 0 ? '' : 'b'}`;
    return [
      { Sid: `Others${name}`, Effect: 'Allow' as const, Principal, Action: use.write ? [...READ, ...WRITE] : READ, Resource: '*', Condition: condition },
      ...(isLasting ? [grants(`OthersKeep${name}`, Principal, condition)] : []),
    ];
  });
}
