import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnCoreNetwork, CfnGlobalNetwork } from 'aws-cdk-lib/aws-networkmanager';
import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import { Construct } from 'constructs';
import { AddressPlan } from './address-plan';
import { CoreNetworkEdge } from './core-network-edge';
import { CORE_NETWORK_LIMITS, CoreNetworkLimits, MAX_POLICY_SIZE } from './core-network-limits';
import { CoreNetworkFacts, coreNetworkPolicy, FUNCTION_TAG, FUNCTIONS } from './core-network-policy';
import { coreNetworkProblems } from './core-network-problems';
import { CoreNetworkSegment, CoreNetworkSegmentOptions } from './core-network-segment';
import { Egress } from './egress';
import { addressRules, FirewallFacts } from './firewall-rules';
import { FlowLogs } from './flow-logs';
import { ON_PREMISES } from './hub-routes';
import { Inspection } from './inspection';
import { noteIntent } from './mark';
import { AttachedSpoke, SegmentHome } from './segment-home';
import { SegmentIntents } from './segment-intents';
import { CoreNetworkLink } from './vpc-link';
import { zoneIds } from './zone-ids';
import { NetworkIntent } from '../analysis/network/topology';
import { valueFrom } from '../delivery/stack-output';
import { InputError } from '../model/input-error';

/** What a core network is like. */
export interface CoreNetworkOptions {
  /** Who has which addresses. The core network has an edge in each of its Regions. */
  readonly addressPlan: AddressPlan;
  /** Where flow logs of its VPCs and the firewalls' logs go. */
  readonly flowLogs: FlowLogs;
  /** What is inspected. @default Inspection.inspectionVpc() */
  readonly inspection?: Inspection;
  /** How segments reach the internet: in the Region where they are, by a NAT gateway a zone. @default Egress.central() */
  readonly egress?: Egress;
  /** Segments that differ from the default; all segments of the plan exist. @default - VPCs of a segment reach each other and have egress */
  readonly segments?: { [name: string]: CoreNetworkSegmentOptions };
  /** Availability Zones of its own VPCs. @default 3 */
  readonly zones?: number;
  /** Ids of the zones of a Region, in place of its first: `{ 'eu-west-1': ['euw1-az1', 'euw1-az3'] }`. @default - the first `zones` of each Region */
  readonly zoneIds?: { [region: string]: string[] };
  /**
   * Number among BGP speakers of the edge of the plan's first slot; others count on, 64 are kept. It cannot change later, and no transit gateway or router on premises may have one of them.
   * @default 64600
   */
  readonly asnStart?: number;
  /** Name of the role that reads outputs in other accounts; see `StackReaderRole`. @default 'landing-zone-stack-reader' */
  readonly stackReaderRole?: string;
  /** Limits that were agreed with AWS. @default - AWS's defaults */
  readonly limits?: CoreNetworkLimits;
}

/** Properties of a core network. */
export interface CoreNetworkProps extends CoreNetworkOptions {
  /** ARN of the organization, or of a unit, whose accounts attach their VPCs: `arn:aws:organizations::111122223333:organization/o-abcdefghij`. */
  readonly shareWith: string;
}

/** AWS RAM shares global resources in one Region: AWS RAM, "Sharing Regional resources compared to global resources" (read 2026-11-23). */
const SHARING_REGION = 'us-east-1';

/**
 * The network of all Regions, in the network account: a Cloud WAN core network in place of a transit gateway a Region. What `NetworkHub` makes routes of follows from the same `allowTo`
 * as a policy: segments, what is shared or inspected between them, black holes, and who may attach where. `docs/cloud-wan.md` compares the two.
 *
 * @example
 * declare const plan: AddressPlan;
 * const coreNetwork = new CoreNetwork(stack, 'CoreNetwork', {
 *   addressPlan: plan,
 *   shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij',
 *   flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs'),
 * });
 * coreNetwork.segment('prod').allowTo(coreNetwork.segment('shared'));
 * new Spoke(stack, 'Network', { key: 'payments-prod', segment: coreNetwork.segment('prod') });
 */
export class CoreNetwork extends Construct {
  /** The address plan. */
  public readonly addressPlan: AddressPlan;
  /** Regions with an edge, in order of their slots. */
  public readonly regions: string[];
  /** Id of the global network. */
  public readonly globalNetworkId: string;
  /** Id of the core network. */
  public readonly coreNetworkId: string;
  /** ARN of the core network. */
  public readonly coreNetworkArn: string;
  /** Networks on premises, as a segment: attachments of the network account with its tag. @default - the plan has none */
  public readonly onPremises?: CoreNetworkSegment;
  private readonly inspection: Inspection;
  private readonly egress: Egress;
  private readonly intents: SegmentIntents;
  private readonly segments: CoreNetworkSegment[];
  private readonly members: { readonly segment: string; readonly account: string }[] = [];
  private readonly spokes = new Map<string, string>();
  private readonly shareStack: Stack;

  public constructor(scope: Construct, id: string, private readonly props: CoreNetworkProps) {
    super(scope, id);
    this.addressPlan = props.addressPlan;
    this.regions = props.addressPlan.regions;
    this.inspection = props.inspection ?? Inspection.inspectionVpc();
    this.egress = props.egress ?? Egress.central();
    const problems = coreNetworkProblems(props, this.inspection, this.egress, Stack.of(this));
    if (problems.length > 0) {
      throw new InputError(`CoreNetwork ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
    }
    this.intents = SegmentIntents.of(this.addressPlan);
    this.segments = this.addressPlan.segments.map((name) => {
      const { isolated = false, egress = true, requireAcceptance = false } = props.segments?.[name] ?? {};
      return new CoreNetworkSegment(this, name, isolated, egress, requireAcceptance);
    });
    if (this.addressPlan.onPremises.length > 0) {
      this.onPremises = new CoreNetworkSegment(this, ON_PREMISES, true, false, false);
      this._admit(ON_PREMISES, Stack.of(this).account);
    }

    const { stackName } = Stack.of(this);
    const globalNetwork = new CfnGlobalNetwork(this, 'GlobalNetwork', { description: 'Network of the organization', tags: [{ key: 'Name', value: stackName }] });
    const coreNetwork = new CfnCoreNetwork(this, 'Resource', {
      globalNetworkId: globalNetwork.attrId,
      description: `Core network of ${this.regions.join(', ')}`,
      policyDocument: Lazy.any({ produce: () => coreNetworkPolicy(this.facts()) }),
      tags: [{ key: 'Name', value: stackName }],
    });
    for (const resource of [globalNetwork, coreNetwork]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.globalNetworkId = globalNetwork.attrId;
    this.coreNetworkId = coreNetwork.attrCoreNetworkId;
    this.coreNetworkArn = coreNetwork.attrCoreNetworkArn;
    this.shareStack = this.share();
    if (this.egress.isCentral || this.inspection.eastWest) for (const region of this.regions) this.addEdge(region);
    for (const region of this.regions) noteIntent(this, () => this.intent(region));
    this.node.addValidation({ validate: () => this.quotaProblems() });
  }

  /** A segment of the plan. Fails with the known ones. */
  public segment(name: string): CoreNetworkSegment {
    const found = [...this.segments, ...(this.onPremises ? [this.onPremises] : [])].find((segment) => segment.name === name);
    if (!found) throw new InputError(`Core network ${this.node.path} has no segment ${name}. Segments of the plan: ${this.addressPlan.segments.join(', ')}`);
    return found;
  }

  /** @internal */
  public _allow(from: string, to: string, isMutual: boolean): void {
    this.intents.allow(from, to, isMutual);
  }

  /** @internal */
  public _admit(segment: string, account: string): void {
    this.members.push({ segment, account });
  }

  /** @internal */
  public get _home(): SegmentHome {
    return {
      addressPlan: this.addressPlan,
      flowLogs: this.props.flowLogs,
      stackReaderRole: this.props.stackReaderRole,
      account: Stack.of(this).account,
      link: (stack, segment) => this.link(stack, this.segment(segment).attachmentTag),
      attached: ({ key, segment, stack }: AttachedSpoke) => {
        this.spokes.set(key, segment);
        this._admit(segment, stack.account);
      },
    };
  }

  /** What is attached comes after the core network, and where accounts differ, after it is shared. */
  private link(stack: Stack, tag: { readonly key: string; readonly value: string }): CoreNetworkLink {
    const home = Stack.of(this);
    const read = (key: string, value: string) => valueFrom(home, key, value, stack, this.props.stackReaderRole);
    if (stack.account !== home.account && this.shareStack !== home) stack.addStackDependency(this.shareStack, 'attaches to what is shared');
    return new CoreNetworkLink(read('CoreNetworkId', this.coreNetworkId), read('CoreNetworkArn', this.coreNetworkArn), tag);
  }

  private share(): Stack {
    const home = Stack.of(this);
    const stack = home.region === SHARING_REGION ? home : this.siblingStack('Share', SHARING_REGION, 'Shares the core network with the organization');
    const scope = stack === home ? this : new Construct(stack, this.node.id);
    new CfnResourceShare(scope, 'Share', {
      name: `${home.stackName}-core-network`,
      allowExternalPrincipals: false,
      principals: [this.props.shareWith],
      resourceArns: [valueFrom(home, 'CoreNetworkArn', this.coreNetworkArn, stack, this.props.stackReaderRole)],
    });
    return stack;
  }

  private addEdge(region: string): void {
    const { flowLogs, zones, zoneIds: given } = this.props;
    const stack = this.siblingStack(region, region, 'Network functions of the core network');
    const inside = [this.addressPlan.cidr, ...this.addressPlan.onPremises.map(({ cidr }) => cidr)];
    new CoreNetworkEdge(stack, this.node.id, {
      inspection: this.inspection,
      egress: this.egress,
      zoneIds: given?.[region] ?? zoneIds(region, zones ?? 3),
      link: this.link(stack, { key: FUNCTION_TAG, value: FUNCTIONS }),
      flowLogs,
      inside,
      clients: [this.addressPlan.regionCidr(region)],
      firewall: { ...this.inspection._firewall, logs: flowLogs, home: inside, rules: () => addressRules(this.firewallFacts()) },
    });
  }

  /** A stack of the network account after this one. */
  private siblingStack(name: string, region: string, description: string): Stack {
    const home = Stack.of(this);
    const stack = new Stack(home.node.scope!, `${home.node.id}.${name}`, {
      stackName: `${home.stackName}-${name}`, description, env: { account: home.account, region }, terminationProtection: true,
    });
    stack.addStackDependency(home);
    return stack;
  }

  private facts(): CoreNetworkFacts {
    const { addressPlan: plan } = this;
    return {
      regions: this.regions.map((name) => ({ name, slot: plan._regionSlot(name) })),
      asnStart: this.props.asnStart ?? 64_600,
      plan: plan.cidr,
      onPremises: plan.onPremises.map(({ cidr }) => cidr),
      segments: [...this.segments, ...(this.onPremises ? [this.onPremises] : [])],
      members: this.members,
      owner: Stack.of(this).account,
      hasEgress: this.egress.isCentral,
      inspectsEastWest: this.inspection.eastWest,
      connects: (one, other) => this.intents.connects(one, other),
    };
  }

  private firewallFacts(): FirewallFacts {
    const { addressPlan: plan } = this;
    const onPremises = plan.onPremises.map(({ cidr }) => cidr);
    return {
      plan: plan.cidr,
      onPremises,
      segments: this.segments,
      allowed: this.intents.allowed(),
      inspectsEastWest: this.inspection.eastWest,
      inspectsEgress: this.egress.isCentral && this.inspection.northSouth,
      passesAllEgress: this.inspection._firewall.allowedDomains === undefined,
      blocksOf: (segment) => (segment === ON_PREMISES ? onPremises : plan.regions.map((region) => plan.segmentCidr(region, segment))),
    };
  }

  private intent(region: string): Omit<NetworkIntent, 'origin'> {
    const { eastWest, northSouth } = this.inspection;
    return {
      hub: this.node.path,
      region,
      segments: this.segments.map(({ name, isIsolated, hasEgress }) => ({
        name, ranges: [this.addressPlan.segmentCidr(region, name)], isIsolated, hasEgress: hasEgress && this.egress.isCentral,
      })),
      allowed: this.intents.allowed().map((one) => ({ ...one, isOneWay: one.isOneWay && eastWest })),
      egress: this.egress.isCentral ? 'central' : 'none',
      inspectsEgress: this.egress.isCentral && northSouth,
      inspectsEastWest: eastWest,
    };
  }

  private quotaProblems(): string[] {
    const limits = { ...CORE_NETWORK_LIMITS, ...this.props.limits };
    const facts = this.facts();
    const hasFunctions = facts.hasEgress || facts.inspectsEastWest;
    const segments = facts.segments.length + (hasFunctions ? 1 : 0);
    const attachments = this.spokes.size + (hasFunctions ? this.regions.length : 0);
    const routes = this.routeCount(facts);
    const size = JSON.stringify(coreNetworkPolicy(facts)).length;
    const number = (value: number) => value.toLocaleString('en-US');
    const where = this.node.path;
    return [
      ...(segments > limits.segments ? [`${where}: ${segments} segments and network function groups, ${limits.segments} are possible in a core network. Plan fewer segments.`] : []),
      ...(attachments > limits.attachments ? [`${where}: ${number(attachments)} attachments, ${number(limits.attachments)} are possible in a core network. Agree on more with AWS and say so in limits.`] : []),
      ...(routes > limits.routes ? [`${where}: ${number(routes)} routes in all segments, ${number(limits.routes)} are possible in a core network: each VPC is a route of its own segment, of each segment that is connected, and of the `
        + 'network functions. Connect fewer segments, or use NetworkHub, where a segment is one route.'] : []),
      ...(size > MAX_POLICY_SIZE ? [`${where}: a policy of ${number(size)} bytes, ${number(MAX_POLICY_SIZE)} are possible: an account that attaches is a rule. Admit fewer accounts.`] : []),
    ];
  }

  private routeCount({ segments, connects, hasEgress, inspectsEastWest, onPremises }: CoreNetworkFacts): number {
    const perVpc = new Map(segments.map((segment) => {
      const partners = segments.filter((other) => other.name !== segment.name && connects(segment.name, other.name)).length;
      const inFunctions = (hasEgress && segment.hasEgress) || (inspectsEastWest && partners > 0);
      return [segment.name, (segment.isIsolated ? 0 : 1) + partners + (inFunctions ? 1 : 0)];
    }));
    const fixed = segments.reduce((sum, { hasEgress: own }) => sum + 1 + onPremises.length + (hasEgress && own ? 2 : 0), 0);
    return [...this.spokes.values()].reduce((sum, segment) => sum + perVpc.get(segment)!, fixed);
  }
}
