import { Stack } from 'aws-cdk-lib';
import { CfnTransitGatewayPeeringAttachment, CfnTransitGatewayRoute, CfnTransitGatewayRouteTableAssociation } from 'aws-cdk-lib/aws-ec2';
import { Construct, IDependable } from 'constructs';
import { HubRoute, hubRoutes, HubTarget, PEERING, PeerFacts } from './hub-routes';
import type { NetworkHub } from './network-hub';
import { syncChildren } from './route-children';
import { NetworkSettings } from './settings/network-settings';
import { valueFrom } from '../delivery/stack-output';

interface Peer {
  readonly hub: NetworkHub;
  readonly attachmentId: string;
  /** What routes wait for: the accepted attachment. */
  readonly ready?: IDependable;
}

/**
 * The peerings of a hub with hubs of other Regions. In a stack of their own, after those of both hubs: each needs what the other makes. The hub whose Region comes first in the plan asks,
 * and accepts for the other.
 */
export class HubPeerings {
  private readonly known = new Map<string, Peer>();
  private made: Stack | undefined;

  public constructor(private readonly hub: NetworkHub) {}

  public get peers(): PeerFacts[] {
    return [...this.known.values()].map(({ hub }) => ({ region: hub.region, onPremises: hub._onPremisesRanges })).sort((one, other) => (one.region < other.region ? -1 : 1));
  }

  public add(other: NetworkHub): void {
    if (this.known.has(other.region)) return;
    const slot = (hub: NetworkHub) => hub.addressPlan._regionSlot(hub.region);
    const [asks, asked] = slot(this.hub) < slot(other) ? [this.hub, other] : [other, this.hub];
    const made = asks._peerings.ask(asked);
    asked._peerings.answer(asks, made.attachmentId);
    for (const hub of [asks, asked]) hub._intentsChanged();
  }

  /** After networks on premises were attached: hubs that are peered with this one reach them by it. */
  public changed(): void {
    this.update();
    for (const { hub } of this.known.values()) hub._intentsChanged();
  }

  /** After more was allowed. */
  public update(): void {
    if (this.known.size === 0) return;
    const scope = (this.stack.node.tryFindChild('Routes') as Construct | undefined) ?? new Construct(this.stack, 'Routes');
    syncChildren(scope, hubRoutes(this.hub._facts).filter(({ table, target }) => table === PEERING || target.kind === 'peer'), (id, route) => this.addRoute(scope, id, route));
  }

  private addRoute(scope: Construct, id: string, { table, destination, target }: HubRoute): void {
    const peer = target.kind === 'peer' ? this.known.get(target.region)! : undefined;
    const attachmentId = peer ? peer.attachmentId : target.kind === 'blackhole' ? undefined : valueFrom(Stack.of(this.hub), `Attachment.${outputOf(target)}`, this.hub._attachmentOf(target)!, this.stack);
    const route = new CfnTransitGatewayRoute(scope, id, {
      transitGatewayRouteTableId: this.table(table), destinationCidrBlock: destination, ...(attachmentId === undefined ? { blackhole: true } : { transitGatewayAttachmentId: attachmentId }),
    });
    if (peer?.ready) route.node.addDependency(peer.ready);
  }

  private ask(other: NetworkHub): Peer {
    const scope = new Construct(this.stack, other.region);
    const attachment = new CfnTransitGatewayPeeringAttachment(scope, 'Attachment', {
      transitGatewayId: valueFrom(Stack.of(this.hub), 'TransitGateway', this.hub.transitGatewayId, this.stack),
      peerTransitGatewayId: valueFrom(Stack.of(other), 'TransitGateway', other.transitGatewayId, this.stack),
      peerAccountId: Stack.of(other).account,
      peerRegion: other.region,
      tags: [{ key: 'Name', value: `${this.hub.region}-${other.region}` }],
    });
    const ready = NetworkSettings.of(this.stack).acceptPeering(other.region, attachment.attrTransitGatewayAttachmentId, other.region);
    return this.attach(scope, { hub: other, attachmentId: attachment.attrTransitGatewayAttachmentId, ready });
  }

  private answer(other: NetworkHub, attachmentId: string): void {
    const scope = new Construct(this.stack, other.region);
    this.attach(scope, { hub: other, attachmentId: valueFrom(other._peerings.stack, `Peering.${this.hub.region}`, attachmentId, this.stack) });
  }

  private attach(scope: Construct, peer: Peer): Peer {
    this.known.set(peer.hub.region, peer);
    const association = new CfnTransitGatewayRouteTableAssociation(scope, 'Association', { transitGatewayAttachmentId: peer.attachmentId, transitGatewayRouteTableId: this.table(PEERING) });
    if (peer.ready) association.node.addDependency(peer.ready);
    return peer;
  }

  private table(name: string): string {
    return valueFrom(Stack.of(this.hub), `Table.${name}`, this.hub._tableId(name), this.stack);
  }

  private get stack(): Stack {
    if (this.made) return this.made;
    const home = Stack.of(this.hub);
    this.made = new Stack(home.node.scope!, `${home.node.id}.Peering`, {
      stackName: `${home.stackName}-Peering`, description: 'Peerings of the hub with other Regions', env: { account: home.account, region: home.region }, terminationProtection: true,
    });
    this.made.addStackDependency(home);
    return this.made;
  }
}

/** Links have outputs of their own, by their paths in letters and digits. */
function outputOf(target: HubTarget): string {
  return target.kind === 'on-premises' ? `${target.kind}.${target.link.replace(/[^A-Za-z0-9]/g, '')}` : target.kind;
}
