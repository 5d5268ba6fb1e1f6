import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InternetEgress } from './internet-egress';
import { stackReader } from './stack-reader';
import { InputError } from '../model/input-error';
import { CoreNetwork, CoreNetworkOptions } from '../network/core-network';
import { NetworkHub, NetworkHubOptions } from '../network/network-hub';
import { Segment } from '../network/segment';
import { Spoke, SpokeOptions } from '../network/spoke';
import { Organization } from '../organization/organization';
import { ProductNetwork } from '../paved-road/product-network';

/** Properties of a hub of a landing zone. */
export interface ZoneHubProps extends NetworkHubOptions {
  /** Key of the network account. @default 'network' */
  readonly account?: string;
  /** Region of the hub. @default - the home Region */
  readonly region?: string;
}

/** Properties of a core network of a landing zone. */
export interface ZoneCoreNetworkProps extends CoreNetworkOptions {
  /** Key of the network account. @default 'network' */
  readonly account?: string;
  /** Region of its stack; the core network itself is in all Regions of the plan. @default - the home Region */
  readonly region?: string;
}

/** Properties of a spoke of a landing zone. */
export interface ZoneSpokeProps extends SpokeOptions {
  /** Key of the spoke in the address plan; give one where an account has several. @default - the account's key */
  readonly key?: string;
  /** Region of the spoke. @default - the Region of the segment's hub; of a core network, the home Region */
  readonly region?: string;
}

/** What the network of a zone is made in. */
export interface ZoneFacts {
  readonly organization: Organization;
  /** Names of stacks begin with it. */
  readonly name: string;
  readonly homeRegion: string;
  readonly partition: string;
}

/**
 * The network of a landing zone: hubs in the network account, spokes in the accounts of the organization, each in a stack of its own.
 *
 * @example
 * declare const zone: LandingZone;
 * declare const plan: AddressPlan;
 * const hub = zone.network.addHub('Hub', { addressPlan: plan, flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs') });
 * zone.network.addSpoke('payments-prod', { segment: hub.segment('prod') });
 */
export class ZoneNetwork extends Construct {
  /** Hubs, in the order in which they were added. */
  public readonly hubs: NetworkHub[] = [];
  /** Spokes, in the order in which they were added. */
  public readonly spokes: Spoke[] = [];

  /** @internal */
  public constructor(scope: Construct, private readonly app: App, private readonly facts: ZoneFacts) {
    super(scope, 'Network');
  }

  /** A hub in a Region. Hubs with the same plan are peered with each other. Fails where the account or the Region is not the zone's. */
  public addHub(id: string, props: ZoneHubProps): NetworkHub {
    const { name, homeRegion } = this.facts;
    const account = props.account ?? 'network';
    const region = props.region ?? homeRegion;
    const stack = this.stack(`${name}-${id}-${region}`, account, region, 'Hub of the network');
    const hub = new NetworkHub(stack, id, { ...props, shareWith: this.organizationArn });
    for (const other of this.hubs.filter(({ addressPlan }) => addressPlan === hub.addressPlan)) hub.peerWith(other);
    this.hubs.push(hub);
    return hub;
  }

  /** A core network in place of hubs, in all Regions of its plan. Fails where the account is not the zone's. */
  public addCoreNetwork(id: string, props: ZoneCoreNetworkProps): CoreNetwork {
    const { name, homeRegion } = this.facts;
    const stack = this.stack(`${name}-${id}`, props.account ?? 'network', props.region ?? homeRegion, 'Core network');
    return new CoreNetwork(stack, id, { ...props, shareWith: this.organizationArn });
  }

  /** A spoke in an account, in the Region of its segment's hub, or in any Region of a core network; products of the account find the first one of each Region. Fails with the known accounts. */
  public addSpoke(accountKey: string, props: ZoneSpokeProps): Spoke {
    const home = props.segment._home;
    const region = props.region ?? home.region ?? this.facts.homeRegion;
    const key = props.key ?? accountKey;
    const stack = this.stack(`${this.facts.name}-Spoke-${key}`, accountKey, region, `Network of ${accountKey}`);
    stack.addStackDependency(this.readerOf(home.account));
    const spoke = new Spoke(stack, 'Network', { ...props, key });
    if (!this.spokes.some((other) => isBeside(other, spoke))) new ProductNetwork(stack, 'Contract', { spoke });
    this.spokes.push(spoke);
    return spoke;
  }

  /** A segment, of the first hub that has it. Fails with the known ones. */
  public segment(name: string): Segment {
    const hub = this.hubs.find(({ addressPlan }) => addressPlan.segments.includes(name)) ?? this.hubs[0];
    if (!hub) throw new InputError('The landing zone has no network yet: add a hub with zone.network.addHub("Hub", { addressPlan, flowLogs })');
    return hub.segment(name);
  }

  /** Every way from its VPCs to the internet, to expect something of in a test. */
  public internetEgress(): InternetEgress {
    return new InternetEgress(this);
  }

  private get organizationArn(): string {
    const { organization, partition } = this.facts;
    return `arn:${partition}:organizations::${organization.managementAccountId}:organization/${organization._literalId}`;
  }

  private stack(stackName: string, accountKey: string, region: string, description: string): Stack {
    const { accountId } = this.facts.organization.account(accountKey);
    const stack = new Stack(this.app, stackName, { stackName, description, terminationProtection: true, env: { account: accountId, region } });
    stack.addStackDependency(this.readerOf(accountId));
    return stack;
  }

  /** Before any stack of an account, the role by which others read its outputs. */
  private readerOf(accountId: string): Stack {
    return stackReader(this.app, this.facts, accountId);
  }
}

/** In the same account and Region. */
function isBeside(one: Spoke, other: Spoke): boolean {
  return Stack.of(one).environment === Stack.of(other).environment;
}
