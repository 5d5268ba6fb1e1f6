import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { addDetective, detectiveProblems, ZoneDetectiveProps } from './zone-detective';
import { addGuardDuty, ZoneGuardDutyProps } from './zone-guardduty';
import { addInspector, ZoneInspectorProps } from './zone-inspector';
import { addMacie, ZoneMacieProps } from './zone-macie';
import { addSecurityHub, ZoneSecurityHubProps } from './zone-security-hub';
import { addSecurityLake, ZoneSecurityLakeProps } from './zone-security-lake';
import { ControlSet } from '../controls/control-set';
import { PLATFORM_NEEDS } from '../controls/platform-needs';
import { Baseline } from '../delivery/baseline';
import { BaselineWave } from '../delivery/baseline-wave';
import { IDeploymentTarget } from '../delivery/deployment-target';
import { AccessAnalyzerOptions, AccessAnalyzers } from '../detection/access-analyzers';
import { ConfigAggregator } from '../detection/config-aggregator';
import { ConfigRecording, ConfigRecordingOptions } from '../detection/config-recording';
import { ConformancePack } from '../detection/conformance-pack';
import { DetectiveMembers } from '../detection/detective-members';
import { GuardDutyDetector } from '../detection/guardduty-detector';
import { SecurityHubConfiguration } from '../detection/security-hub-configuration';
import { SecurityLake } from '../detection/security-lake';
import { DetectionSettings } from '../detection/settings/detection-settings';
import { InputError } from '../model/input-error';
import { Account } from '../organization/account';

/** Properties of AWS Config in a landing zone. */
export interface ZoneConfigProps extends ConfigRecordingOptions {
  /** Key of the account that administers AWS Config for the organization. @default 'security' */
  readonly account?: string;
  /** Units that get the recorder, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account gets it. @default - the last one */
  readonly managementAccountIn?: string;
  /** Sets of controls whose rules of AWS Config all member accounts are looked at by, a conformance pack each. @default - foundational and workload */
  readonly conformancePacks?: ControlSet[];
  /** Parameters of rules, by the rule's identifier: `{ REQUIRED_TAGS: { tag1Key: 'owner' } }`. @default - AWS's own; rules that ask what only you can say are left out */
  readonly ruleParameters?: { [rule: string]: { [name: string]: string } };
}

const ACCESS_ANALYZER = 'access-analyzer.amazonaws.com';

/** Properties of IAM Access Analyzer in a landing zone. */
export interface ZoneAccessAnalyzerProps extends AccessAnalyzerOptions {
  /** Key of the account that administers it for the organization. @default 'security' */
  readonly account?: string;
}

/**
 * The detection of a landing zone: AWS Config in every account and Region, one place that knows of all, and the rules that controls detect by; IAM Access Analyzer; GuardDuty; Security Hub; Macie; Inspector; Detective; Security Lake.
 *
 * @example
 * declare const zone: LandingZone;
 * zone.addLogArchive();
 * zone.detection.addConfig({ ruleParameters: { REQUIRED_TAGS: { tag1Key: 'owner' } } });
 * zone.detection.addAccessAnalyzer();
 * zone.detection.addGuardDuty();
 * zone.detection.addSecurityHub();
 * zone.detection.addMacie();
 * zone.detection.addInspector();
 * zone.detection.addDetective();
 * zone.detection.addSecurityLake();
 */
export class ZoneDetection extends Construct {
  private recording?: Baseline;
  /** Units whose accounts are recorded. @internal */
  public _recordedUnits: readonly IDeploymentTarget[] = [];
  /** What functions call in which member account, so that no control denies it. @internal */
  public readonly _calls: DetectionCall[] = [];
  private readonly added = new Set<string>();
  private readonly stacks: DetectionStacks;

  /** @internal */
  public constructor(scope: Construct, app: App, private readonly facts: ZoneDetectionFacts) {
    super(scope, 'Detection');
    this.stacks = new DetectionStacks(app, facts);
  }

  /** AWS Config, which records to the log archive. Fails where there is no archive, and where it was added already. */
  public addConfig(props: ZoneConfigProps = {}): Baseline {
    if (this.recording) throw new InputError('The landing zone has AWS Config already');
    const { organization, homeRegion } = this.facts;
    const { account: accountKey = 'security', waves = [{ name: 'all', units: [organization.root] }], conformancePacks = [ControlSet.foundational(), ControlSet.workload()] } = props;
    const archive = this.facts.logging.archive();
    const account = organization.account(accountKey);
    const known = conformancePacks.flatMap(({ controls }) => controls.flatMap(({ detective }) => detective.map(({ identifier }) => identifier)));
    const unknown = Object.keys(props.ruleParameters ?? {}).filter((rule) => !known.includes(rule));
    if (unknown.length > 0) throw new InputError(`ruleParameters names ${unknown.join(', ')}, which no control of the conformance packs has`);
    for (const service of ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com']) organization.delegate(service, account);
    const recording = this.facts.baselines.addBaseline('Config', { content: new ConfigRecording(archive, props), waves, managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name });
    for (const region of this.stacks.regions) {
      const isHomeRegion = region === homeRegion;
      if (!isHomeRegion && conformancePacks.length === 0) continue;
      const stack = this.stacks.in(account, 'Compliance', region, 'Compliance of all accounts', ...recording.stacks);
      if (isHomeRegion) new ConfigAggregator(stack, 'Aggregator');
      for (const set of conformancePacks) {
        const detected = set.controls.flatMap(({ detective }) => detective.map(({ identifier }) => identifier));
        const parameters = Object.fromEntries(Object.entries(props.ruleParameters ?? {}).filter(([rule]) => detected.includes(rule)));
        new ConformancePack(stack, `Pack-${set.name}`, { packName: `landing-zone-${set.name}`, controls: set.controls, isHomeRegion, parameters });
      }
    }
    this.recording = recording;
    this._recordedUnits = waves.flatMap(({ units }) => units);
    return recording;
  }

  /** IAM Access Analyzer for the whole organization, in all Regions. Fails where it was added already. */
  public addAccessAnalyzer(props: ZoneAccessAnalyzerProps = {}): AccessAnalyzers[] {
    const { organization, homeRegion } = this.facts;
    this.once('IAM Access Analyzer');
    const account = organization.account(props.account ?? 'security');
    organization.delegate(ACCESS_ANALYZER, account);
    // AWS makes its role in the account that has analyzers, and looks for it in the management account, too.
    const management = this.stacks.inManagement('AccessAnalyzer-Management', homeRegion, 'What IAM Access Analyzer needs of the management account');
    DetectionSettings.of(management).serviceLinkedRole(ACCESS_ANALYZER);
    return this.stacks.regions.map((region) => {
      const stack = this.stacks.in(account, 'AccessAnalyzer', region, 'Access of the whole organization', management);
      return new AccessAnalyzers(stack, 'AccessAnalyzers', { ...props, isHomeRegion: region === homeRegion });
    });
  }

  /**
   * GuardDuty with its protections in all accounts, the management account among them, and all Regions; accounts that come later get it too. What is returned are the detectors of the account that administers it, the
   * home Region's first. Fails where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.detection.addGuardDuty({ without: [{ protection: GuardDutyProtection.EKS, reason: 'Nobody runs Kubernetes' }] });
   */
  public addGuardDuty(props: ZoneGuardDutyProps = {}): GuardDutyDetector[] {
    this.once('GuardDuty');
    this.calling('guardduty', props.account);
    return addGuardDuty(this.stacks, this.facts, props);
  }

  /**
   * Security Hub CSPM in all accounts, the management account among them, and all Regions, by one configuration of the account that administers it; accounts that come later get it too. It reads what AWS Config records:
   * have `addConfig`, too. Fails where it was added already, and where the zone has one Region.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.detection.addSecurityHub({ without: [{ control: 'IAM.6', reason: 'Root users of member accounts have no credentials' }] });
   */
  public addSecurityHub(props: ZoneSecurityHubProps = {}): SecurityHubConfiguration {
    this.once('Security Hub');
    return addSecurityHub(this.stacks, this.facts, props);
  }

  /**
   * Macie in all accounts, the management account among them, and all Regions, and buckets of all of them sampled for sensitive data; accounts that come later get it too. Fails where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.detection.addMacie();
   */
  public addMacie(props: ZoneMacieProps = {}): void {
    this.once('Macie');
    addMacie(this.stacks, this.facts, props);
    this.calling('macie2', props.account);
  }

  /**
   * Inspector in all accounts and Regions, by the organization policy LZ.INSPECTOR.1 at the root, and who administers it. Fails where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.detection.addInspector();
   */
  public addInspector(props: ZoneInspectorProps = {}): void {
    this.once('Inspector');
    addInspector(this.stacks, this.facts, props);
  }

  /**
   * Detective in all accounts that the zone has, the management account among them, and all Regions. What is returned are its members, the home Region's first. Call it after all accounts are added; synthesis says which
   * were not. Fails where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.detection.addDetective({ without: [{ account: 'sandbox', reason: 'Nothing of ours is in it' }] });
   */
  public addDetective(props: ZoneDetectiveProps = {}): DetectiveMembers[] {
    this.once('Detective');
    const members = addDetective(this.stacks, this.facts, props);
    this.node.addValidation({ validate: () => detectiveProblems(this.facts.organization, props, members) });
    return members;
  }

  /**
   * Security Lake in all Regions: management events, DNS queries, findings and flow logs of all accounts, the management account among them, in one format in the account of the log archive; accounts that come later are
   * collected of, too. What is returned are the data lakes, the home Region's first. AWS bills what is collected, and its storage. Fails where it was added already.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.detection.addSecurityLake({ also: [SecurityLakeSource.EKS_AUDIT], days: 730, transitions: [{ days: 90, storageClass: 'GLACIER_IR' }] });
   */
  public addSecurityLake(props: ZoneSecurityLakeProps = {}): SecurityLake[] {
    this.once('Security Lake');
    const lakes = addSecurityLake(this.stacks, this.facts, props);
    this.calling('securitylake', props.account ?? 'log-archive');
    return lakes;
  }

  /** A function of the account calls the service, so no control may deny it. */
  private calling(service: string, key = 'security'): void {
    const account = this.facts.organization.account(key);
    this._calls.push(...PLATFORM_NEEDS.detectionSettings.filter((action) => action.startsWith(`${service}:`)).map((action) => ({ account, action })));
  }

  private once(service: string): void {
    if (this.added.has(service)) throw new InputError(`The landing zone has ${service} already`);
    this.added.add(service);
  }
}

/** What a function of detection calls. @internal */
export interface DetectionCall {
  readonly account: Account;
  readonly action: string;
}
