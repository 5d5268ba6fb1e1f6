import { Cells, intersect, minus, NO_CELLS, overlaps, union } from './cells';
import { AttachmentGroup, CompiledNetwork, SubnetGroup, VpcGroup, VpcLookup } from './compiled-network';
import { aclAllows, filtered } from './filters';
import { Leaf, on, Packets, Translated } from './packets';
import { RouteTable } from './topology';
import { Traffic, trafficWords } from './traffic';

/** Follows packets through a network, splitting them wherever addresses are treated differently. Where AWS may choose, every choice is followed. */
export class Walk {
  private readonly leaves: Leaf[] = [];

  public constructor(private readonly network: CompiledNetwork) {}

  /** From a subnet; the sender's network ACL is passed first. */
  public fromSubnet(subnet: SubnetGroup, packets: Packets): Leaf[] {
    this.leaveSubnet(subnet, on({ ...packets, sender: subnet.vpc }, subnet.subnet.id, { component: subnetWords(subnet) }));
    return this.leaves;
  }

  /** From a network behind a VPN or Direct Connect attachment. */
  public fromAttachment(attachment: AttachmentGroup, packets: Packets): Leaf[] {
    this.arriveAtGateway(attachment, packets);
    return this.leaves;
  }

  /** From a network behind the VPN gateway of a VPC. */
  public fromVpnGateway(vpc: VpcGroup, packets: Packets): Leaf[] {
    const edge = vpc.vpc.routeTables.find(({ edgeOf }) => edgeOf !== undefined && edgeOf !== vpc.vpc.internetGateway);
    if (edge) this.route(vpc, edge, undefined, packets);
    else this.deliver(vpc, undefined, packets);
    return this.leaves;
  }

  /** From the internet, by a gateway of a VPC: to public addresses, and as answers to what left by it. */
  public fromInternet(vpc: VpcGroup, by: Leaf['by'], packets: Packets): Leaf[] {
    const isEgressOnly = by === 'egress-only-internet-gateway';
    const at = on(packets, vpc.vpc.internetGateway ?? vpc.vpc.id, { component: `${isEgressOnly ? 'egress-only ' : ''}internet gateway of ${vpc.vpc.name}` });
    const edge = isEgressOnly ? undefined : vpc.vpc.routeTables.find(({ edgeOf }) => edgeOf !== undefined && edgeOf === vpc.vpc.internetGateway);
    const enter = (subnet: SubnetGroup, dst: Cells) => (edge ? this.route(vpc, edge, undefined, { ...at, dst }) : this.enterSubnet(undefined, subnet, { ...at, dst }));
    const [last] = packets.answers?.to.slice(-1) ?? [];
    if (last && last.vpc === vpc) {
      const subnet = this.subnetOfNat(last);
      if (subnet) enter(subnet, packets.dst);
      else this.untranslate(last, at);
      return this.leaves;
    }
    for (const subnet of vpc.subnets) {
      const dst = intersect(packets.dst, subnet.cells);
      if (dst.length === 0) continue;
      const { publicAccess, isPublicAddressPossible } = subnet.subnet;
      const v4 = isPublicAddressPossible ? NO_CELLS : intersect(dst, this.network.space.family('ipv4'));
      const open = minus(dst, v4);
      if (publicAccess === 'none' || (publicAccess === 'egress' && !packets.answers)) {this.block({ ...at, dst }, `VPC block public access keeps the internet out of ${subnetWords(subnet)}`);} else {
        if (v4.length > 0) this.block({ ...at, dst: v4 }, `nobody in ${subnetWords(subnet)} has a public address`);
        if (open.length > 0) enter(subnet, open);
      }
    }
    return this.leaves;
  }

  /** Out of a subnet: within it no network ACL and no route is passed. */
  private leaveSubnet(subnet: SubnetGroup, packets: Packets): void {
    const at = { ...packets, zone: subnet.zone };
    const near = subnet.vpc.members.length === 1 ? intersect(at.dst, subnet.cells) : NO_CELLS;
    if (near.length > 0) this.enterSubnet(subnet, subnet, { ...at, dst: near });
    this.leaveFar(subnet, { ...at, dst: minus(at.dst, near) });
  }

  private leaveFar(subnet: SubnetGroup, packets: Packets): void {
    const out = aclAllows(this.network, subnet, 'out', packets.traffic, packets.dst);
    this.stopped(packets, minus(packets.dst, out), 'dst', () => aclWords(subnet, 'out', packets.traffic));
    if (out.length > 0) this.route(subnet.vpc, subnet.table, subnet, { ...packets, dst: out });
  }

  /** By a table of a VPC. */
  private route(vpc: VpcGroup, table: RouteTable, from: SubnetGroup | undefined, packets: Packets): void {
    const state = stateAt(table.id, packets);
    if (packets.states.includes(state)) return this.block(packets, circleWords(packets));
    const here = { ...packets, states: [...packets.states, state], passed: [...packets.passed, vpc.vpc.id] };
    let open = packets.dst;
    for (const lookup of this.network.vpcTable(vpc, table)) {
      const dst = intersect(open, lookup.cells);
      if (dst.length === 0) continue;
      open = minus(open, dst);
      this.follow(vpc, table, from, lookup, on({ ...here, dst }, table.id, {
        component: `route table ${table.name}`, detail: `${lookup.destination} to ${this.targetWords(vpc, lookup)}`, origin: lookup.origin ?? table.origin,
      }));
    }
    const may = table.routes.flatMap(({ target }) => (target.kind === 'vpn-gateway' ? this.network.outside(target.outside) ?? [] : [])).find(({ mayAnnounceMore }) => mayAnnounceMore);
    if (may && open.length > 0) return this.end('unknown', { ...here, dst: open }, { why: `${may.name} may announce addresses that are not declared to table ${table.name}` });
    this.stopped(here, open, 'dst', () => `route table ${table.name} has no route to ${this.network.space.words(open)}`);
  }

  private follow(vpc: VpcGroup, table: RouteTable, from: SubnetGroup | undefined, { target, destination }: VpcLookup, packets: Packets): void {
    switch (target.kind) {
      case 'local': return this.deliver(vpc, from, packets);
      case 'transit-gateway': return this.toGateway(vpc, target.gateway, packets);
      case 'internet-gateway': return this.toInternet(vpc, packets);
      case 'egress-only-internet-gateway': return this.toInternetOutOnly(vpc, packets);
      case 'nat-gateway': return this.translate(vpc, from, target.gateway, packets);
      case 'appliance-endpoint': return this.inspectAtEndpoint(vpc, from, target.endpoint, packets);
      case 'gateway-endpoint': return this.end('service', on(packets, target.endpoint, { component: `endpoint ${this.network.endpoint(vpc, target.endpoint)?.name ?? target.endpoint}` }));
      case 'peering': return this.toPeer(vpc, target.peering, destination, table, packets);
      case 'interface': return this.throughInterface(vpc, from, target.interface, packets);
      case 'vpn-gateway': return this.toOutside(target.outside, packets, { exit: vpc, by: 'vpn-gateway' });
      default: return this.end('unknown', packets, { why: `route ${destination} of ${table.name} leads to ${target.what}, which is not modelled` });
    }
  }

  /** To the subnets of a VPC. */
  private deliver(vpc: VpcGroup, from: SubnetGroup | undefined, packets: Packets): void {
    let open = packets.dst;
    for (const subnet of vpc.subnets) {
      const dst = intersect(open, subnet.cells);
      if (dst.length === 0) continue;
      open = minus(open, dst);
      this.enterSubnet(from, subnet, { ...packets, dst });
    }
    this.stopped(packets, open, 'dst', () => `no subnet of VPC ${vpc.vpc.name} has ${this.network.space.words(open)}`);
  }

  private enterSubnet(from: SubnetGroup | undefined, subnet: SubnetGroup, packets: Packets): void {
    const at = on(packets, subnet.subnet.id, { component: subnetWords(subnet), origin: subnet.subnet.origin });
    const src = this.letIn(from, subnet, at);
    if (src.length === 0) return;
    const [last] = packets.answers?.to.slice(-1) ?? [];
    if (last && this.subnetOfNat(last) === subnet) this.untranslate(last, { ...at, src });
    else this.end('vpc', { ...at, src }, { subnet });
  }

  /** Senders that the network ACL of a subnet lets in; none is asked within a subnet. */
  private letIn(from: SubnetGroup | undefined, subnet: SubnetGroup, packets: Packets): Cells {
    if (from === subnet) return packets.src;
    const src = aclAllows(this.network, subnet, 'in', packets.traffic, packets.src);
    this.stopped(packets, minus(packets.src, src), 'src', () => aclWords(subnet, 'in', packets.traffic));
    return src;
  }

  private toGateway(vpc: VpcGroup, gatewayId: string, packets: Packets): void {
    const attachment = this.network.attachmentsOf(vpc.vpc.id).find(({ gateway }) => gateway === gatewayId);
    if (!attachment) return this.block(packets, `VPC ${vpc.vpc.name} is not attached to the gateway that its route leads to`);
    const group = this.network.attachmentGroup(attachment);
    const entries = packets.zone === undefined ? group.entries : group.entries.filter(({ zone }) => zone === packets.zone);
    if (entries.length === 0) return this.block(packets, `attachment ${attachment.name} has no subnet in zone ${zoneWords(packets.zone)}: nobody there reaches the gateway`);
    // The network ACL of the attachment's subnet lets in what goes to the gateway, of the same subnet too; out of it none is asked (VPC, "Network ACLs for transit gateways", read 2026-11-23).
    for (const entry of this.isFiltered(group) ? entries : entries.slice(0, 1)) {
      const src = this.letIn(undefined, entry, packets);
      if (src.length > 0) this.arriveAtGateway(group, { ...packets, src });
    }
  }

  private arriveAtGateway({ attachment }: AttachmentGroup, packets: Packets): void {
    const place = attachment.table === undefined ? undefined : this.network.gatewayOf(attachment.table);
    if (!place) return this.block({ ...packets, passed: [...packets.passed, attachment.gateway] }, `attachment ${attachment.name} is associated with no route table: what arrives by it is dropped`);
    const { table, gateway } = place;
    const state = stateAt(table.id, packets);
    if (packets.states.includes(state)) return this.block(packets, circleWords(packets));
    const here = { ...packets, states: [...packets.states, state], passed: [...packets.passed, gateway.id, table.id] };
    let open = packets.dst;
    for (const lookup of this.network.transitTable(table.id)) {
      const dst = intersect(open, lookup.cells);
      if (dst.length === 0) continue;
      open = minus(open, dst);
      const target = lookup.to ? `attachment ${lookup.to.attachment.name}` : 'a black hole';
      const routes = lookup.routes.filter(({ cells }) => overlaps(cells, dst)).map(({ cells, destination, origin = table.origin }) => ({ cells, detail: `${destination} to ${target}`, ...(origin && { origin }) }));
      const { detail, origin } = routes[0]!;
      const at = on({ ...here, dst }, lookup.to?.attachment.id ?? table.id, { component: `table ${table.name} of ${gateway.name}`, detail, origin, ...(routes.length > 1 && { routes }) });
      if (lookup.to) this.leaveGateway(lookup.to, lookup.own, at);
      else this.block(at, `table ${table.name} of ${gateway.name} has a black hole for ${lookup.routes[0]!.destination}`);
    }
    if (open.length === 0) return;
    const may = this.network.mayLearn(table);
    if (may) this.end('unknown', { ...here, dst: open }, { why: `${may.name} may announce addresses that are not declared to table ${table.name} of ${gateway.name}` });
    else this.block({ ...here, dst: open }, `table ${table.name} of ${gateway.name} has no route to ${this.network.space.words(open)}`);
  }

  private leaveGateway(group: AttachmentGroup, own: Cells, packets: Packets): void {
    const { attachment } = group;
    const { link } = attachment;
    switch (link.kind) {
      case 'vpc': return this.enterVpc(group, own, packets);
      case 'firewall': return this.throughNativeFirewall(group, link.firewall, packets);
      case 'peering': {
        const peer = this.network.attachment(link.peer);
        if (!peer) return this.block(packets, `peering ${attachment.name} has no other end`);
        // Zones of another Region are others.
        return this.arriveAtGateway({ attachment: peer, entries: [] }, on({ ...packets, zone: undefined }, peer.id, { component: `peering ${attachment.name}`, origin: attachment.origin }));
      }
      default: return this.toOutside(link.outside, packets, { attachment: group });
    }
  }

  /** Inspected in one of its zones, the same both ways, and on from there. */
  private throughNativeFirewall(group: AttachmentGroup, firewall: string, packets: Packets): void {
    const { attachment } = group;
    const at = on(packets, firewall, { component: `firewall ${this.network.firewall(firewall)?.name ?? firewall}`, origin: attachment.origin });
    this.inspect(firewall, 'any', at, (passed) => {
      for (const zone of this.chosenZones(attachment.id, this.network.zonesOf(attachment), passed)) {
        this.arriveAtGateway(group, { ...passed, zone, ...(zone !== undefined && { zones: new Map([...passed.zones, [attachment.id, zone]]) }) });
      }
    });
  }

  private chosenZones(attachment: string, zones: readonly string[], packets: Packets): readonly (string | undefined)[] {
    const chosen = packets.zones.get(attachment) ?? packets.answers?.zones.get(attachment);
    if (chosen !== undefined && zones.includes(chosen)) return [chosen];
    return zones.length > 0 ? zones : [undefined];
  }

  /** From the gateway into a VPC: by the zone the packets come from, by that which appliance mode chose, or by any. */
  private enterVpc(group: AttachmentGroup, own: Cells, packets: Packets): void {
    const { attachment, entries, vpc } = group;
    if (attachment.link.kind !== 'vpc' || !vpc) return;
    if (entries.length === 0) return this.block(packets, `attachment ${attachment.name} has no subnets`);
    const { isApplianceMode } = attachment.link;
    const chosen = isApplianceMode ? this.chosenZones(attachment.id, entries.map(({ zone }) => zone), packets) : [packets.zone];
    const matching = entries.filter(({ zone, isZoneComparable }) => (isApplianceMode || isZoneComparable) && chosen.includes(zone));
    const ways = matching.length > 0 ? matching : entries;
    const local = vpc.members.length > 1 ? intersect(packets.dst, own) : NO_CELLS;
    // Where no network ACL tells ways apart, they all lead to the VPC's own subnets alike.
    if (local.length > 0) for (const entry of this.isFiltered(group) ? ways : ways.slice(0, 1)) this.fromEntry(entry, group, { ...packets, dst: local }, true);
    const rest = minus(packets.dst, local);
    if (rest.length > 0) for (const entry of ways) this.fromEntry(entry, group, { ...packets, dst: rest }, vpc.members.length === 1);
  }

  /** Where packets are for the subnet that they enter by, no network ACL and no route is passed; else those of that subnet. */
  private fromEntry(entry: SubnetGroup, { attachment }: AttachmentGroup, packets: Packets, isOwn: boolean): void {
    const inZone = { ...packets, zone: entry.zone, zones: new Map([...packets.zones, [attachment.id, entry.zone]]) };
    const near = isOwn ? intersect(packets.dst, entry.cells) : NO_CELLS;
    if (near.length > 0) this.enterSubnet(entry, entry, { ...inZone, dst: near });
    const at = on(inZone, entry.subnet.id, { component: subnetWords(entry), origin: entry.subnet.origin });
    const far = minus(packets.dst, near);
    if (far.length === 0) return;
    if (entry.vpc.members.length === 1 || !isOwn) return this.leaveFar(entry, { ...at, dst: far });
    // Of alike VPCs tables have no local routes.
    const out = aclAllows(this.network, entry, 'out', packets.traffic, far);
    this.stopped(at, minus(far, out), 'dst', () => aclWords(entry, 'out', packets.traffic));
    if (out.length > 0) this.deliver(entry.vpc, entry, { ...at, dst: out });
  }

  private isFiltered({ vpc }: AttachmentGroup): boolean {
    return vpc?.subnets.some(({ acl }) => acl !== undefined) ?? false;
  }

  private toPeer(vpc: VpcGroup, id: string, destination: string, table: RouteTable, packets: Packets): void {
    const peering = this.network.topology.peerings.find((one) => one.id === id);
    const other = peering && this.network.vpcs.get(peering.vpcs[0] === vpc.vpc.id ? peering.vpcs[1] : peering.vpcs[0]);
    if (!peering || !other) return this.block(packets, `route ${destination} of ${table.name} leads to a peering that does not exist`);
    const at = { ...packets, passed: [...packets.passed, other.id] };
    // A peering carries from one VPC's own addresses to the other's, and no further.
    const src = packets.sender === vpc ? packets.src : NO_CELLS;
    if (src.length === 0) return this.block(at, `peering ${peering.name} carries only what VPC ${vpc.vpc.name} sends itself`);
    this.deliver(this.network.groupOf(other.id), undefined, on(at, peering.id, { component: `peering ${peering.name}`, origin: peering.origin }));
  }

  /** IPv4 needs a public address, of the sender in this VPC or of a NAT gateway of it. */
  private toInternet(vpc: VpcGroup, packets: Packets): void {
    const at = on(packets, vpc.vpc.internetGateway ?? vpc.vpc.id, { component: `internet gateway of ${vpc.vpc.name}` });
    if (packets.sender !== vpc) return this.block(at, `the internet gateway of ${vpc.vpc.name} serves senders in its own VPC only`);
    const [last] = packets.translated.slice(-1);
    const dst = this.towardsInternet(at);
    const v4 = intersect(dst, this.network.space.family('ipv4'));
    const v6 = minus(dst, v4);
    const leave = (cells: Cells, src: Cells) => this.end('internet', { ...at, dst: cells, src }, { exit: vpc, by: 'internet-gateway' });
    const allowed = last && !this.subnetOfNat(last) ? packets.src : this.openSenders(vpc, at);
    if (v6.length > 0) leave(v6, allowed);
    if (v4.length === 0) return;
    if (last?.nat.isPublic ?? false) return leave(v4, allowed);
    const known = union(...vpc.subnets.filter(({ subnet }) => subnet.isPublicAddressPossible).map(({ cells }) => cells));
    const hidden = last ? allowed : minus(allowed, known);
    this.stopped({ ...at, dst: v4 }, hidden, 'src', () => (last ? `NAT gateway ${last.nat.name} is private: it gives no public address` : `${this.network.space.words(hidden)} in VPC ${vpc.vpc.name} has no public address`));
    leave(v4, minus(allowed, hidden));
  }

  private toInternetOutOnly(vpc: VpcGroup, packets: Packets): void {
    const at = on(packets, vpc.vpc.id, { component: `egress-only internet gateway of ${vpc.vpc.name}` });
    if (packets.sender !== vpc) return this.block(at, `the egress-only internet gateway of ${vpc.vpc.name} serves senders in its own VPC only`);
    const v6 = minus(this.towardsInternet(at), this.network.space.family('ipv4'));
    this.stopped(at, intersect(packets.dst, this.network.space.family('ipv4')), 'dst', () => 'an egress-only internet gateway carries IPv6 only');
    if (v6.length > 0) this.end('internet', { ...at, dst: v6, src: this.openSenders(vpc, at) }, { exit: vpc, by: 'egress-only-internet-gateway' });
  }

  private towardsInternet(packets: Packets): Cells {
    const dst = intersect(packets.dst, this.network.internet);
    this.stopped(packets, minus(packets.dst, dst), 'dst', () => `${this.network.space.words(minus(packets.dst, dst))} is not on the internet`);
    return dst;
  }

  /** Senders whose subnets VPC block public access lets out. */
  private openSenders(vpc: VpcGroup, packets: Packets): Cells {
    const shut = intersect(packets.src, union(...vpc.subnets.filter(({ subnet }) => subnet.publicAccess === 'none').map(({ cells }) => cells)));
    this.stopped(packets, shut, 'src', () => `VPC block public access keeps ${this.network.space.words(shut)} in VPC ${vpc.vpc.name} from the internet`);
    return minus(packets.src, shut);
  }

  private translate(vpc: VpcGroup, from: SubnetGroup | undefined, natId: string, packets: Packets): void {
    const nat = vpc.vpc.natGateways.find(({ id }) => id === natId);
    if (!nat) return this.block(packets, `the route leads to a NAT gateway that VPC ${vpc.vpc.name} does not have`);
    if (packets.translated.some((one) => one.nat === nat)) return this.block(packets, circleWords(packets));
    const v4 = intersect(packets.src, this.network.space.family('ipv4'));
    this.stopped(packets, minus(packets.src, v4), 'src', () => `NAT gateway ${nat.name} translates IPv4 only`);
    if (v4.length === 0) return;
    const at = on({ ...packets, src: v4, sender: vpc }, nat.id, { component: `NAT gateway ${nat.name}`, origin: nat.origin });
    const subnet = vpc.subnets.find(({ ids }) => nat.subnet !== undefined && ids.has(nat.subnet));
    const original = subnet ? this.letIn(from, subnet, at) : v4;
    if (original.length === 0) return;
    const translated = [...packets.translated, { nat, vpc, original }];
    if (subnet) return this.leaveSubnet(subnet, { ...at, translated, src: intersect(subnet.cells, this.network.space.family('ipv4')) });
    const zones = packets.zone === undefined ? packets.zones : new Map([...packets.zones, [nat.id, packets.zone]]);
    const table = vpc.vpc.routeTables.find(({ id }) => id === nat.routeTable);
    if (table) return this.route(vpc, table, undefined, { ...at, translated, zones });
    this.toInternet(vpc, { ...at, translated, zones });
  }

  /** The answer goes back to whom the NAT gateway had translated, by the gateway's own table. */
  private untranslate(last: Translated, packets: Packets): void {
    const { nat, vpc, original } = last;
    const answers = { ...packets.answers!, to: packets.answers!.to.slice(0, -1) };
    const at = on({ ...packets, dst: original, answers }, nat.id, { component: `NAT gateway ${nat.name}`, origin: nat.origin });
    const subnet = this.subnetOfNat(last);
    if (subnet) return this.leaveSubnet(subnet, at);
    const table = vpc.vpc.routeTables.find(({ id }) => id === nat.routeTable);
    if (table) return this.route(vpc, table, undefined, { ...at, zone: answers.zones.get(nat.id) });
    return this.deliver(vpc, undefined, at);
  }

  private subnetOfNat({ nat, vpc }: Translated): SubnetGroup | undefined {
    return vpc.subnets.find(({ ids }) => nat.subnet !== undefined && ids.has(nat.subnet));
  }

  private inspectAtEndpoint(vpc: VpcGroup, from: SubnetGroup | undefined, endpointId: string, packets: Packets): void {
    const endpoint = this.network.endpoint(vpc, endpointId);
    const subnet = endpoint && vpc.subnets.find(({ ids }) => endpoint.subnets.some((id) => ids.has(id)));
    if (!endpoint || !subnet) return this.end('unknown', packets, { why: `endpoint ${endpointId} is not modelled` });
    const at = on(packets, endpoint.id, { component: `endpoint ${endpoint.name}`, origin: endpoint.origin });
    const src = this.letIn(from, subnet, at);
    if (src.length > 0) this.inspect(endpoint.firewall ?? endpoint.id, endpoint.id, { ...at, src }, (passed) => this.leaveSubnet(subnet, passed));
  }

  /** Openers pass by the rules; answers pass where the opener did, and nowhere else. */
  private inspect(firewallId: string, at: string, packets: Packets, onward: (packets: Packets) => void): void {
    const firewall = this.network.firewall(firewallId);
    const name = firewall?.name ?? firewallId;
    const inspected = [...packets.inspected, { firewall: firewallId, at }];
    if (packets.answers) {
      const { inspected: before } = packets.answers;
      if (before.some((one) => one.firewall === firewallId && one.at === at)) return onward({ ...packets, inspected });
      const elsewhere = before.find((one) => one.firewall === firewallId);
      const why = elsewhere ? `firewall ${name} sees the answer at ${this.network.endpointName(at)} and saw the opening at ${this.network.endpointName(elsewhere.at)}: asymmetric, it drops it`
        : `firewall ${name} sees the answer and did not see the opening: asymmetric, it drops it`;
      return this.end('blocked', packets, { why, isAsymmetric: true });
    }
    for (const { action, flows } of filtered(this.network, firewall, packets.traffic, packets)) {
      if (action === 'drop') this.block({ ...packets, ...flows }, `firewall ${name} drops ${trafficWords(packets.traffic)} from ${this.network.space.words(flows.src)} to ${this.network.space.words(flows.dst)}`);
      else onward({ ...packets, ...flows, inspected });
    }
  }

  /** Through an interface that routes. Whether it keeps state of connections is not known: both ways by it, or it is not known whether answers pass. */
  private throughInterface(vpc: VpcGroup, from: SubnetGroup | undefined, id: string, packets: Packets): void {
    const found = vpc.vpc.interfaces.find((one) => one.id === id);
    const subnets = found ? vpc.subnets.filter(({ ids }) => found.subnets.some((one) => ids.has(one))) : [];
    if (!found || subnets.length === 0) return this.end('unknown', packets, { why: `interface ${id} is not modelled` });
    for (const subnet of subnets) {
      const at = on(packets, id, { component: `interface ${found.name}`, origin: found.origin });
      const src = this.letIn(from, subnet, at);
      if (src.length === 0) continue;
      if (packets.answers && !packets.answers.interfaces.includes(id)) this.end('unknown', { ...at, src }, { why: `the answer passes interface ${found.name}, which did not see the opening: whether it lets it through is not known` });
      else this.leaveSubnet(subnet, { ...at, src, interfaces: [...packets.interfaces, id] });
    }
  }

  private toOutside(id: string, packets: Packets, by: Partial<Leaf>): void {
    const outside = this.network.outside(id);
    if (!outside) return this.end('unknown', packets, { why: `${id} is not modelled` });
    const at = on(packets, id, { component: outside.name, origin: outside.origin });
    const more: Partial<Leaf> = { outside: id, ...by };
    const dst = intersect(packets.dst, this.network.space.ofAll(outside.ranges));
    if (dst.length > 0) this.end('outside', { ...at, dst }, more);
    const rest = minus(packets.dst, dst);
    if (rest.length === 0) return;
    if (outside.mayAnnounceMore) this.end('unknown', { ...at, dst: rest }, { why: `${outside.name} may have addresses that are not declared`, ...more });
    else this.block({ ...at, dst: rest }, `${this.network.space.words(rest)} is not behind ${outside.name}`);
  }

  private targetWords(vpc: VpcGroup, { target }: VpcLookup): string {
    switch (target.kind) {
      case 'transit-gateway': return this.network.topology.gateways.find(({ id }) => id === target.gateway)?.name ?? 'a gateway';
      case 'nat-gateway': return `NAT gateway ${vpc.vpc.natGateways.find(({ id }) => id === target.gateway)?.name ?? ''}`.trim();
      case 'appliance-endpoint': return `endpoint ${this.network.endpoint(vpc, target.endpoint)?.name ?? ''}`.trim();
      case 'unknown': return target.what;
      default: return target.kind.replace(/-/g, ' ');
    }
  }

  private stopped(packets: Packets, cells: Cells, side: 'src' | 'dst', why: () => string): void {
    if (cells.length > 0) this.block({ ...packets, [side]: cells }, why());
  }

  private block(packets: Packets, why: string): void {
    this.end('blocked', packets, { why });
  }

  private end(kind: Leaf['kind'], packets: Packets, more: Partial<Leaf> = {}): void {
    if (packets.src.length > 0 && packets.dst.length > 0) this.leaves.push({ kind, packets, ...more });
  }
}

/** Packets in a state go the same way again. */
function stateAt(table: string, { zone, translated, answers }: Packets): string {
  return `${table} ${zone ?? ''} ${translated.length} ${answers?.to.length ?? 0}`;
}

function circleWords({ path }: Packets): string {
  return `it goes round in circles: loops between ${[...new Set(path.slice(-6).map(({ component }) => component))].join(', ')}`;
}

function zoneWords(zone: string | undefined): string {
  return zone?.split('/').slice(-1)[0] ?? 'that it comes from';
}

export function subnetWords({ subnet, vpc }: SubnetGroup): string {
  return vpc.members.length > 1 ? `subnet ${subnet.name} and others like it` : `subnet ${subnet.name}`;
}

function aclWords(subnet: SubnetGroup, direction: 'in' | 'out', traffic: Traffic): string {
  return `network ACL ${subnet.acl?.name ?? ''} lets no ${trafficWords(traffic)} ${direction === 'in' ? 'into' : 'out of'} ${subnetWords(subnet)}`;
}
