import { App } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { egressInspection, EgressInspection } from '../analysis/network/egress-inspection';
import { Network } from '../analysis/network/network';
import { ReachAnswer, ReachQuestion } from '../analysis/network/question';
import { InternetEgress } from '../landing-zone/internet-egress';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { readAssembly } from '../model/assembly/read-assembly';
import { namedPlaces } from '../model/network/named-place';
import { networkFromAssembly } from '../model/network/network-from-assembly';
import { OrganizationModel } from '../model/organization-model';
import { CoreNetworkSegment } from '../network/core-network-segment';
import { Segment } from '../network/segment';
import { Spoke } from '../network/spoke';

/** A network that was synthesized, with the names of the accounts it is in. */
export class SynthesizedNetwork {
  private readonly network: Network;

  public constructor(private readonly topology: ReturnType<typeof networkFromAssembly>['topology'], private readonly organization: OrganizationModel | undefined) {
    this.network = new Network(topology);
  }

  /** Who reaches whom, between places in words. Fails with what there is. */
  public reach(from: string, to: string, traffic: Omit<ReachQuestion, 'from' | 'to'>): ReachAnswer {
    const [source, target] = namedPlaces([from, to], { topology: this.topology, ...(this.organization && { organization: this.organization }) });
    return this.network.reach({ from: source!, to: target!, ...traffic });
  }

  public egress(): EgressInspection {
    if (this.topology.vpcs.length === 0) throw new Error('There is no VPC in the synthesized templates');
    return egressInspection(this.network);
  }
}

/** Someone in a network, to expect something of: `expect(place).toReach('shared')`. */
export class PlaceUnderTest {
  public constructor(public readonly network: SynthesizedNetwork, public readonly place: string) {}
}

/** All ways of a network to the internet: `expect(egress).toPassInspection()`. */
export class EgressUnderTest {
  public constructor(public readonly network: SynthesizedNetwork) {}
}

/** The network of what `landingZone({ assembly })` read. */
export class NetworkUnderTest {
  public constructor(private readonly network: SynthesizedNetwork) {}

  /** All VPCs of a segment. */
  public segment(name: string): PlaceUnderTest {
    return this.place(`segment:${name}`);
  }

  /** All VPCs of an account, by key, name or id. */
  public account(name: string): PlaceUnderTest {
    return this.place(`account:${name}`);
  }

  /** A place in words: `vpc:NAME`, a CIDR block, `internet`, `on-premises`. */
  public place(words: string): PlaceUnderTest {
    return new PlaceUnderTest(this.network, words);
  }

  /** All ways to the internet. */
  public internetEgress(): EgressUnderTest {
    return new EgressUnderTest(this.network);
  }
}

/** Whose reach an expectation is about: a segment or spoke, or a place of what was read. */
export function placeOf(received: unknown): PlaceUnderTest {
  if (received instanceof PlaceUnderTest) return received;
  if (received instanceof Segment) return new PlaceUnderTest(networkOfApp(received.hub), received === received.hub.onPremises ? 'on-premises' : `segment:${received.name}`);
  if (received instanceof CoreNetworkSegment) return new PlaceUnderTest(networkOfApp(received.coreNetwork), `segment:${received.name}`);
  if (received instanceof Spoke) return new PlaceUnderTest(networkOfApp(received), `vpc:${received.node.path}`);
  throw new Error(`Expected a segment (zone.network.segment('prod')), a Spoke, or a place of landingZone({ assembly }).network; got ${kindOf(received)}`);
}

/** Whose egress an expectation is about. */
export function egressOf(received: unknown): EgressUnderTest {
  if (received instanceof EgressUnderTest) return received;
  if (received instanceof InternetEgress) return new EgressUnderTest(networkOfApp(received.network));
  throw new Error(`Expected zone.network.internetEgress() or landingZone({ assembly }).network.internetEgress(); got ${kindOf(received)}`);
}

const networks = new WeakMap<object, SynthesizedNetwork>();

/** The network of the app that a construct belongs to: of its templates, as CDK writes them. */
function networkOfApp(construct: IConstruct): SynthesizedNetwork {
  const app = construct.node.root;
  if (!App.isApp(app)) throw new Error(`${construct.node.path} is in no App: its templates cannot be synthesized`);
  const assembly = app.synth();
  const known = networks.get(assembly) ?? networkOfAssembly(assembly.directory);
  networks.set(assembly, known);
  return known;
}

export function networkOfAssembly(directory: string): SynthesizedNetwork {
  const assembly = readAssembly(directory);
  return new SynthesizedNetwork(networkFromAssembly(assembly).topology, organizationFromAssembly(assembly).model);
}

function kindOf(received: unknown): string {
  return received === null ? 'null' : typeof received === 'object' ? received.constructor.name : typeof received;
}
