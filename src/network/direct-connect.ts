import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { CfnDirectConnectGateway, CfnDirectConnectGatewayAssociation, CfnTransitVirtualInterface } from 'aws-cdk-lib/aws-directconnect';
import { Construct } from 'constructs';
import { announcedRanges, hybridProblems } from './announced-ranges';
import { AttachmentLookup } from './attachment-lookup';
import { mark } from './mark';
import type { NetworkHub } from './network-hub';
import { unusedKey } from './unused-key';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** Properties of a Direct Connect gateway. */
export interface DirectConnectProps {
  /** Hub that it ends at; in the same stack. Hubs that are peered with it reach the sites by it. */
  readonly hub: NetworkHub;
  /** Number of the gateway among BGP speakers, another one than the hub's. @default 64600 */
  readonly amazonSideAsn?: number;
  /** Addresses that sites announce, of the plan's `onPremises`. @default - all of the plan's `onPremises` */
  readonly ranges?: string[];
  /** Blocks that are announced to sites. @default - the whole address plan */
  readonly announced?: string[];
}

/** A virtual interface over a connection. */
export interface TransitInterfaceProps {
  /** Id of the connection or of the link aggregation group: `dxcon-abcdefgh`. */
  readonly connectionId: string;
  /** VLAN, from 1 to 4094. */
  readonly vlan: number;
  /** Number of the site's router among BGP speakers. */
  readonly routerAsn: number;
  /** Address of the site's router with its prefix: `169.254.10.2/30`. @default - AWS chooses */
  readonly routerAddress?: string;
  /** Address of AWS's side with its prefix: `169.254.10.1/30`. @default - AWS chooses */
  readonly amazonAddress?: string;
  /** Key that BGP messages are signed with (MD5). @default - AWS makes one */
  readonly authKey?: SecretValue;
  /** Largest packet, 1500 or 8500 bytes. A first interface of 8500 may interrupt its connection for 30 seconds. @default 1500 */
  readonly mtu?: number;
}

/**
 * Sites by Direct Connect: a gateway that is associated with the hub, and a virtual interface for each connection. The sites are part of the segment `on-premises`: say with
 * `allowTo` who reaches them. Two connections at different locations, each with an interface, survive the loss of one. The gateway is kept when it leaves the template.
 *
 * AWS CloudFormation, AWS::DirectConnect::DirectConnectGatewayAssociation and AWS::DirectConnect::TransitVirtualInterface; Direct Connect API Reference,
 * CreateTransitVirtualInterface (read 2026-11-23).
 *
 * @example
 * declare const hub: NetworkHub;
 * const sites = new DirectConnect(stack, 'Sites', { hub });
 * sites.addInterface('dublin-a', { connectionId: 'dxcon-abcdefgh', vlan: 101, routerAsn: 65010 });
 * sites.addInterface('dublin-b', { connectionId: 'dxcon-ijklmnop', vlan: 102, routerAsn: 65010 });
 */
export class DirectConnect extends Construct {
  /** Id of the Direct Connect gateway. */
  public readonly gatewayId: string;
  /** Id of its attachment to the transit gateway. */
  public readonly attachmentId: string;
  private readonly vlans = new Map<string, string>();

  public constructor(scope: Construct, id: string, props: DirectConnectProps) {
    super(scope, id);
    this.check(props);
    const { hub, amazonSideAsn = 64_600, announced = [hub.addressPlan.cidr] } = props;
    const gateway = new CfnDirectConnectGateway(this, 'Resource', { directConnectGatewayName: this.node.path.replace(/[^a-zA-Z0-9-]/g, '-').slice(-100), amazonSideAsn: String(amazonSideAsn) });
    gateway.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(gateway, { ranges: announcedRanges(props) });
    this.gatewayId = gateway.attrDirectConnectGatewayId;
    const association = new CfnDirectConnectGatewayAssociation(this, 'Association', {
      directConnectGatewayId: this.gatewayId, associatedGatewayId: hub.transitGatewayId, allowedPrefixesToDirectConnectGateway: announced,
    });
    association.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(association, { ranges: announcedRanges(props) });
    const lookup = new AttachmentLookup(this, 'Attachment', {
      transitGatewayId: hub.transitGatewayId, resourceType: 'direct-connect-gateway', resourceId: this.gatewayId, madeBy: association.ref,
    });
    lookup.node.addDependency(association);
    this.attachmentId = lookup.attachmentId;
    hub._attachOnPremises(this, 'OnPremises', { attachmentId: this.attachmentId, ranges: announcedRanges(props) });
  }

  /**
   * A virtual interface over a connection; for connections of the Region that the stack is in.
   *
   * @param key names it; stable
   */
  public addInterface(key: string, { connectionId, vlan, routerAsn, routerAddress, amazonAddress, authKey, mtu = 1_500 }: TransitInterfaceProps): void {
    const place = `${connectionId}/${vlan}`;
    const problems = [
      ...(Number.isInteger(vlan) && vlan >= 1 && vlan <= 4_094 ? [] : [`vlan is ${vlan}, 1 to 4094 are possible`]),
      ...(this.vlans.has(place) ? [`VLAN ${vlan} of ${connectionId} is that of ${this.vlans.get(place)}`] : []),
      ...(mtu === 1_500 || mtu === 8_500 ? [] : [`mtu is ${mtu}, a transit virtual interface takes 1500 or 8500`]),
      ...(Number.isInteger(routerAsn) && routerAsn >= 1 && routerAsn <= 4_294_967_294 ? [] : [`routerAsn is ${routerAsn}, 1 to 4294967294 are possible`]),
      ...((routerAddress === undefined) === (amazonAddress === undefined) ? [] : ['routerAddress and amazonAddress belong together: give both or neither']),
    ];
    if (problems.length > 0) throw new InputError(`${this.node.path}.addInterface(${key}): ${problems.join('; ')}`);
    this.vlans.set(place, key);
    const interfaces = new CfnTransitVirtualInterface(this, unusedKey(this, 'Interface', key, 'addInterface'), {
      connectionId, vlan, mtu, directConnectGatewayId: this.gatewayId, virtualInterfaceName: key,
      bgpPeers: [{ addressFamily: 'ipv4', asn: String(routerAsn), customerAddress: routerAddress, amazonAddress, authKey: authKey?.unsafeUnwrap() }],
    });
    // The router on premises knows its VLAN, addresses and key.
    interfaces.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  private check(props: DirectConnectProps): void {
    const { hub, amazonSideAsn = 64_600, announced } = props;
    const own = hub._props.amazonSideAsn ?? 64_512 + hub.addressPlan._regionSlot(hub.region);
    const problems = [
      ...hybridProblems(this, props),
      ...(amazonSideAsn === own ? [`amazonSideAsn is ${own}, which is the hub's: give another one`] : []),
      ...((amazonSideAsn >= 64_512 && amazonSideAsn <= 65_534) || (amazonSideAsn >= 4_200_000_000 && amazonSideAsn <= 4_294_967_294) ? [] : [`amazonSideAsn is ${amazonSideAsn}, 64512 to 65534 and 4200000000 to 4294967294 are possible`]),
      ...(announced ?? []).filter((block) => !Cidr.parse(block)).map((block) => `announced block ${JSON.stringify(block)} is none of IPv4 addresses, like 10.0.0.0/8`),
      ...(announced?.length === 0 ? ['announced is empty: sites would know no way to AWS'] : []),
    ];
    if (problems.length > 0) throw new InputError(`DirectConnect ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}
