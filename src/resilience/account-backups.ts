import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnBackupVault, CfnRestoreTestingPlan, CfnRestoreTestingSelection } from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { RESTORE_ROLE, VAULT_NAME } from './backup-names';
import { ResilienceStandard } from './resilience-standard';
import { retentionBounds } from './retention-bounds';
import { vaultKey } from './vault-key';
import { VaultLock } from './vault-lock';

/** Properties of what an account needs for its backups. */
export interface AccountBackupsProps {
  readonly standard: ResilienceStandard;
  /** Account that copies go to. */
  readonly centralAccountId: string;
  /** @default - no lock */
  readonly lock?: VaultLock;
  /** Whether restoring is tried in tiers that say so. */
  readonly testsRestores: boolean;
}

/**
 * By the name that restore testing gives a type; those that it restores without being told how. RDS and Aurora need a default VPC, or the subnets of each account, and a landing zone has no default VPCs (https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html, read 2026-11-23).
 */
const TESTED = ['DynamoDB', 'EBS', 'EFS', 'S3'];

/**
 * A vault, its key, and tries of restoring, in one account and Region.
 *
 * @internal
 */
export class AccountBackups extends Construct {
  public constructor(scope: Construct, id: string, props: AccountBackupsProps) {
    super(scope, id);
    const { standard, lock, centralAccountId } = props;
    const { min, max } = retentionBounds(standard.tiers);
    const vault = new CfnBackupVault(this, 'Vault', {
      backupVaultName: VAULT_NAME,
      encryptionKeyArn: vaultKey(this, 'Backups of the account', centralAccountId).attrArn,
      ...(lock ? { lockConfiguration: { minRetentionDays: min, maxRetentionDays: max, ...(lock.changeableDays === undefined ? {} : { changeableForDays: lock.changeableDays }) } } : {}),
    });
    vault.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (!props.testsRestores) return;
    for (const { tier, restoreTested } of standard.tiers) if (restoreTested) this.test(tier, vault);
  }

  /** The latest backup of the last week of each resource of the tier is restored, and what was made is deleted (https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html). */
  private test(tier: string, vault: CfnBackupVault): void {
    const restoreTestingPlanName = `landing_zone_tier_${tier}`;
    const plan = new CfnRestoreTestingPlan(this, `RestoreTests${tier}`, {
      restoreTestingPlanName,
      scheduleExpression: 'cron(0 6 ? * SAT *)',
      startWindowHours: 24,
      recoveryPointSelection: { algorithm: 'LATEST_WITHIN_WINDOW', includeVaults: [vault.attrBackupVaultArn], recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'], selectionWindowDays: 7 },
    });
    for (const type of TESTED) {
      new CfnRestoreTestingSelection(this, `RestoreTests${tier}${type}`, {
        restoreTestingPlanName,
        restoreTestingSelectionName: `${type}_tier_${tier}`,
        protectedResourceType: type,
        iamRoleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${RESTORE_ROLE}`,
        protectedResourceConditions: { stringEquals: [{ key: `aws:ResourceTag/${ResilienceStandard.TAG_KEY}`, value: tier }] },
      }).addResourceDependency(plan);
    }
  }
}
