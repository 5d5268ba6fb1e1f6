import { EVERYWHERE, normalBlock } from './address-blocks';
import { AttachmentFacts, CorePolicy, Insertion, placeOf, readCorePolicy } from './core-network-policy';
import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { Attachment, AttachmentLink, TransitGateway, TransitTable } from '../../analysis/network/topology';
import { isKnown, Unknown, unknownPart } from '../assembly/resolved';

/** An attachment and where the policy puts it. */
interface Placed {
  readonly attachment: Draft<Attachment>;
  readonly edge: string;
  readonly place: { readonly kind: 'segment' | 'group'; readonly name: string };
}

interface CoreNetwork {
  readonly gateway: Draft<TransitGateway>;
  readonly resource: NetworkResource;
  readonly policy: CorePolicy;
  readonly placed: Placed[];
}

/**
 * Core networks of Cloud WAN as gateways without a Region: a table for each segment, and each network function group, at each edge, as network functions are those of an edge.
 *
 * Segments share the addresses of their attachments, both ways. What is sent through network functions is a static route for each address of the other segment, to the functions of the
 * edge, or of the edge that the policy names for two edges. Static routes of a segment are its own (Cloud WAN, "Static route propagation in segment sharing", read 2026-11-23).
 */
export class CoreNetworks {
  private readonly networks = new Map<string, CoreNetwork>();

  public constructor(private readonly reading: Reading) {}

  public readGateways(): void {
    const { reading } = this;
    for (const resource of reading.resources.of('AWS::NetworkManager::CoreNetwork')) {
      const document = parsed(resource.value('PolicyDocument'));
      const gateway: Draft<TransitGateway> = { ...reading.part(resource), kind: 'core-network', account: resource.account, tables: [] };
      reading.gateways.set(gateway.id, gateway);
      if (typeof document !== 'object' || document === null || Array.isArray(document) || !isKnown(document)) {
        reading.resources.gap(resource, isKnown(document) ? 'its policy is not in the assembly' : `its policy is not known: ${unknownPart(document)}`, [gateway.id]);
        continue;
      }
      const policy = readCorePolicy(document);
      for (const what of policy.strange) reading.resources.gap(resource, `${what} is not modelled`, [gateway.id]);
      for (const edge of policy.edges) {
        for (const { name } of policy.segments) this.addTable(gateway, 'segment', name, edge);
        for (const name of policy.functionGroups) this.addTable(gateway, 'group', name, edge);
      }
      this.networks.set(gateway.id, { gateway, resource, policy, placed: [] });
    }
  }

  public readAttachments(): void {
    const { resources } = this.reading;
    for (const resource of resources.of('AWS::NetworkManager::VpcAttachment')) this.attachVpc(resource);
    for (const resource of resources.of('AWS::NetworkManager::SiteToSiteVpnAttachment')) this.attachOutside(resource, 'site-to-site-vpn', 'vpn', 'VpnConnectionArn', [resource.region]);
    for (const resource of resources.of('AWS::NetworkManager::DirectConnectGatewayAttachment')) {
      this.attachOutside(resource, 'direct-connect-gateway', 'direct-connect', 'DirectConnectGatewayArn', resources.texts(resource, 'EdgeLocations'));
    }
    for (const network of this.networks.values()) this.compile(network);
  }

  private addTable(gateway: Draft<TransitGateway>, kind: 'segment' | 'group', name: string, edge: string): void {
    const words = kind === 'segment' ? `segment ${name}` : `network functions ${name}`;
    this.reading.addTransitTable({
      id: tableId(gateway.id, kind, name, edge), name: `${words} of ${gateway.name} in ${edge}`, ...(kind === 'segment' ? { segment: name } : {}), origin: gateway.origin!, routes: [], propagations: [],
    }, gateway);
  }

  private attachVpc(resource: NetworkResource): void {
    const { reading } = this;
    const network = this.networkOf(resource);
    if (!network) return;
    const affected = [network.gateway.id];
    const vpcId = named(reading.resources.text(resource, 'VpcArn', affected));
    const subnets = reading.resources.texts(resource, 'SubnetArns', affected).map((arn) => named(arn)!);
    if (vpcId === undefined) return;
    const options = resource.value('Options');
    const appliance = options?.ApplianceModeSupport;
    if (!isKnown(appliance) || options instanceof Unknown) reading.resources.gap(resource, 'its appliance mode is not known', affected);
    if (!reading.vpcs.has(vpcId)) {
      const id = `${resource.id}#outside`;
      reading.outsides.set(id, { id, name: `VPC ${vpcId}, which the assembly does not have`, origin: resource.origin, ranges: [], mayAnnounceMore: true });
      this.place(network, resource, 'vpc', resource.region, resource.id, { kind: 'connect', outside: id });
    } else {
      this.place(network, resource, 'vpc', resource.region, resource.id, { kind: 'vpc', vpc: vpcId, subnets, isApplianceMode: appliance === true || appliance === 'true' });
    }
  }

  private attachOutside(resource: NetworkResource, type: string, kind: 'vpn' | 'direct-connect', property: string, edges: readonly string[]): void {
    const network = this.networkOf(resource);
    const outside = named(this.reading.resources.text(resource, property));
    if (!network || outside === undefined) return;
    if (!this.reading.outsides.has(outside)) this.reading.outsides.set(outside, { id: outside, name: outside, origin: resource.origin, ranges: [], mayAnnounceMore: true });
    edges.forEach((edge, index) => this.place(network, resource, type, edge, index === 0 ? resource.id : `${resource.id}@${edge}`, { kind, outside }));
  }

  private networkOf(resource: NetworkResource): CoreNetwork | undefined {
    return this.networks.get(this.reading.resources.text(resource, 'CoreNetworkId') ?? '');
  }

  private place(network: CoreNetwork, resource: NetworkResource, type: string, edge: string, id: string, link: AttachmentLink): void {
    const { gateway, policy, placed } = network;
    const tags = resource.value('Tags');
    const attachment: Draft<Attachment> = { ...this.reading.part(resource), id, gateway: gateway.id, link };
    this.reading.attachments.set(id, attachment);
    const facts: AttachmentFacts = {
      type, account: resource.account, region: edge,
      tags: new Map((Array.isArray(tags) ? tags : []).filter((tag) => typeof tag?.Value === 'string').map((tag) => [String(tag.Key), tag.Value])),
    };
    const place = tags === undefined || isKnown(tags) ? placeOf(facts, policy) : 'unknown';
    if (place === 'unknown') this.reading.resources.gap(resource, 'the segment that the policy gives it is not known', [gateway.id]);
    if (place === undefined || place === 'unknown') return;
    const table = tableId(gateway.id, place.kind, place.name, edge);
    if (this.reading.transitTables.has(table)) attachment.table = table;
    else this.reading.resources.gap(resource, `the policy has no edge in ${edge}`, [gateway.id]);
    placed.push({ attachment, edge, place });
  }

  private compile(network: CoreNetwork): void {
    const { policy } = network;
    for (const segment of policy.segments) if (!segment.isIsolated) this.learn(network, segment.name, segment.name);
    for (const share of policy.shares) {
      for (const other of share.with) {
        this.learn(network, share.segment, other);
        this.learn(network, other, share.segment);
      }
    }
    for (const insertion of policy.insertions) this.insert(network, insertion);
    for (const route of policy.routes) this.addRoutes(network, route);
  }

  /** A segment, at all edges, learns the attachments of another one, or of its own. */
  private learn(network: CoreNetwork, segment: string, from: string): void {
    const { policy, gateway } = network;
    if (segment !== from && !policy.segments.find(({ name }) => name === segment)?.accepts(from)) return;
    for (const edge of policy.edges) this.propagate(tableId(gateway.id, 'segment', segment, edge), attachmentsOf(network, 'segment', from));
  }

  private propagate(tableOf: string, placed: readonly Placed[]): void {
    const table = this.reading.transitTables.get(tableOf);
    for (const { attachment } of placed) if (table && !table.propagations.includes(attachment.id)) table.propagations.push(attachment.id);
  }

  private insert(network: CoreNetwork, insertion: Insertion): void {
    const { segment, to, group } = insertion;
    const { policy, gateway, resource } = network;
    for (const edge of policy.edges) {
      const served = [segment, ...to ?? []].flatMap((name) => attachmentsOf(network, 'segment', name));
      const own = this.reading.transitTables.get(tableId(gateway.id, 'group', group, edge));
      this.propagate(own?.id ?? '', served);
      if (insertion.isDualHop && own) {
        for (const one of served.filter((other) => other.edge !== edge)) this.send(network, own, one, this.functionsAt(network, group, one.edge));
      }
      if (to === undefined) {
        const functions = this.functionsAt(network, group, edge) ?? this.functionsAt(network, group, insertion.edgeFor(edge, edge) ?? '');
        const table = this.reading.transitTables.get(tableId(gateway.id, 'segment', segment, edge))!;
        if (functions) for (const destination of EVERYWHERE) addRoute(table, destination, functions, resource);
        else if (attachmentsOf(network, 'segment', segment).some((one) => one.edge === edge)) this.reading.resources.gap(resource, `network functions ${group} have no attachment in ${edge}`, [table.id]);
        continue;
      }
      for (const other of to) {
        this.sendBetween(network, insertion, edge, segment, other);
        this.sendBetween(network, insertion, edge, other, segment);
      }
    }
  }

  /** What the table of a segment at an edge has for the attachments of another segment. */
  private sendBetween(network: CoreNetwork, insertion: Insertion, edge: string, from: string, to: string): void {
    const { policy, gateway, resource } = network;
    const table = this.reading.transitTables.get(tableId(gateway.id, 'segment', from, edge));
    if (!table || !policy.segments.find(({ name }) => name === from)?.accepts(to)) return;
    for (const one of attachmentsOf(network, 'segment', to)) {
      const chosen = one.edge === edge || insertion.isDualHop ? edge : insertion.edgeFor(edge, one.edge) ?? insertion.edgeFor(one.edge, edge);
      const functions = chosen === undefined ? undefined : this.functionsAt(network, insertion.group, chosen);
      if (functions) this.send(network, table, one, functions);
      else this.reading.resources.gap(resource, `which network functions ${insertion.group} inspect between ${edge} and ${one.edge}`, [table.id]);
    }
  }

  /** Routes to the addresses of an attachment, by network functions. */
  private send({ resource }: CoreNetwork, table: Draft<TransitTable>, { attachment }: Placed, functions: string | undefined): void {
    const { link } = attachment;
    const outside = 'outside' in link ? this.reading.outsides.get(link.outside) : undefined;
    const ranges = link.kind === 'vpc' ? this.reading.vpcs.get(link.vpc)!.ranges : outside?.ranges ?? [];
    if (functions) for (const range of ranges) addRoute(table, range, functions, resource);
    if (outside?.mayAnnounceMore) this.reading.resources.gap(resource, `what ${outside.name} announces`, [table.id]);
  }

  private functionsAt(network: CoreNetwork, group: string, edge: string): string | undefined {
    const [first, second] = attachmentsOf(network, 'group', group).filter((one) => one.edge === edge);
    if (second) this.reading.resources.gap(network.resource, `which attachment of network functions ${group} in ${edge} is used`, [network.gateway.id]);
    return first?.attachment.id;
  }

  private addRoutes(network: CoreNetwork, { segment, blocks, destinations }: CorePolicy['routes'][number]): void {
    for (const edge of network.policy.edges) {
      const table = this.reading.transitTables.get(tableId(network.gateway.id, 'segment', segment, edge));
      const known = destinations.map((one) => network.placed.find(({ attachment }) => attachment.id === one));
      const target = known.find((one) => one?.edge === edge) ?? known[0];
      for (const block of table ? blocks : []) {
        const destination = normalBlock(block);
        if (destination === undefined) continue;
        if (destinations.includes('blackhole')) addRoute(table!, destination, undefined, network.resource);
        else if (target) addRoute(table!, destination, target.attachment.id, network.resource);
        else this.reading.resources.gap(network.resource, `a route to ${destinations.join(', ')}, which the assembly does not have`, [table!.id]);
      }
    }
  }
}

function attachmentsOf({ placed }: CoreNetwork, kind: 'segment' | 'group', name: string): Placed[] {
  return placed.filter(({ place }) => place.kind === kind && place.name === name);
}

function addRoute(table: Draft<TransitTable>, destination: string, attachment: string | undefined, { origin }: NetworkResource): void {
  if (table.routes.some((route) => route.destination === destination && route.attachment === attachment)) return;
  table.routes.push({ destination, ...(attachment === undefined ? {} : { attachment }), origin });
}

function tableId(gateway: string, kind: 'segment' | 'group', name: string, edge: string): string {
  return `${gateway}#${kind}:${name}@${edge}`;
}

/** The id at the end of an ARN. */
function named(arn: string | undefined): string | undefined {
  return arn?.startsWith('arn:') ? arn.replace(/^arn:[^/]*\//, '') : arn;
}

/** A policy is an object, or a text of one. */
function parsed(document: any): any {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}
