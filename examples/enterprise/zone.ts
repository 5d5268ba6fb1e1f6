import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import {
  AddressPlan, AlertSource, AlertTarget, AlternateContacts, AssignmentTarget, Budget, BudgetAction, BudgetAmount, BudgetThreshold, CostAlerts, CostCategory, CostExport, CostStandard,
  DeploymentPipeline, EncryptionStandard, IdentityCenter, IdentityGroup, Inspection, LandingZone, LockFile, LogGroupFilter, OrganizationFile, PermissionBoundary,
  PermissionSets, PipelineRunner, PlatformPrincipals, Severity, SplitCharge, TaggingStandard,
} from '../../src';

const SECURITY = { name: 'Security', title: 'Security operations', email: 'security@acme.example', phone: '+353 1 555 0100' };
const FINANCE = { name: 'Finance', title: 'FinOps', email: 'finops@acme.example', phone: '+353 1 555 0101' };
const CONTACTS: AlternateContacts = { security: SECURITY, billing: FINANCE, operations: { name: 'Platform', title: 'Platform on call', email: 'platform@acme.example', phone: '+353 1 555 0102' } };

/** Six accounts of the platform and twenty of teams, in two Regions, each born with logs, recording, keys, settings, identity, tags and a budget. */
export function enterpriseZone(app: App, lockFile?: LockFile, newcomers: readonly string[] = []): LandingZone {
  const tagging = TaggingStandard.load(join(__dirname, 'tags.yaml'));
  const zone = new LandingZone(app, 'Acme', {
    organization: OrganizationFile.load(join(__dirname, 'organization.yaml')),
    tagging,
    costs: new CostStandard({
      alerts: new CostAlerts({ emails: ['finops@acme.example'] }),
      thresholds: [BudgetThreshold.actual(80), BudgetThreshold.actual(100), BudgetThreshold.forecast(110)],
      categories: [
        // What the platform costs is shared by those who run on it.
        CostCategory.byUnit('Unit', { defaultValue: 'Organization', splits: [SplitCharge.proportional('Infrastructure', 'Workloads', 'Sandbox')] }),
        CostCategory.byTag('Owner', 'owner', { defaultValue: 'nobody' }),
      ],
      budgets: [Budget.costCategory('Unit', 'Workloads', BudgetAmount.monthly(45_000))],
      // Of accounts that come; the others' are in the file.
      accountDefault: BudgetAmount.monthly(200),
      actions: [BudgetAction.onEachAccountOf('Sandbox', BudgetThreshold.actual(100))],
    }),
    platformPrincipals: PlatformPrincipals.standard({ setsAccounts: true, acceptsPeerings: true, configuresDetection: true }),
    ...(lockFile ? { lockFile } : {}),
  });

  for (const key of newcomers) zone.unit('Workloads/NonProd').addAccount(key, { email: `aws+${key}@acme.example`, tags: { owner: 'orders' } });

  // In the order in which teams roll out what changes.
  const units = (...paths: string[]) => paths.map((path) => zone.unit(path));
  const waves = [
    { name: 'sandbox', units: units('Sandbox') },
    { name: 'non-production', units: units('Workloads/NonProd') },
    { name: 'production', units: units('Workloads/Prod', 'Infrastructure', 'Security') },
  ];

  const logs = zone.addLogArchive();
  zone.logging.addTrail();
  zone.detection.addConfig({ waves });
  zone.detection.addAccessAnalyzer();
  zone.detection.addGuardDuty();
  zone.detection.addSecurityHub({ without: [{ control: 'IAM.6', reason: 'Root users of member accounts have no credentials' }] });
  zone.detection.addInspector();
  zone.detection.addMacie();
  zone.detection.addDetective();
  zone.detection.addSecurityLake();
  zone.logging.centralizeLogs({ logGroups: LogGroupFilter.startingWith('/aws/lambda/', '/aws/eks/') });
  zone.logging.shareTelemetry({ waves });
  zone.addAlerts({ sources: [...AlertSource.standard(), AlertSource.alarms()], routes: [{ target: AlertTarget.email('security@acme.example'), from: Severity.MEDIUM }, { target: AlertTarget.slack('T07EA123LEP', 'C07EZ1ABC23'), from: Severity.HIGH }] });

  zone.addEncryption(new EncryptionStandard(), { waves });
  zone.addPavedRoad({ waves });
  zone.addBackups({ waves });
  zone.addAccountSettings({ waves, contacts: CONTACTS });
  zone.addSystemsManager({ waves });
  zone.addQuotas({ waves, quotas: [{ serviceCode: 'lambda', quotaCode: 'L-B99A9384', value: 5000, atCreation: true }] });
  zone.addBreakGlass({ waves, trustedPrincipalArns: ['arn:aws:iam::111122223333:user/emergency-1', 'arn:aws:iam::111122223333:user/emergency-2'] });
  zone.organization.centralizeRootAccess(zone.account('security'));

  zone.addBaseline('Boundary', { waves, regions: ['eu-west-1'], content: { define: (stack) => { new PermissionBoundary(stack, 'Boundary'); } } });
  zone.enable('Workloads', PermissionBoundary.controlSet());

  zone.enable('Root', tagging.standardize(), tagging.protect());
  zone.enable('Workloads', tagging.requireOnCreation());

  const people = new IdentityCenter(zone, 'People', { organization: zone.organization, instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', identityStoreId: 'd-1234567890', region: 'eu-west-1' });
  people.assign({ group: IdentityGroup.managed('platform'), permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] });
  people.assign({ group: IdentityGroup.managed('auditors'), permissionSet: PermissionSets.auditor(), targets: [AssignmentTarget.everyAccount()] });
  for (const team of ['payments', 'orders', 'catalog', 'search', 'billing', 'identity', 'analytics', 'mobile']) {
    people.assign({ group: IdentityGroup.managed(team), permissionSet: PermissionSets.developer(), targets: [AssignmentTarget.tag('owner', team)], except: [AssignmentTarget.unit('Workloads/Prod')] });
    people.assign({ group: IdentityGroup.managed(team), permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.tag('owner', team)] });
  }

  const addressPlan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0, dev: 1, shared: 2 } });
  const hub = zone.addNetworkHub('Hub', { addressPlan, flowLogs: logs.flowLogs, inspection: Inspection.networkFirewall({ allowedDomains: ['.amazonaws.com', '.github.com'] }) });
  const [prod, dev, shared] = ['prod', 'dev', 'shared'].map((name) => hub.segment(name));
  prod!.allowTo(shared!);
  dev!.allowTo(shared!);
  zone.network.addSpoke('payments-prod', { segment: prod! });
  zone.network.addSpoke('payments-dev', { segment: dev! });
  zone.network.addSpoke('shared-services', { segment: shared! });

  zone.addCostExports({ account: 'finops', exports: [CostExport.costAndUsage(), CostExport.focus()] });
  zone.addCostDashboard({ monthlyBudget: 60_000 });

  const delivery = new Stack(app, 'Acme-Delivery', { env: { account: zone.account('shared-services').accountId, region: 'eu-west-1' }, terminationProtection: true, description: 'Who deploys the landing zone' });
  new DeploymentPipeline(delivery, 'Pipeline', {
    organizationId: 'o-a1b2c3d4e5', failOn: 'newly-allowed', runner: PipelineRunner.github({ repository: { name: 'acme/landing-zone', ownerId: '123456', repositoryId: '456789' } }),
  });
  return zone;
}
