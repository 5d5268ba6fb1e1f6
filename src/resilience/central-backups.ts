import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBackupVault, CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { CENTRAL_VAULT_NAME } from './backup-names';
import { ResilienceStandard } from './resilience-standard';
import { retentionBounds } from './retention-bounds';
import { vaultKey } from './vault-key';
import { VaultLock } from './vault-lock';

/** Properties of the vault that copies of all accounts go to. */
export interface CentralBackupsProps {
  readonly standard: ResilienceStandard;
  /** `o-ab12cd34ef`: its accounts may copy to the vault. */
  readonly organizationId: string;
  /** @default - no lock; a logically air-gapped vault is locked by itself */
  readonly lock?: VaultLock;
  /** Whether the vault is logically air-gapped: locked for compliance, and encrypted with a key that AWS owns. */
  readonly airGapped: boolean;
}

/**
 * The vault that copies of all accounts of a Region go to, and nobody outside the organization copies to.
 *
 * @internal
 */
export class CentralBackups extends Construct {
  public constructor(scope: Construct, id: string, { standard, organizationId, lock, airGapped }: CentralBackupsProps) {
    super(scope, id);
    const { min, max } = retentionBounds(standard.tiers.filter(({ copyToAccount }) => copyToAccount));
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
    const accessPolicy = {
      Version: '2012-10-17',
      Statement: [{
        Sid: 'CopiesOfTheOrganization', Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
      }],
    };
    const common = { backupVaultName: CENTRAL_VAULT_NAME, accessPolicy };
    const vault = airGapped
      ? new CfnLogicallyAirGappedBackupVault(this, 'AirGappedVault', { ...common, minRetentionDays: min, maxRetentionDays: max })
      : new CfnBackupVault(this, 'Vault', {
        ...common,
        encryptionKeyArn: vaultKey(this, 'Copies of backups of all accounts').attrArn,
        ...(lock ? { lockConfiguration: { minRetentionDays: min, maxRetentionDays: max, ...(lock.changeableDays === undefined ? {} : { changeableForDays: lock.changeableDays }) } } : {}),
      });
    vault.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
