import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BackupFrequency, LandingZone, RegionStandard, ResilienceStandard, ResilienceTier, VaultLock, ZoneBackupsProps } from '../../src';
import { stackSets } from '../delivery/baseline-fixture';
import '../../src/testing';

function zone(props: ZoneBackupsProps = {}, { allowed = ['eu-west-1', 'eu-central-1'], hasAccount = false } = {}) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example' });
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  if (hasAccount) made.unit('Infrastructure').addAccount('backup', { email: 'aws+backup@acme.example' });
  made.addBackups(props);
  return { app, made };
}

const stackOf = (app: App, name: string) => app.node.findAll().find((one): one is Stack => Stack.isStack(one) && one.stackName === name)!;
const policies = (app: App) => Object.values<any>(Template.fromStack(stackOf(app, 'Acme-Backups-Policies-eu-west-1')).findResources('AWS::Organizations::Policy')).map(({ Properties }) => Properties);
const deliveredTo = (app: App) => ['Acme-BackupRoles-Root', 'Acme-Backups-Root'].flatMap((name) => Object.values<any>(JSON.parse(stackSets(app)[name].Properties.TemplateBody).Resources));

test('a policy of each tier says by tag what is backed up, how often, and where copies go', () => {
  const { app, made } = zone();
  const all = policies(app);
  expect(all.map(({ Name, Type }) => `${Type} ${Name}`)).toEqual(['1', '2', '3', '4'].map((tier) => `BACKUP_POLICY LandingZone-Backups-Tier${tier}`));
  const { accountId } = made.account('log-archive');
  const plans = all[0].Content.plans;
  expect(Object.keys(plans)).toEqual(['LandingZone-Tier1-eu-west-1', 'LandingZone-Tier1-eu-central-1']);
  expect(plans['LandingZone-Tier1-eu-west-1']).toMatchSnapshot();
  expect(Object.keys(plans['LandingZone-Tier1-eu-central-1'].rules.Scheduled.copy_actions)).toEqual([
    'arn:aws:backup:eu-west-1:$account:backup-vault:landing-zone', `arn:aws:backup:eu-central-1:${accountId}:backup-vault:landing-zone-copies`,
  ]);
  expect(Object.keys(all[3].Content.plans)).toEqual(['LandingZone-Tier4']);
  expect(all[3].Content.plans['LandingZone-Tier4'].rules.Scheduled.copy_actions).toBeUndefined();
});

test('no copy goes where it comes from, every backup goes to a vault that is delivered, and roles are those that are delivered', () => {
  const { app } = zone({}, { allowed: ['eu-west-1', 'eu-central-1', 'eu-north-1', 'us-east-1', 'us-west-2'] });
  const delivered = deliveredTo(app);
  const roles = delivered.filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties.RoleName);
  const vaults = delivered.filter(({ Type }) => Type === 'AWS::Backup::BackupVault').map(({ Properties }) => Properties.BackupVaultName);
  for (const { Content } of policies(app)) {
    expect(JSON.stringify(Content).length).toBeLessThan(10_000);
    for (const plan of Object.values<any>(Content.plans)) {
      expect(roles).toContain(plan.selections.tags.Tier.iam_role_arn['@@assign'].split('role/')[1]);
      for (const rule of Object.values<any>(plan.rules)) {
        expect(vaults).toContain(rule.target_backup_vault_name['@@assign']);
        for (const region of plan.regions['@@assign']) expect(Object.keys(rule.copy_actions ?? {})).not.toContain(`arn:aws:backup:${region}:$account:backup-vault:landing-zone`);
      }
    }
  }
});

test('locks let backups be kept as long as the tiers say, and no rule asks for less or more', () => {
  const standard = new ResilienceStandard({ tiers: [{ tier: ResilienceTier.TIER_1, retention: Duration.days(90) }, { tier: ResilienceTier.TIER_3, retention: Duration.days(14) }] });
  const { app } = zone({ standard, lock: VaultLock.compliance(7) });
  const [vault] = deliveredTo(app).filter(({ Type }) => Type === 'AWS::Backup::BackupVault');
  expect(vault.Properties.LockConfiguration).toEqual({ MinRetentionDays: 14, MaxRetentionDays: 90, ChangeableForDays: 7 });
  const days = policies(app).flatMap(({ Content }) => JSON.stringify(Content).match(/(?<="delete_after_days":\{"@@assign":")\d+/g)!.map(Number));
  expect([Math.min(...days), Math.max(...days)]).toEqual([14, 90]);
  expect(() => VaultLock.compliance(2)).toThrow('3 at least');
});

test('copies go to the account for backups where there is one, from the organization alone, air-gapped on request', () => {
  const { app, made } = zone({ airGapped: true }, { hasAccount: true });
  const central = stackOf(app, 'Acme-Backups-eu-central-1');
  expect(central.account).toBe(made.account('backup').accountId);
  Template.fromStack(central).hasResourceProperties('AWS::Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'landing-zone-copies', MinRetentionDays: 35, MaxRetentionDays: 35,
    AccessPolicy: { Statement: [{ Action: 'backup:CopyIntoBackupVault', Condition: { StringEquals: { 'aws:PrincipalOrgID': made.organization._literalId } } }] },
  });
  Template.fromStack(central).resourceCountIs('AWS::Backup::BackupVault', 0);
  expect(stackOf(zone().app, 'Acme-Backups-eu-central-1').account).toBe(zone().made.account('log-archive').accountId);
});

test('tiers that say so are tried each week, and others are not', () => {
  const names = (props: ZoneBackupsProps) => deliveredTo(zone(props).app).filter(({ Type }) => Type === 'AWS::Backup::RestoreTestingPlan').map(({ Properties }) => Properties.RestoreTestingPlanName);
  expect(names({})).toEqual(['landing_zone_tier_1', 'landing_zone_tier_2']);
  expect(names({ restoreTests: false })).toEqual([]);
  const selections = deliveredTo(zone().app).filter(({ Type }) => Type === 'AWS::Backup::RestoreTestingSelection');
  expect(selections).toHaveLength(8);
  expect(selections.every(({ Properties }) => /^\w{1,50}$/.test(Properties.RestoreTestingSelectionName) && Properties.ProtectedResourceConditions.StringEquals[0].Key === 'aws:ResourceTag/resilience-tier')).toBe(true);
});

test('policies come after vaults and roles, and the organization trusts the service and has the type', () => {
  const { app, made } = zone();
  app.synth();
  const before = stackOf(app, 'Acme-Backups-Policies-eu-west-1').dependencies.map(({ stackName }) => stackName);
  expect(before).toEqual(expect.arrayContaining(['Acme-Organization', 'Acme-Backups-eu-west-1', 'Acme-Backups-eu-central-1', 'Acme-Backups-Root']));
  const organization = Template.fromStack(made.organizationStack);
  organization.hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'backup.amazonaws.com' });
  organization.hasResourceProperties('Custom::OrganizationPolicyType', { PolicyType: 'BACKUP_POLICY' });
});

test('workloads cannot delete backups or copy them out of the organization, by proof', () => {
  const { made } = zone();
  expect(made.account('payments-prod')).toNeverAllow('backup:DeleteRecoveryPoint', 'backup:DeleteBackupVaultLockConfiguration');
});

test('what cannot be is told at once', () => {
  expect(() => zone({}, { allowed: ['eu-west-1'] })).toThrow('tiers 1 and 2 have a copy in another Region, and the zone has eu-west-1 alone');
  const short = new ResilienceStandard({ tiers: [{ tier: ResilienceTier.TIER_3, retention: Duration.days(5) }] });
  expect(() => zone({ standard: short, airGapped: true }, { allowed: ['eu-west-1'] })).toThrow(/2 problems[^]*airGapped: a copy is kept for 5 days, and AWS takes 7 at least/);
  expect(() => zone().made.addBackups()).toThrow('has backups already');
  expect(() => zone({ account: 'vaults' })).toThrow('There is no account "vaults"');
  const frequent = new ResilienceStandard({ tiers: [{ tier: ResilienceTier.TIER_4, frequency: BackupFrequency.daily() }] });
  expect(JSON.stringify(policies(zone({ standard: frequent }).app)[3].Content)).toContain('cron(0 3 ? * * *)');
});

test('more Regions than a policy has room for are told', () => {
  const allowed = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'eu-west-2', 'eu-west-3', 'ap-southeast-1', 'ap-southeast-2'];
  expect(() => zone({}, { allowed }).app.synth()).toThrow(/LandingZone-Backups-Tier1/);
  expect(() => zone({}, { allowed: allowed.slice(0, 7) }).app.synth()).not.toThrow();
});

test('it is clean of AwsSolutions and validates', () => {
  const { app } = zone();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).not.toThrow();
});
