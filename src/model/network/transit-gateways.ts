import { normalBlock } from './address-blocks';
import { NetworkResource } from './network-resources';
import { Draft, farEnd, Reading } from './reading';
import { Attachment, AttachmentLink, TransitGateway, TransitTable } from '../../analysis/network/topology';
import { isKnown, Reference, Unknown } from '../assembly/resolved';

/** Tables that a gateway uses where nobody says another one. */
interface Defaults {
  readonly association?: string;
  readonly propagation?: string;
}

/**
 * Transit gateways: tables, attachments, associations, propagations and static routes. Networks behind VPN and Direct Connect, firewalls and VPCs are read before.
 *
 * A gateway associates with its default table and propagates to it unless told not to: both are on by default (CloudFormation, AWS::EC2::TransitGateway, read 2026-11-23).
 * Peerings are associated too but announce nothing (https://github.com/hashicorp/terraform-provider-aws/issues/16452; Amazon VPC, "Transit gateway peering attachments", read 2026-11-23).
 */
export class TransitGateways {
  private readonly defaults = new Map<string, Defaults>();
  private readonly associated = new Set<string>();

  public constructor(private readonly reading: Reading) {}

  /** Gateways and their tables, which routes of VPCs lead to. */
  public readGateways(): void {
    const { resources } = this.reading;
    for (const resource of resources.of('AWS::EC2::TransitGateway')) this.addGateway(resource);
    for (const resource of resources.of('AWS::EC2::TransitGatewayRouteTable')) this.addTable(resource);
  }

  /** What is attached, and the routes. */
  public readAttachments(): void {
    const { resources } = this.reading;
    for (const resource of resources.of('AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment')) this.attachVpc(resource);
    for (const resource of resources.of('AWS::EC2::TransitGatewayPeeringAttachment')) this.attachPeering(resource);
    for (const resource of resources.of('AWS::NetworkFirewall::Firewall')) this.attachFirewall(resource);
    for (const resource of resources.of('AWS::EC2::VPNConnection')) this.attachOutside(resource, 'vpn', resource.id, 'TransitGatewayId');
    for (const resource of resources.of('AWS::DirectConnect::DirectConnectGatewayAssociation')) this.attachDirectConnect(resource);
    for (const resource of resources.of('AWS::EC2::TransitGatewayConnect')) this.attachConnect(resource);
    for (const resource of resources.of('AWS::EC2::TransitGatewayRouteTableAssociation')) this.associate(resource);
    for (const resource of resources.of('AWS::EC2::TransitGatewayRouteTablePropagation')) this.propagate(resource);
    for (const resource of resources.of('AWS::EC2::TransitGatewayRoute')) this.addRoute(resource);
    this.applyDefaults();
  }

  private addGateway(resource: NetworkResource): void {
    const { reading } = this;
    const gateway: Draft<TransitGateway> = { ...reading.part(resource), kind: 'transit-gateway', account: resource.account, region: resource.region, tables: [] };
    reading.gateways.set(gateway.id, gateway);
    const table = (toggle: string, property: string): string | undefined => {
      const enabled = reading.resources.text(resource, toggle, [gateway.id]);
      if (enabled === 'disable') return undefined;
      return reading.resources.text(resource, property, [gateway.id]) ?? `${gateway.id}#default`;
    };
    const defaults: Defaults = {
      association: table('DefaultRouteTableAssociation', 'AssociationDefaultRouteTableId'), propagation: table('DefaultRouteTablePropagation', 'PropagationDefaultRouteTableId'),
    };
    this.defaults.set(gateway.id, defaults);
    const own = `${gateway.id}#default`;
    if (defaults.association === own || defaults.propagation === own) {
      reading.addTransitTable({ id: own, name: `default table of ${gateway.name}`, origin: gateway.origin!, routes: [], propagations: [] }, gateway);
    }
  }

  private addTable(resource: NetworkResource): void {
    const gateway = this.reading.gateways.get(this.reading.resources.text(resource, 'TransitGatewayId') ?? '');
    if (!gateway) return;
    const { segment } = resource.mark;
    const table: Draft<TransitTable> = { ...this.reading.part(resource), ...(segment !== undefined ? { segment } : {}), routes: [], propagations: [] };
    this.reading.addTransitTable(table, gateway);
  }

  private attachVpc(resource: NetworkResource): void {
    const { resources } = this.reading;
    const gateway = this.gatewayNamed(resource);
    const vpcId = resources.text(resource, 'VpcId', gateway ? [gateway.id] : 'place');
    if (!gateway || vpcId === undefined) return;
    const affected = [gateway.id, vpcId];
    const removed = resources.texts(resource, 'RemoveSubnetIds', affected);
    const subnets = [...resources.texts(resource, 'SubnetIds', affected), ...resources.texts(resource, 'AddSubnetIds', affected)].filter((id) => !removed.includes(id));
    const options = resource.value('Options');
    const mode = options?.ApplianceModeSupport;
    if (!isKnown(mode) || options instanceof Unknown || options instanceof Reference) resources.gap(resource, 'its appliance mode is not known', affected);
    if (this.reading.vpcs.get(vpcId)?.ranges.length === 0) resources.gap(resource, 'the addresses of its VPC are not known', affected);
    const link: AttachmentLink = this.reading.vpcs.has(vpcId)
      ? { kind: 'vpc', vpc: vpcId, subnets: [...new Set(subnets)], isApplianceMode: mode === 'enable' }
      : { kind: 'connect', outside: this.stranger(`VPC ${vpcId}`, resource) };
    this.add({ ...this.reading.part(resource), gateway: gateway.id, link });
  }

  /** Something that the assembly does not have, on the other side of an attachment. */
  private stranger(what: string, resource: NetworkResource): string {
    const id = `${resource.id}#outside`;
    this.reading.outsides.set(id, { id, name: `${what}, which the assembly does not have`, origin: resource.origin, ranges: [], mayAnnounceMore: true });
    return id;
  }

  private attachPeering(resource: NetworkResource): void {
    const { reading } = this;
    const one = this.gatewayNamed(resource);
    const other = reading.gateways.get(reading.resources.text(resource, 'PeerTransitGatewayId', one ? [one.id] : 'place') ?? '');
    const part = reading.part(resource);
    const missing = (property: string) => this.stranger(`gateway ${String(resource.value(property)?.text ?? resource.value(property)?.what ?? resource.value(property))}`, resource);
    if (one) this.add({ ...part, gateway: one.id, link: other ? { kind: 'peering', peer: farEnd(resource.id) } : { kind: 'connect', outside: missing('PeerTransitGatewayId') } });
    if (other) this.add({ ...part, id: farEnd(resource.id), gateway: other.id, link: one ? { kind: 'peering', peer: resource.id } : { kind: 'connect', outside: missing('TransitGatewayId') } });
  }

  private attachFirewall(resource: NetworkResource): void {
    const { resources } = this.reading;
    if (resource.raw('TransitGatewayId') === undefined) return;
    const gateway = this.gatewayNamed(resource);
    if (!gateway) return;
    const mappings = resource.value('AvailabilityZoneMappings');
    const zones = Array.isArray(mappings) ? mappings.map((mapping) => mapping?.AvailabilityZone) : [mappings];
    if (!zones.every((zone) => typeof zone === 'string')) resources.gap(resource, 'its Availability Zones are not known', [gateway.id]);
    this.add({
      ...this.reading.part(resource), id: `${resource.id}#attachment`, gateway: gateway.id,
      link: { kind: 'firewall', firewall: resource.id, zones: zones.filter((zone) => typeof zone === 'string') },
    });
  }

  private attachDirectConnect(resource: NetworkResource): void {
    const outside = this.reading.resources.text(resource, 'DirectConnectGatewayId');
    const isOfTransit = this.reading.gateways.has(this.reading.resources.text(resource, 'AssociatedGatewayId') ?? '');
    if (isOfTransit && outside !== undefined) this.attachOutside(resource, 'direct-connect', outside, 'AssociatedGatewayId');
  }

  private attachConnect(resource: NetworkResource): void {
    const { resources } = this.reading;
    const transport = this.reading.attachments.get(resources.text(resource, 'TransportTransitGatewayAttachmentId') ?? '');
    if (!transport) {
      resources.gap(resource, 'the attachment that it uses is not in the assembly');
      return;
    }
    const { id, name, origin } = resource;
    this.reading.outsides.set(id, { id, name, origin, ranges: [...resource.mark.ranges ?? []], mayAnnounceMore: resource.mark.ranges === undefined });
    this.add({ id, name, origin, gateway: transport.gateway, link: { kind: 'connect', outside: id } });
  }

  private attachOutside(resource: NetworkResource, kind: 'vpn' | 'direct-connect', outside: string, property: string): void {
    if (resource.raw(property) === undefined) return;
    const gateway = this.gatewayNamed(resource, property);
    if (!gateway) return;
    if (!this.reading.outsides.has(outside)) this.reading.outsides.set(outside, { id: outside, name: outside, origin: resource.origin, ranges: [], mayAnnounceMore: true });
    this.add({ ...this.reading.part(resource), id: `${resource.id}#attachment`, gateway: gateway.id, link: { kind, outside } });
  }

  private add(attachment: Draft<Attachment>): void {
    this.reading.attachments.set(attachment.id, attachment);
  }

  private gatewayNamed(resource: NetworkResource, property = 'TransitGatewayId'): Draft<TransitGateway> | undefined {
    return this.reading.gateways.get(this.reading.resources.text(resource, property) ?? '');
  }

  /** Both ends of a peering have one id: the gateway of the table says which end is meant. */
  private named(resource: NetworkResource, property: string, gateway: string | undefined): Draft<Attachment> | undefined {
    const id = this.reading.resources.text(resource, property, gateway === undefined ? 'place' : [gateway]);
    if (id === undefined) return undefined;
    const found = [id, farEnd(id)].map((one) => this.reading.attachments.get(one)).find((one) => one && (gateway === undefined || one.gateway === gateway));
    if (!found && gateway !== undefined) this.reading.resources.gap(resource, `the assembly does not have attachment ${id}`, [gateway]);
    return found;
  }

  private associate(resource: NetworkResource): void {
    const tableId = this.reading.resources.text(resource, 'TransitGatewayRouteTableId');
    const gateway = this.reading.gatewayOf(tableId ?? '');
    const attachment = this.named(resource, 'TransitGatewayAttachmentId', gateway?.id);
    if (!attachment) return;
    this.associated.add(attachment.id);
    if (gateway) attachment.table = tableId!;
    else this.reading.resources.gap(resource, `the assembly does not have its table${tableId === undefined ? '' : ` ${tableId}`}`, [attachment.gateway]);
  }

  private propagate(resource: NetworkResource): void {
    const tableId = this.reading.resources.text(resource, 'TransitGatewayRouteTableId');
    const table = this.reading.transitTables.get(tableId ?? '');
    if (!table) return;
    const attachment = this.named(resource, 'TransitGatewayAttachmentId', this.reading.gatewayOf(table.id)!.id);
    if (attachment && !table.propagations.includes(attachment.id)) table.propagations.push(attachment.id);
  }

  private addRoute(resource: NetworkResource): void {
    const { resources } = this.reading;
    const table = this.reading.transitTables.get(resources.text(resource, 'TransitGatewayRouteTableId') ?? '');
    if (!table) return;
    const text = resources.text(resource, 'DestinationCidrBlock', [table.id]);
    const destination = text === undefined ? undefined : normalBlock(text);
    if (destination === undefined) {
      if (text !== undefined) resources.gap(resource, `${JSON.stringify(text)} is no block of addresses`, [table.id]);
      return;
    }
    const blackhole = resource.value('Blackhole');
    if (blackhole === true || blackhole === 'true') {
      table.routes.push({ destination, origin: resource.origin });
      return;
    }
    const attachment = this.named(resource, 'TransitGatewayAttachmentId', this.reading.gatewayOf(table.id)!.id);
    if (attachment) table.routes.push({ destination, attachment: attachment.id, origin: resource.origin });
    else if (resource.raw('TransitGatewayAttachmentId') === undefined) resources.gap(resource, 'it has neither an attachment nor a black hole', [table.id]);
  }

  private applyDefaults(): void {
    for (const attachment of this.reading.attachments.values()) {
      const { association, propagation } = this.defaults.get(attachment.gateway) ?? {};
      if (association !== undefined && !this.associated.has(attachment.id)) {
        if (this.reading.gatewayOf(association)?.id === attachment.gateway) attachment.table = association;
        else this.reading.resources.gap(this.reading.resources.byId(attachment.gateway)!, `the assembly does not have its default table ${association}`, [attachment.gateway]);
      }
      const learning = propagation === undefined ? undefined : this.reading.transitTables.get(propagation);
      if (learning && attachment.link.kind !== 'peering' && !learning.propagations.includes(attachment.id)) learning.propagations.push(attachment.id);
    }
  }
}
