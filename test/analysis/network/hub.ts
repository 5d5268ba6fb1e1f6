import { attach, gateway, toGateway, vpc } from './build';
import { AllowedTraffic, Attachment, Firewall, FirewallRule, NetworkTopology, Route, TransitRoute, Vpc } from '../../../src/analysis/network/topology';
import { addressRules } from '../../../src/network/firewall-rules';
import { HubFacts, hubRoutes, HubTarget, propagationsOf } from '../../../src/network/hub-routes';

/** A segment of a hub. */
export interface HubSegment {
  readonly name: string;
  /** Spokes in each Region. */
  readonly spokes: number;
  readonly isIsolated?: boolean;
  readonly hasEgress?: boolean;
}

/** A hub-and-spoke network, as our constructs lay it out. */
export interface HubOptions {
  /** @default - one */
  readonly regions?: readonly string[];
  /** @default 2 */
  readonly zones?: number;
  readonly segments?: readonly HubSegment[];
  readonly allowed?: readonly AllowedTraffic[];
  /** `vpc` is a firewall in an inspection VPC, `appliances` are behind a Gateway Load Balancer there. @default 'vpc' */
  readonly inspection?: 'none' | 'vpc' | 'appliances' | 'native';
  /** @default true */
  readonly inspectsEastWest?: boolean;
  /** @default 'zonal' */
  readonly egress?: 'none' | 'zonal' | 'regional';
  readonly hasIpv6?: boolean;
  /** @default - none */
  readonly onPremises?: readonly string[];
  /** Whether the firewall has rules about addresses. @default true */
  readonly hasRules?: boolean;
}

const PLAN = '10.0.0.0/8';
const SEGMENTS: readonly HubSegment[] = [
  { name: 'dev', spokes: 2, hasEgress: true }, { name: 'prod', spokes: 2, hasEgress: true }, { name: 'sandbox', spokes: 2, isIsolated: true, hasEgress: true }, { name: 'shared', spokes: 1, hasEgress: true },
];
const ALLOWED: readonly AllowedTraffic[] = [
  { from: 'dev', to: 'shared', isOneWay: true }, { from: 'prod', to: 'shared', isOneWay: false }, { from: 'shared', to: 'prod', isOneWay: false },
];

/** Two zones, inspection, zonal NAT: dev may open connections to shared, prod and shared to each other, sandboxes to nobody. */
export function hubAndSpokes(options: HubOptions = {}): NetworkTopology {
  const { regions = ['eu-west-1'], zones = 2, segments = SEGMENTS, inspection = 'vpc', egress = 'zonal', onPremises = [], hasRules = true } = options;
  const inspects = inspection !== 'none';
  const inspectsEastWest = inspects && (options.inspectsEastWest ?? true);
  const allowed = (options.allowed ?? ALLOWED).map((one) => ({ ...one, isOneWay: one.isOneWay && inspectsEastWest }));
  const regionCidr = (region: string) => `10.${64 * regions.indexOf(region)}.0.0/10`;
  const segmentCidr = (region: string, name: string) => `10.${64 * regions.indexOf(region) + 4 * segments.findIndex((segment) => segment.name === name)}.0.0/14`;
  const facts = (region: string): HubFacts => ({
    region,
    plan: { cidr: PLAN, onPremises, regionCidr, segmentCidr },
    segments: segments.map(({ name, isIsolated = false, hasEgress = false }) => ({ name, isIsolated, hasEgress })),
    peers: regions.filter((other) => other !== region).map((other) => ({ region: other, onPremises: other === regions[0] ? onPremises : [] })),
    hasEgress: egress !== 'none', inspectsEgress: inspects && egress !== 'none', inspectsEastWest,
    links: onPremises.length > 0 && region === regions[0] ? [{ key: 'office', ranges: onPremises }] : [],
    connects: (one, other) => allowed.some(({ from, to }) => (from === one && to === other) || (from === other && to === one)),
  });
  const rules = addressRules({
    plan: PLAN, onPremises, segments: facts(regions[0]!).segments, allowed, inspectsEastWest, inspectsEgress: inspects && egress !== 'none', passesAllEgress: true,
    blocksOf: (name) => (name === 'on-premises' ? onPremises : regions.map((region) => segmentCidr(region, name))),
  }).map(({ action, source, destination }): FirewallRule => ({ action: action === 'PASS' ? 'pass' : 'drop', sources: [source], destinations: [destination === 'ANY' ? '0.0.0.0/0' : destination] }));

  const parts = regions.map((region, at) => oneHub(region, at, facts(region), { ...options, zones, segments, inspection, egress, hasIpv6: options.hasIpv6 ?? false, onPremises }));
  const firewalls = inspects ? regions.map((region): Firewall => ({
    id: `firewall ${region}`, name: `firewall ${region}`, kind: inspection === 'appliances' ? 'appliances' : 'network-firewall', ...(hasRules && inspection !== 'appliances' && { rules, otherwise: 'drop' }),
  })) : [];
  return {
    vpcs: parts.flatMap(({ vpcs }) => vpcs), gateways: parts.map((one) => one.gateway), attachments: parts.flatMap(({ attachments }) => attachments), peerings: [], firewalls, securityGroups: [],
    outsides: onPremises.length > 0 ? [{ id: 'office', name: 'office', ranges: onPremises, mayAnnounceMore: false }] : [],
    intents: regions.map((region) => ({
      hub: `Hub ${region}`, region, allowed, egress: egress === 'none' ? 'none' : 'central', inspectsEgress: inspects && egress !== 'none', inspectsEastWest,
      segments: segments.map(({ name, isIsolated = false, hasEgress = false }) => ({
        name, ranges: [segmentCidr(region, name), ...(options.hasIpv6 ?? false ? ['2600:1f18::/32'] : [])], isIsolated, hasEgress: hasEgress && egress !== 'none',
      })),
    })),
    unknowns: [],
  };
}

function oneHub(region: string, at: number, facts: HubFacts, options: Required<Pick<HubOptions, 'zones' | 'segments' | 'inspection' | 'egress' | 'hasIpv6' | 'onPremises'>>) {
  const { inspection, egress, segments, hasIpv6, onPremises } = options;
  const hub = `hub ${region}`;
  const zones = Array.from({ length: options.zones }, (_, index) => `euw${at + 1}-az${index + 1}`);
  const per = (text: (zone: string, index: number) => string) => zones.map(text);
  const vpcs: Vpc[] = [];
  const attachments: Attachment[] = [];
  const learnt: { readonly table: string; readonly attachment: string }[] = [];
  const add = (made: Vpc, table: string, subnets: readonly string[], isApplianceMode = false) => {
    vpcs.push({ ...made, region });
    attachments.push(attach(`${made.id} at hub`, table, { kind: 'vpc', vpc: made.id, subnets: subnets.map((subnet) => `${made.id}/${subnet}`), isApplianceMode }, hub));
  };
  segments.forEach(({ name: segment, spokes }, order) => {
    for (let index = 0; index < spokes; index++) {
      const name = `${segment}-${index} ${region}`;
      const third = 4 * (index % 64);
      const base = `10.${64 * at + 4 * order + Math.floor(index / 64)}`;
      const six = `2600:1f18:${at + 1}${order}:${(256 * index).toString(16)}`;
      const both = hasIpv6 ? [{ destinations: ['::/0'], target: { kind: 'transit-gateway', gateway: hub } } as Route] : [];
      add(vpc(name, [`${base}.${third}.0/22`, ...(hasIpv6 ? [`${six}::/56`] : [])], [
        ...per((zone, z) => `private${z} ${zone} ${base}.${third + Math.min(z, 2)}.0/24${hasIpv6 ? `,${six.replace(/.$/, String(z))}::/64` : ''} private private`),
        ...per((zone, z) => `transit${z} ${zone} ${base}.${third + 3}.${16 * z}/28 main transit`),
      ], { private: [toGateway('0.0.0.0/0', hub), ...both] }, { segment, account: String(100_000_000_000 + 10_000 * at + 1_000 * order + index) }), segment, per((_, z) => `transit${z}`));
      for (const table of propagationsOf(segment, facts)) learnt.push({ table, attachment: `${name} at hub` });
    }
  });
  const firewall = `firewall ${region}`;
  if (inspection === 'native') attachments.push(attach(`firewall ${region} at hub`, 'inspection', { kind: 'firewall', firewall, zones }, hub));
  if (inspection === 'vpc' || inspection === 'appliances') {
    const name = `inspection ${region}`;
    add(vpc(name, [`100.64.${at}.0/24`], [...per((zone, z) => `in${z} ${zone} 100.64.${at}.${16 * z}/28 in${z} transit`), ...per((zone, z) => `fw${z} ${zone} 100.64.${at}.${64 + 16 * z}/28 fw${z} firewall`)],
      Object.fromEntries(zones.flatMap((_, z): [string, Route[]][] => [
        [`in${z}`, [{ destinations: ['0.0.0.0/0'], target: { kind: 'appliance-endpoint', endpoint: `endpoint ${z} ${region}` } }]], [`fw${z}`, [toGateway('0.0.0.0/0', hub)]],
      ])),
      { endpoints: zones.map((_, z) => ({ id: `endpoint ${z} ${region}`, name: `endpoint ${z} ${region}`, kind: 'appliance', subnets: [`${name}/fw${z}`], firewall })) },
    ), 'inspection', per((_, z) => `in${z}`), true);
  }
  if (egress !== 'none') {
    const name = `egress ${region}`;
    const out = (z: number): Route[] => [{ destinations: ['0.0.0.0/0'], target: { kind: 'nat-gateway', gateway: egress === 'regional' ? `nat ${region}` : `nat ${z} ${region}` } }];
    const back: Route[] = [{ destinations: ['0.0.0.0/0'], target: { kind: 'internet-gateway', gateway: `igw ${region}` } }, toGateway(PLAN, hub)];
    add(vpc(name, [`100.65.${at}.0/24`], [
      ...per((zone, z) => `in${z} ${zone} 100.65.${at}.${16 * z}/28 in${z} transit`), ...(egress === 'zonal' ? per((zone, z) => `public${z} ${zone} 100.65.${at}.${64 + 16 * z}/28 public${z} public`) : []),
    ], Object.fromEntries([...zones.map((_, z): [string, Route[]] => [`in${z}`, out(z)]), ...(egress === 'zonal' ? zones.map((_, z): [string, Route[]] => [`public${z}`, back]) : [['nat', back] as [string, Route[]]])]),
    {
      internetGateway: `igw ${region}`,
      natGateways: egress === 'regional' ? [{ id: `nat ${region}`, name: `nat ${region}`, routeTable: `${name}/nat`, isPublic: true }]
        : zones.map((_, z) => ({ id: `nat ${z} ${region}`, name: `nat ${z} ${region}`, subnet: `${name}/public${z}`, isPublic: true })),
    }), 'egress', per((_, z) => `in${z}`));
  }
  if (facts.links.length > 0) {
    attachments.push(attach(`office at ${hub}`, 'on-premises', { kind: 'direct-connect', outside: 'office' }, hub));
    if (!facts.inspectsEastWest) for (const { name } of segments) if (facts.connects(name, 'on-premises')) learnt.push({ table: name, attachment: `office at ${hub}` });
  }
  for (const peer of facts.peers) attachments.push(attach(`${region} to ${peer.region}`, 'peering', { kind: 'peering', peer: `${peer.region} to ${region}` }, hub));
  const attachmentOf = (target: HubTarget): string => {
    switch (target.kind) {
      case 'inspection': return inspection === 'native' ? `firewall ${region} at hub` : `inspection ${region} at hub`;
      case 'egress': return `egress ${region} at hub`;
      case 'on-premises': return `office at ${hub}`;
      case 'peer': return `${region} to ${target.region}`;
      default: return 'blackhole';
    }
  };
  const names = [...segments.map(({ name }) => name), 'inspection', 'egress', 'peering', ...(onPremises.length > 0 ? ['on-premises'] : [])];
  const routes = hubRoutes(facts);
  const made = gateway(hub, Object.fromEntries(names.map((name) => [name, { learns: learnt.filter(({ table }) => table === name).map(({ attachment }) => attachment) }])), { region });
  return {
    vpcs, attachments,
    gateway: {
      ...made,
      tables: made.tables.map((table) => ({
        ...table,
        routes: routes.filter((route) => route.table === table.name).map(({ destination, target }): TransitRoute => (target.kind === 'blackhole' ? { destination } : { destination, attachment: attachmentOf(target) })),
      })),
    },
  };
}
