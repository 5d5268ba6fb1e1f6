import { App } from 'aws-cdk-lib';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { Baseline } from '../delivery/baseline';
import { BaselineWave } from '../delivery/baseline-wave';
import { InputError } from '../model/input-error';
import { Account } from '../organization/account';
import { Organization } from '../organization/organization';
import { OrganizationPolicy } from '../organization/organization-policy';
import { OrganizationalUnit } from '../organization/organizational-unit';
import { OrganizationPolicyDocument } from '../organization/policy-document-source';
import { IPolicyTarget } from '../organization/policy-target';
import { OrganizationPolicyType } from '../organization/policy-type';
import { AccountBackups } from '../resilience/account-backups';
import { backupPolicy } from '../resilience/backup-policy';
import { BackupRoles } from '../resilience/backup-roles';
import { CentralBackups } from '../resilience/central-backups';
import { ResilienceStandard } from '../resilience/resilience-standard';
import { retentionBounds } from '../resilience/retention-bounds';
import { VaultLock } from '../resilience/vault-lock';

/** Properties of the backups of a landing zone. */
export interface ZoneBackupsProps {
  /** What each tier promises. @default new ResilienceStandard() */
  readonly standard?: ResilienceStandard;
  /** Units whose accounts have backups, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account gets a vault. @default - the last one */
  readonly managementAccountIn?: string;
  /** Key of the account that copies go to, best one that does nothing else. @default - `backup` if there is such an account, else `log-archive` */
  readonly account?: string;
  /** Who may take back how long backups are kept. @default VaultLock.governance() */
  readonly lock?: VaultLock;
  /** Whether copies go to a logically air-gapped vault, which is locked for compliance from the start and keeps backups for 7 days at least. @default false */
  readonly airGapped?: boolean;
  /** Whether restoring is tried each week in tiers that say so: what is restored costs money until it is deleted. @default true */
  readonly restoreTests?: boolean;
}

/** AWS takes no less for a logically air-gapped vault (CloudFormation's page of AWS::Backup::LogicallyAirGappedBackupVault, read 2026-11-23). */
const LEAST_AIR_GAPPED_DAYS = 7;

/**
 * In the order that AWS needs: copies between accounts are allowed, the vault that they go to, the vaults and roles of accounts, and the policies by which backups begin.
 */
export function addBackups(app: App, facts: Pick<ZoneDetectionFacts, 'organization' | 'name' | 'homeRegion' | 'allowedRegions' | 'partition' | 'baselines' | 'controls'>, props: ZoneBackupsProps): Baseline {
  const { organization, homeRegion, partition } = facts;
  const { standard = new ResilienceStandard(), waves = [{ name: 'all', units: [organization.root] }], lock = VaultLock.governance(), airGapped = false } = props;
  const central = centralAccount(organization, props);
  const stacks = new DetectionStacks(app, facts);
  check(standard, stacks.regions, airGapped);
  organization.settings.allowBackupCopies();
  const targets = stacks.regions.map((region) => {
    const stack = stacks.in(central, 'Backups', region, 'Copies of backups of all accounts');
    new CentralBackups(stack, 'Backups', { standard, organizationId: organization._literalId, lock, airGapped });
    return stack;
  });
  const testsRestores = props.restoreTests ?? true;
  const managementAccountIn = props.managementAccountIn ?? waves.at(-1)?.name;
  // An account has a role once, and a vault in each Region.
  const roles = facts.baselines.addBaseline('BackupRoles', {
    waves, regions: [homeRegion], managementAccountIn, content: { define: (stack) => { new BackupRoles(stack, 'Roles', { testsRestores }); } },
  });
  const baseline = facts.baselines.addBaseline('Backups', {
    waves, regions: stacks.regions, managementAccountIn, content: { define: (stack) => { new AccountBackups(stack, 'Backups', { standard, centralAccountId: central.accountId, lock, testsRestores }); } },
  });
  for (const stack of baseline.stacks) for (const before of roles.stacks) stack.addStackDependency(before, 'Roles of AWS Backup');
  const policies = stacks.inManagement('Backups-Policies', homeRegion, 'Which backups are made', ...targets, ...baseline.stacks);
  const places = { partition, regions: stacks.regions, centralAccountId: central.accountId, tagKey: ResilienceStandard.TAG_KEY };
  for (const promise of standard.tiers) {
    const policy = new OrganizationPolicy(policies, `Tier${promise.tier}`, {
      organization,
      document: OrganizationPolicyDocument.json(OrganizationPolicyType.BACKUP, { name: `LandingZone-Backups-Tier${promise.tier}`, description: `Backups of resources with ${ResilienceStandard.TAG_KEY} ${promise.tier}` }, backupPolicy(promise, places)),
    });
    for (const target of targetsOf(waves)) policy.attachTo(target, organization._idIn(policies, target));
  }
  return baseline;
}

/** Units and accounts of the waves, each once: a policy where there is no vault would have backups fail. */
function targetsOf(waves: readonly BaselineWave[]): IPolicyTarget[] {
  const targets = [...new Set(waves.flatMap(({ units }) => units))];
  return targets.filter((one): one is OrganizationalUnit | Account => one instanceof OrganizationalUnit || one instanceof Account);
}

function centralAccount(organization: Organization, { account }: ZoneBackupsProps) {
  return organization.account(account ?? (organization.accounts.some(({ key }) => key === 'backup') ? 'backup' : 'log-archive'));
}

function check({ tiers }: ResilienceStandard, regions: readonly string[], airGapped: boolean): void {
  const abroad = tiers.filter(({ copyToRegion }) => copyToRegion).map(({ tier }) => tier);
  const copied = tiers.filter(({ copyToAccount }) => copyToAccount);
  const { min } = retentionBounds(copied);
  const problems = [
    ...(regions.length < 2 && abroad.length > 0 ? [`tiers ${abroad.join(' and ')} have a copy in another Region, and the zone has ${regions.join()} alone: allow another one, or say copyToRegion: false`] : []),
    ...(copied.length === 0 ? ['no tier has a copy in another account: one copyToAccount at least is expected, or who takes over an account has its backups too'] : []),
    ...(airGapped && min < LEAST_AIR_GAPPED_DAYS ? [`airGapped: a copy is kept for ${min} days, and AWS takes ${LEAST_AIR_GAPPED_DAYS} at least`] : []),
  ];
  if (problems.length > 0) throw new InputError(`addBackups has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
}
