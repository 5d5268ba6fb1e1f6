import { App, Aspects, Lazy, Stack, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { accountSettingProblems, quotaRequestProblems, systemsManagerProblems } from './account-setting-problems';
import { defaultTree } from './default-tree';
import { detectionProblems } from './detection-problems';
import { Guardrails } from './guardrails';
import { loggingProblems } from './logging-problems';
import { peeringProblems } from './peering-problems';
import { quotaRequests } from './quota-requests';
import { RegionStandard } from './region-standard';
import { ZoneAccountSettingsProps } from './zone-account-settings';
import { addAlerts, ZoneAlertsProps } from './zone-alerts';
import { addBackups, ZoneBackupsProps } from './zone-backups';
import { ZoneBaselineProps } from './zone-baseline';
import { ZoneBreakGlassProps } from './zone-break-glass';
import { ZoneControlTower } from './zone-control-tower';
import { ZoneCostDashboardProps } from './zone-cost-dashboard';
import { ZoneCostExports, ZoneCostExportsProps } from './zone-cost-exports';
import { addCosts } from './zone-costs';
import { ZoneDetection } from './zone-detection';
import { ZoneEncryptionProps } from './zone-encryption';
import { ZoneLogArchiveProps, ZoneLogging } from './zone-logging';
import { ZoneHubProps, ZoneNetwork } from './zone-network';
import { foundationOf, ZonePavedRoadProps } from './zone-paved-road';
import { addPlatformObjectives, ZonePlatformObjectivesProps } from './zone-platform-objectives';
import { ZoneQuotasProps } from './zone-quotas';
import { optInRegionsOf, unopenedProblems, waitForOptIn } from './zone-regions';
import { ZoneSystemsManagerProps } from './zone-systems-manager';
import { inheritedTagProblems, tagByAccount } from './zone-tags';
import { AlertRouting } from '../alerting/alert-routing';
import { LandingZoneChecks } from '../compliance/landing-zone-checks';
import { LandingZoneValidation } from '../compliance/landing-zone-validation';
import { ControlTower } from '../control-tower/control-tower';
import { IControlGroup } from '../controls/control-group';
import { ControlSet } from '../controls/control-set';
import { Controls } from '../controls/controls';
import { PlatformPrincipals } from '../controls/platform-principals';
import { CostDashboard } from '../cost/cost-dashboard';
import { CostStandard } from '../cost/cost-standard';
import { Baseline } from '../delivery/baseline';
import { BaselineAdministrator } from '../delivery/baseline-administrator';
import { EncryptionStandard } from '../encryption/encryption-standard';
import { BreakGlassRole } from '../identity/break-glass-role';
import { LogArchive } from '../logging/log-archive';
import { InputError } from '../model/input-error';
import { AccountDefinition, OrganizationDefinition, TargetDefinition, UnitDefinition } from '../model/organization-definition';
import { NetworkHub } from '../network/network-hub';
import { Account } from '../organization/account';
import { AccountLifecycle } from '../organization/account-lifecycle';
import { AccountSettings } from '../organization/account-settings/account-settings';
import { LockFile } from '../organization/lock-file';
import { ExistingOrganization, Organization, QuotaOverride } from '../organization/organization';
import { OrganizationFile } from '../organization/organization-file';
import { OrganizationalUnit } from '../organization/organizational-unit';
import { PlaceholderRefusal } from '../organization/placeholder-refusal';
import { OrganizationPolicyDocument } from '../organization/policy-document-source';
import { IPolicyTarget } from '../organization/policy-target';
import { AccountQuotas } from '../organization/quotas/account-quotas';
import { OptInRegions } from '../organization/regions/opt-in-regions';
import { SystemsManager } from '../organization/systems-manager/systems-manager';
import { protectContract } from '../paved-road/controls/protect-contract';
import { ImageSigning } from '../paved-road/image-signing';
import { ProductFoundation } from '../paved-road/product-foundation';
import { NetworkObjectives } from '../resilience/network-objectives';
import { TaggingStandard } from '../tagging/tagging-standard';

/** Properties of a landing zone. */
export interface LandingZoneProps {
  /** Home Region and allowed Regions. @default - the organization file says them */
  readonly regions?: RegionStandard;
  /** The tree, its accounts and their control sets. @default - the foundational tree, which needs `accountEmail` */
  readonly organization?: OrganizationFile;
  /** Pattern of the accounts' e-mails in the foundational tree: `aws+{account}@acme.example`. @default - the organization file says each */
  readonly accountEmail?: string;
  /** Stacks the accounts are spread over by key; see `OrganizationProps.accountStacks`. @default - the organization file's, else one */
  readonly accountStacks?: number;
  /** Ids known from `landing-zone pull`. @default - the organization file's, else placeholders */
  readonly lockFile?: LockFile;
  /** An organization that CloudFormation does not manage. @default - CloudFormation creates it, or takes it over by `cdk import` */
  readonly existingOrganization?: ExistingOrganization;
  /** Principals that no guardrail may stop. @default PlatformPrincipals.standard() */
  readonly platformPrincipals?: PlatformPrincipals;
  /** Partition: `aws`, `aws-us-gov` or `aws-cn`. @default 'aws' */
  readonly partition?: string;
  /** Agreed limits that differ from the dated defaults. @default - none */
  readonly quotas?: QuotaOverride[];
  /** AWS Control Tower, if the zone lives with it; its policy slots are then reserved. @default - without it. `controlTower: true` in the organization file reserves the slots, and no more */
  readonly controlTower?: ControlTower;
  /** Services trusted by the organization: `config.amazonaws.com`. @default - none */
  readonly trustedServices?: string[];
  /** Accounts that administer a service for the organization. @default - none */
  readonly delegatedAdministrators?: DelegatedAdministration[];
  /** Which tags resources carry: tags of accounts and units and its defaults reach all stacks, and templates without the tags fail. @default - tags are not looked at */
  readonly tagging?: TaggingStandard;
  /** What may cost how much: budgets of all accounts, and of what else it says. @default - none; an organization file with budgets is refused */
  readonly costs?: CostStandard;
  /** Whether resources can be shared within the organization by AWS RAM without invitations. @default true */
  readonly shareWithinOrganization?: boolean;
}

/** A service that a member account administers for the organization. */
export interface DelegatedAdministration {
  /** `guardduty.amazonaws.com`. */
  readonly service: string;
  /** Key of the account: `security`. */
  readonly account: string;
}

/**
 * A complete landing zone: the organization with its guardrails, checked and proved whenever it is synthesized.
 *
 * @example
 * const app = new App();
 * const zone = new LandingZone(app, 'Acme', {
 *   regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }),
 *   accountEmail: 'aws+{account}@acme.example',
 * });
 * zone.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
 * zone.enable('Workloads/Prod', Controls.denyPublicBuckets());
 */
export class LandingZone extends Construct {
  /** The organization. */
  public readonly organization: Organization;
  /** Stack of the organization, in the management account and the home Region. */
  public readonly organizationStack: Stack;
  /** Home Region and allowed Regions. */
  public readonly regions: RegionStandard;
  /** Principals that every preventive control exempts. */
  public readonly platformPrincipals: PlatformPrincipals;
  /** Hubs and spokes. */
  public readonly network: ZoneNetwork;
  /** Log archive, organization trail, central log groups, and telemetry seen from one account. */
  public readonly logging: ZoneLogging;
  /** AWS Config, IAM Access Analyzer, GuardDuty, Security Hub, Macie, Inspector and Detective. */
  public readonly detection: ZoneDetection;
  /** What it has of AWS Control Tower; undefined without it. */
  public readonly controlTower: ZoneControlTower | undefined;
  private readonly guardrails: Guardrails;
  private alerting: AlertRouting | undefined;
  private hasPlatformObjectives = false;
  private readonly partition: string;
  private readonly currency: string | undefined;
  private readonly tagging: TaggingStandard | undefined;

  public constructor(scope: App, id: string, props: LandingZoneProps) {
    super(scope, id);
    this.partition = props.partition ?? 'aws';
    this.currency = props.costs?.currency;
    this.tagging = props.tagging;
    this.platformPrincipals = props.platformPrincipals ?? PlatformPrincipals.standard();
    const definition = this.definitionOf(props);
    this.regions = this.regionsOf(props, definition);
    const management = definition.managementAccount;
    const lockFile = props.lockFile ?? props.organization?.lockFile;
    this.organizationStack = new Stack(this, 'Organization', {
      stackName: `${id}-Organization`,
      description: 'The organization: tree, accounts, policies',
      terminationProtection: true,
      env: {
        region: this.regions.home,
        account: props.existingOrganization?.managementAccountId ?? Organization._managementAccountId(management.key, lockFile),
      },
    });
    this.organization = new Organization(this.organizationStack, 'Organization', {
      managementAccount: { key: management.key, accountName: management.name, email: management.email },
      lockFile,
      existing: props.existingOrganization,
      accountStacks: props.accountStacks ?? definition.accountStacks,
      controlTower: props.controlTower !== undefined || definition.controlTower,
      quotas: props.quotas,
    });
    this.network = new ZoneNetwork(this, scope, { organization: this.organization, name: id, homeRegion: this.regions.home, partition: props.partition ?? 'aws' });
    this.logging = new ZoneLogging(this, scope, {
      organization: this.organization, name: id, homeRegion: this.regions.home, partition: props.partition ?? 'aws', allowedRegions: this.regions.allowed, platform: this.platformPrincipals,
      baselines: this, controls: this,
    });
    this.detection = new ZoneDetection(this, scope, {
      organization: this.organization, name: id, homeRegion: this.regions.home, partition: props.partition ?? 'aws', allowedRegions: this.regions.allowed,
      logging: this.logging, baselines: this, controls: this,
    });
    this.guardrails = new Guardrails(this.organization, {
      homeRegion: this.regions.home,
      allowedRegions: this.regions.allowed,
      partition: props.partition ?? 'aws',
      platform: this.platformPrincipals,
      configured: props.costs?._controls ?? [],
    });
    this.node.addValidation({
      validate: () => [
        ...this.guardrails.problems(),
        ...peeringProblems(this.network, this.organization, this.guardrails),
        ...unopenedProblems(this.regions, this.node.tryFindChild('Regions') !== undefined),
        ...detectionProblems(this.detection, this.guardrails),
        ...loggingProblems(this.logging, this.organization, this.guardrails),
      ],
    });
    this.compose(this.organization.root, definition.root);
    if (props.controlTower) {
      if (definition.controlTower === false) throw new InputError(`${definition.file} says controlTower: false, and the zone has the option controlTower: correct one of them`);
      this.controlTower = new ZoneControlTower(this, scope, {
        organization: this.organization, name: id, homeRegion: this.regions.home, partition: this.partition, allowedRegions: this.regions.allowed, platform: this.platformPrincipals,
        logging: this.logging, detection: this.detection,
      }, props.controlTower);
      this.guardrails.tell((target, control) => this.controlTower!._follow(target, control));
    }
    for (const service of props.trustedServices ?? []) this.organization.settings.trustService(service);
    for (const { service, account } of props.delegatedAdministrators ?? []) this.organization.delegate(service, this.account(account));
    if (props.shareWithinOrganization ?? true) this.organization.settings.shareWithOrganization();
    Aspects.of(scope).add(new PlaceholderRefusal((accountId) => this.organization._hasPlaceholder(accountId)));
    const { tagging } = props;
    if (tagging) {
      const inherited = { standard: tagging, organization: this.organization, managementTags: management.tags };
      tagByAccount(scope, inherited);
      this.node.addValidation({ validate: () => inheritedTagProblems(inherited) });
    }
    addCosts(this, { organization: this.organization, organizationStack: this.organizationStack, definition, name: id, zone: props });
    Validations.of(scope).addPlugins(new LandingZoneValidation(), new LandingZoneChecks(scope, tagging && { controls: [...Controls.all(), tagging.checkTemplates()] }));
  }

  /** A unit by its path below the root: `Workloads/Prod`; `Root` is the root. Fails with the known paths. */
  public unit(path: string): OrganizationalUnit {
    return this.organization.unit(path);
  }

  /** A member account by its key. Fails with the known keys. */
  public account(key: string): Account {
    return this.organization.account(key);
  }

  /**
   * Enables controls on a unit (`Workloads/Prod`, `Root`) for all accounts below it. Order is a promise: append, and no statement moves.
   * A control that a target has already is not added twice.
   */
  public enable(unitPath: string, ...groups: IControlGroup[]): void {
    for (const group of groups) this.guardrails.enable(this.unit(unitPath), group);
  }

  /** Enables controls on one account. */
  public enableOnAccount(accountKey: string, ...groups: IControlGroup[]): void {
    for (const group of groups) this.guardrails.enable(this.account(accountKey), group);
  }

  /** A hub of the network in a Region: short for `zone.network.addHub`. */
  public addNetworkHub(id: string, props: ZoneHubProps): NetworkHub {
    return this.network.addHub(id, props);
  }

  /** The log archive in its account, a stack for each allowed Region: short for `zone.logging.addArchive`. What is returned is the home Region's. */
  public addLogArchive(props?: ZoneLogArchiveProps): LogArchive {
    return this.logging.addArchive(props);
  }

  /** Costs as files and the questions about them, once: files in the account that you name, exports in the management account. */
  public addCostExports(props: ZoneCostExportsProps): ZoneCostExports {
    if (this.node.tryFindChild('CostExports')) throw new InputError('The landing zone has exports of costs already: give addCostExports all of them at once');
    const facts = { organization: this.organization, name: this.node.id, homeRegion: this.regions.home, partition: this.partition };
    return new ZoneCostExports(this, this.node.root as App, facts, props, this.tagging);
  }

  /** What each account of some units has, by stack sets that the management account administers in the home Region. Fails with all that is wrong. */
  public addBaseline(id: string, props: ZoneBaselineProps): Baseline {
    const scope = (this.node.tryFindChild('Baselines') as Construct | undefined) ?? new Construct(this, 'Baselines');
    return new Baseline(scope, id, {
      ...props,
      baselineName: `${this.node.id}-${id}`,
      regions: props.regions ?? this.regions.allowed,
      administrator: BaselineAdministrator.managementAccount(this.organization.managementAccountId, this.regions.home),
    });
  }

  /**
   * The keys of an encryption standard in every account and Region, and LZ.ENCRYPTION.3 on the root, so that they stay what they are. Stacks that encrypt with them are deployed after what is
   * returned. Fails where the standard has AWS's keys, and where keys were added already.
   *
   * @example
   * declare const zone: LandingZone;
   * const encryption = new EncryptionStandard();
   * zone.addEncryption(encryption, { denyWeakerKeysIn: ['Workloads'] });
   */
  public addEncryption(standard: EncryptionStandard, props: ZoneEncryptionProps = {}): Baseline {
    const { waves = [{ name: 'all', units: [this.organization.root] }], denyWeakerKeysIn = [] } = props;
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('Encryption')) throw new InputError('The landing zone has keys in every account already: accounts have one encryption standard');
    const baseline = this.addBaseline('Encryption', { waves, content: standard.accountKeys(), managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name });
    this.enable('Root', standard.protectKeys());
    for (const unit of denyWeakerKeysIn) this.enable(unit, standard.denyWeakerKeys());
    return baseline;
  }

  /**
   * What an account should have and neither a policy nor a type of CloudFormation gives it, in every account: see `AccountSettings`. Fails where it was added already; synthesis fails where a control
   * denies what is set.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addAccountSettings({ contacts: { security: { name: 'Security', title: 'Security operations', email: 'security@acme.example', phone: '+49 30 901820' } } });
   */
  public addAccountSettings(props: ZoneAccountSettingsProps = {}): Baseline {
    const { waves = [{ name: 'all', units: [this.organization.root] }] } = props;
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('AccountSettings')) throw new InputError('The landing zone sets its accounts already: give addAccountSettings all settings at once');
    this.node.addValidation({ validate: () => accountSettingProblems(props, { waves, organization: this.organization, guardrails: this.guardrails }) });
    return this.addBaseline('AccountSettings', {
      waves,
      managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name,
      content: { define: (stack) => { new AccountSettings(stack, 'Settings', { ...props, homeRegion: this.regions.home }); } },
    });
  }

  /**
   * Systems Manager in every account and Region: instances are managed, sessions are kept, and nodes are looked at for missing patches: see `SystemsManager`. Fails where it was added already; synthesis
   * fails where a control denies what is set.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addSystemsManager({ sessions: { idleMinutes: 10 }, patching: { install: { schedule: 'cron(0 3 ? * SUN *)', tagKey: 'patching', tagValues: ['sunday'] } } });
   */
  public addSystemsManager(props: ZoneSystemsManagerProps = {}): Baseline {
    const { waves = [{ name: 'all', units: [this.organization.root] }] } = props;
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('SystemsManager')) throw new InputError('The landing zone has Systems Manager in every account already: give addSystemsManager all options at once');
    this.node.addValidation({ validate: () => systemsManagerProblems(props, { waves, organization: this.organization, guardrails: this.guardrails }) });
    return this.addBaseline('SystemsManager', {
      waves,
      managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name,
      content: { define: (stack) => { new SystemsManager(stack, 'SystemsManager', props); } },
    });
  }

  /**
   * Opts all accounts of the organization in to the allowed Regions that AWS opens to no account by itself: see `OptInRegions`. Stacks and baselines in those Regions are deployed after it, and a deployment that adds
   * an account waits until it has them. Fails where no allowed Region needs it, and where it was called already.
   *
   * @example
   * const zurich = new LandingZone(app, 'Zurich', {
   *   regions: new RegionStandard({ home: 'eu-central-1', allowed: ['eu-central-1', 'eu-central-2'] }),
   *   accountEmail: 'aws+{account}@acme.example',
   * });
   * zurich.enableOptInRegions();
   */
  public enableOptInRegions(): OptInRegions {
    const regions = optInRegionsOf(this.regions);
    if (regions.length === 0) throw new InputError(`No allowed Region is one that accounts have to opt in to: ${this.regions.allowed.join(', ')}`);
    if (this.node.tryFindChild('Regions')) throw new InputError('The landing zone opts its accounts in already');
    this.organization.settings.trustService('account.amazonaws.com');
    const stack = new Stack(this, 'Regions', {
      stackName: `${this.node.id}-Regions`, description: 'Regions that accounts opt in to', env: { account: this.organization.managementAccountId, region: this.regions.home },
    });
    waitForOptIn(this.node.root as App, stack, this.organizationStack);
    return new OptInRegions(stack, 'Regions', { regions, accounts: Lazy.list({ produce: () => this.organization.accounts.map(({ key }) => key).sort() }, { omitEmpty: true }) });
  }

  /**
   * Quotas that are asked to be raised in every account, and from the start in new ones: see `AccountQuotas`. Fails with all that is wrong, and where they were added already; synthesis fails where a control denies
   * to ask.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addQuotas({ quotas: [{ serviceCode: 'lambda', quotaCode: 'L-B99A9384', value: 5000, atCreation: true }, { serviceCode: 'iam', quotaCode: 'L-FE177D64', value: 3000, regions: ['us-east-1'] }] });
   */
  public addQuotas(props: ZoneQuotasProps): Baseline {
    const { quotas, waves = [{ name: 'all', units: [this.organization.root] }] } = props;
    const { allowed } = this.regions;
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('Quotas')) throw new InputError('The landing zone asks for quotas already: give addQuotas all of them at once');
    for (const request of quotaRequests(quotas, allowed, this.partition)) this.organization.settings.requestQuota(request);
    const regions = [...new Set(quotas.flatMap((quota) => quota.regions ?? allowed))];
    this.node.addValidation({ validate: () => quotaRequestProblems(regions, { waves, organization: this.organization, guardrails: this.guardrails }) });
    return this.addBaseline('Quotas', {
      waves,
      regions,
      managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name,
      content: { define: (stack) => { new AccountQuotas(stack, 'Quotas', { quotas: quotas.map((quota) => ({ ...quota, regions: quota.regions ?? (regions.length > allowed.length ? allowed : undefined) })) }); } },
    });
  }

  /**
   * The role for emergencies in every account, by the name that guardrails exempt. Fails where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addBreakGlass({ trustedPrincipalArns: ['arn:aws:iam::111122223333:user/emergency-1', 'arn:aws:iam::111122223333:user/emergency-2'] });
   */
  public addBreakGlass(props: ZoneBreakGlassProps): Baseline {
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('BreakGlass')) throw new InputError('The landing zone has its role for emergencies already');
    const { waves = [{ name: 'all', units: [this.organization.root] }] } = props;
    const roleName = this.platformPrincipals.principals.find(({ name }) => name === 'break-glass role')?.rolePattern;
    return this.addBaseline('BreakGlass', {
      waves,
      regions: [this.regions.home],
      managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name,
      content: { define: (stack) => { new BreakGlassRole(stack, 'BreakGlass', { ...props, roleName }); } },
    });
  }

  /**
   * Backups by the tag `resilience-tier`: a vault in each account and Region, copies in an account that workloads cannot reach, policies of the organization by which backups are made, tries of restoring each week, and
   * LZ.BACKUP.1 and LZ.BACKUP.2 on the root. Fails where they were added already, and with all that is wrong.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addBackups({ standard: new ResilienceStandard(), lock: VaultLock.governance() });
   */
  public addBackups(props: ZoneBackupsProps = {}): Baseline {
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('Backups')) throw new InputError('The landing zone has backups already: give addBackups all options at once');
    const { organization, partition, regions: { home: homeRegion, allowed: allowedRegions } } = this;
    const baseline = addBackups(this.node.root as App, { organization, partition, homeRegion, allowedRegions, name: this.node.id, baselines: this, controls: this }, props);
    this.enable('Root', Controls.protectBackups(), Controls.keepBackupsInOrganization());
    return baseline;
  }

  /**
   * What product teams find in every account and Region, by the parameters that `PavedRoad.apply` reads: see `ProductFoundation`; and LZ.CONTRACT.1 on the root, so that the parameters stay what they are. Fails where there is no log archive, and where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addLogArchive();
   * zone.addPavedRoad({ waves: [{ name: 'sandbox', units: [zone.unit('Sandbox')] }, { name: 'workloads', units: [zone.unit('Workloads')] }] });
   */
  public addPavedRoad(props: ZonePavedRoadProps = {}): Baseline {
    if (this.node.tryFindChild('Baselines')?.node.tryFindChild('PavedRoad')) throw new InputError('The landing zone has its paved road already: give addPavedRoad all units at once');
    const { waves = [{ name: 'all', units: [this.organization.root] }] } = props;
    const foundation = foundationOf(this.logging.archive(), this.regions.home, props);
    for (const region of this.regions.allowed) this.logging.archive(region);
    const baseline = this.addBaseline('PavedRoad', {
      waves, content: {
        define: (stack) => {
          new ProductFoundation(stack, 'Foundation', foundation);
          if (props.signImages) new ImageSigning(stack, 'ImageSigning');
        },
      },
    });
    this.enable('Root', protectContract());
    return baseline;
  }

  /**
   * What the month has cost until now, in the management account and us-east-1: see `CostDashboard`. Fails in partitions that have no charges in CloudWatch, and where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addCostDashboard({ monthlyBudget: 60_000 });
   */
  public addCostDashboard(props: ZoneCostDashboardProps = {}): CostDashboard {
    if (this.partition !== 'aws') throw new InputError(`CloudWatch has charges in us-east-1 alone, and the zone is in partition ${this.partition}`);
    if (this.node.tryFindChild('Costs-Dashboard')) throw new InputError('The landing zone has a dashboard of costs already');
    const stack = new Stack(this, 'Costs-Dashboard', {
      stackName: `${this.node.id}-Costs-Dashboard`, description: 'What the month has cost until now', env: { account: this.organization.managementAccountId, region: 'us-east-1' },
    });
    return new CostDashboard(stack, 'Dashboard', { dashboardName: `${this.node.id.toLowerCase()}-costs`, currency: this.currency, ...props });
  }

  /**
   * Alerts by severity to mail, chat and incident tools, in the account that administers security services: see `AlertRouting`. Fails where they were added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addAlerts({ routes: [{ target: AlertTarget.email('security@acme.example') }] });
   */
  public addAlerts(props: ZoneAlertsProps): AlertRouting {
    if (this.alerting) throw new InputError('The landing zone has alerts already: give addAlerts all routes at once');
    const { organization, partition, regions: { home: homeRegion, allowed: allowedRegions } } = this;
    this.alerting = addAlerts(this.node.root as App, { organization, partition, homeRegion, allowedRegions, name: this.node.id, baselines: this }, props);
    return this.alerting;
  }

  /**
   * What the platform team promises of the network that product teams stand on, and what tells it that a promise is broken: objectives of each hub, alarms of DNS between AWS and sites and of deployments by CodePipeline. By
   * metrics that cost nothing, in the stacks of what is watched; see `NetworkObjectives`, `ResolverAlarms` and `DeliveryAlarms`. To be called last: synthesis fails where something was added that nobody would watch. Fails
   * without a hub, and where it was called already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.addPlatformObjectives({ runbook: 'https://runbooks.acme.example/platform', egress: 99.95 });
   */
  public addPlatformObjectives(props: ZonePlatformObjectivesProps): NetworkObjectives[] {
    if (this.hasPlatformObjectives) throw new InputError('The landing zone has objectives of its platform already: give addPlatformObjectives all options at once');
    const objectives = addPlatformObjectives(this, props);
    this.hasPlatformObjectives = true;
    return objectives;
  }

  private definitionOf(props: LandingZoneProps): OrganizationDefinition {
    if (props.organization) return props.organization._definition;
    if (!props.accountEmail?.includes('{account}')) {
      throw new InputError('LandingZone needs the accounts\' e-mails: give accountEmail, like "aws+{account}@acme.example", or organization: OrganizationFile.load("organization.yaml")');
    }
    return defaultTree(props.accountEmail);
  }

  private regionsOf(props: LandingZoneProps, { regions }: OrganizationDefinition): RegionStandard {
    if (props.regions) return props.regions;
    if (regions) return new RegionStandard({ home: regions.home, allowed: [...regions.allowed] });
    throw new InputError('LandingZone needs its Regions: give regions: new RegionStandard({ home: "eu-west-1" }), or say them in the organization file');
  }

  private compose(unit: OrganizationalUnit, definition: UnitDefinition): void {
    for (const child of definition.units) {
      this.compose(unit.addUnit(child.key, { unitName: child.name, tags: child.tags }), child);
    }
    for (const account of definition.accounts) this.equip(this.addAccount(unit, account), account);
    this.equip(unit, definition);
  }

  private addAccount(unit: OrganizationalUnit, definition: AccountDefinition): Account {
    const { key, name, email, tags, life } = definition;
    return unit.addAccount(key, { accountName: name, email, tags, lifecycle: life && AccountLifecycle._of(life) });
  }

  private equip(target: IPolicyTarget, definition: TargetDefinition): void {
    for (const name of definition.controlSets) this.guardrails.enable(target, ControlSet.byName(name)!);
    for (const id of definition.controls) this.guardrails.enable(target, Controls.byId(id)!);
    for (const policy of definition.policies) target.attachPolicy(OrganizationPolicyDocument._fromReference(policy));
  }
}
