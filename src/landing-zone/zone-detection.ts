import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { ControlSet } from '../controls/control-set';
import { Baseline } from '../delivery/baseline';
import { BaselineWave } from '../delivery/baseline-wave';
import { AccessAnalyzerOptions, AccessAnalyzers } from '../detection/access-analyzers';
import { ConfigAggregator } from '../detection/config-aggregator';
import { ConfigRecording, ConfigRecordingOptions } from '../detection/config-recording';
import { ConformancePack } from '../detection/conformance-pack';
import { InputError } from '../model/input-error';

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

/** Properties of IAM Access Analyzer in a landing zone. */
export interface ZoneAccessAnalyzerProps extends AccessAnalyzerOptions {
  /** Key of the account that administers it for the organization. @default 'security' */
  readonly account?: string;
}

/**
 * The detection of a landing zone: AWS Config in every account and Region, one place that knows of all, and the rules that controls detect by; IAM Access Analyzer.
 *
 * @example
 * declare const zone: LandingZone;
 * zone.addLogArchive();
 * zone.detection.addConfig({ ruleParameters: { REQUIRED_TAGS: { tag1Key: 'owner' } } });
 * zone.detection.addAccessAnalyzer();
 */
export class ZoneDetection extends Construct {
  private recording?: Baseline;
  private analyzes = false;

  /** @internal */
  public constructor(scope: Construct, private readonly app: App, private readonly facts: ZoneDetectionFacts) {
    super(scope, 'Detection');
  }

  /** AWS Config, which records to the log archive. Fails where there is no archive, and where it was added already. */
  public addConfig(props: ZoneConfigProps = {}): Baseline {
    if (this.recording) throw new InputError('The landing zone has AWS Config already');
    const { organization, homeRegion, allowedRegions, name } = this.facts;
    const { account: accountKey = 'security', waves = [{ name: 'all', units: [organization.root] }], conformancePacks = [ControlSet.foundational(), ControlSet.workload()] } = props;
    const archive = this.facts.logging.archive();
    const account = organization.account(accountKey);
    const known = conformancePacks.flatMap(({ controls }) => controls.flatMap(({ detective }) => detective.map(({ identifier }) => identifier)));
    const unknown = Object.keys(props.ruleParameters ?? {}).filter((rule) => !known.includes(rule));
    if (unknown.length > 0) throw new InputError(`ruleParameters names ${unknown.join(', ')}, which no control of the conformance packs has`);
    for (const service of ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com']) organization.delegate(service, account);
    const recording = this.facts.baselines.addBaseline('Config', { content: new ConfigRecording(archive, props), waves, managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name });
    for (const region of [...new Set([homeRegion, ...allowedRegions])]) {
      const stackName = `${name}-Compliance-${region}`;
      const isHomeRegion = region === homeRegion;
      if (!isHomeRegion && conformancePacks.length === 0) continue;
      const stack = new Stack(this.app, stackName, { stackName, description: 'Compliance of all accounts', terminationProtection: true, env: { account: account.accountId, region } });
      for (const before of [...this.organizationStacks(), ...recording.stacks]) stack.addStackDependency(before);
      if (isHomeRegion) new ConfigAggregator(stack, 'Aggregator');
      for (const set of conformancePacks) {
        const detected = set.controls.flatMap(({ detective }) => detective.map(({ identifier }) => identifier));
        const parameters = Object.fromEntries(Object.entries(props.ruleParameters ?? {}).filter(([rule]) => detected.includes(rule)));
        new ConformancePack(stack, `Pack-${set.name}`, { packName: `landing-zone-${set.name}`, controls: set.controls, isHomeRegion, parameters });
      }
    }
    this.recording = recording;
    return recording;
  }

  /** IAM Access Analyzer for the whole organization, in all Regions. Fails where it was added already. */
  public addAccessAnalyzer(props: ZoneAccessAnalyzerProps = {}): AccessAnalyzers[] {
    const { organization, homeRegion, allowedRegions, name } = this.facts;
    if (this.analyzes) throw new InputError('The landing zone has IAM Access Analyzer already');
    this.analyzes = true;
    const account = organization.account(props.account ?? 'security');
    organization.delegate('access-analyzer.amazonaws.com', account);
    return [...new Set([homeRegion, ...allowedRegions])].map((region) => {
      const stackName = `${name}-AccessAnalyzer-${region}`;
      const stack = new Stack(this.app, stackName, { stackName, description: 'Access of the whole organization', terminationProtection: true, env: { account: account.accountId, region } });
      for (const before of this.organizationStacks()) stack.addStackDependency(before);
      return new AccessAnalyzers(stack, 'AccessAnalyzers', { ...props, isHomeRegion: region === homeRegion });
    });
  }

  /** The organization's own stacks: who administers what is in a further one where its accounts are spread. */
  private organizationStacks(): Stack[] {
    const { stackName: home } = Stack.of(this.facts.organization);
    return this.app.node.findAll().filter((one): one is Stack => Stack.isStack(one)).filter(({ stackName }) => stackName === home || stackName.startsWith(`${home}-`));
  }
}
