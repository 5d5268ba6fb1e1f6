import * as fc from 'fast-check';
import { vpc } from './build';
import {
  AclEntry, Attachment, Firewall, NetworkAcl, NetworkTopology, OutsideNetwork, Route, RouteTarget, SecurityRule, Subnet, TransitGateway, TransitRoute, TransitTable, Vpc, VpcPeering,
} from '../../../src/analysis/network/topology';

type Gen = fc.GeneratorValue;

const BLOCKS = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16'];
const DESTINATIONS = ['0.0.0.0/0', '0.0.0.0/0', '10.0.0.0/8', ...BLOCKS, '10.1.1.0/24', '10.2.0.0/24', '192.168.0.0/16', '::/0', '2600:1f18::/32', '8.8.0.0/16'];
const CIDRS = ['0.0.0.0/0', '0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/24', '10.3.0.0/17', '8.8.8.0/24', '::/0', '2600:1f18:0:200::/56'];
const PORTS = [undefined, { from: 443, to: 443 }, { from: 80, to: 443 }, { from: 1024, to: 65_535 }, { from: 32_768, to: 65_535 }, { from: 0, to: 1023 }];

/** A small network, roughly right in most places and wrong in some. */
export function randomTopology(g: Gen): NetworkTopology {
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, values.length - 1)]!;
  const chance = (percent: number) => g(fc.nat, 99) < percent;
  const some = <T>(values: readonly T[], percent: number) => values.filter(() => chance(percent));
  const zones = pick([['euw1-az1', 'euw1-az2'], ['euw1-az1', 'euw1-az2'], ['eu-west-1a', 'eu-west-1b']]);
  const hasSix = chance(35);
  const twoHubs = chance(25);
  const hasInspection = chance(60);
  const hasEgress = chance(60);
  const hasVpn = chance(25);
  const gatewayOf = (at: number) => (twoHubs && at % 2 === 1 ? 'hub2' : 'hub');
  const count = 2 + g(fc.nat, 2);
  const areAlike = chance(50);
  const anyShape = () => ({ zones: chance(70) ? 2 : 1, transit: chance(40), tables: chance(40), acl: chance(25), rules: g(fc.nat, 2) });
  const shape = anyShape();
  const accounts = chance(50) ? ['111122223333'] : ['111122223333', '222222222222', '333333333333', '444444444444', '555555555555'];
  const firewalls: Firewall[] = [];
  const vpcs: Vpc[] = [];
  const attachments: Attachment[] = [];
  const peerings: VpcPeering[] = [];
  const rules = (): AclEntry[] => Array.from({ length: 1 + g(fc.nat, 3) }, (_, number) => withTraffic({ number, direction: pick(['in', 'out'] as const), isAllow: chance(75), cidr: pick(CIDRS) }));
  const withTraffic = <T extends object>(one: T): T => {
    const ports = pick(PORTS);
    return chance(50) ? one : { ...one, protocol: pick([6, 6, 6, 17, 1]), ...(ports && { ports }) };
  };
  const acl = (id: string): NetworkAcl => ({
    id, name: id, entries: [...rules(), ...(chance(80) ? [{ number: 50, direction: 'in' as const, isAllow: true, cidr: '0.0.0.0/0' }] : []), ...(chance(80) ? [{ number: 50, direction: 'out' as const, isAllow: true, cidr: '0.0.0.0/0' }] : [])],
  });
  const wild = (own: Vpc, gateway: string): RouteTarget => {
    const targets: RouteTarget[] = [
      { kind: 'transit-gateway', gateway }, { kind: 'transit-gateway', gateway },
      ...own.endpoints.filter(({ kind }) => kind === 'appliance').map(({ id }): RouteTarget => ({ kind: 'appliance-endpoint', endpoint: id })),
      ...own.natGateways.map(({ id }): RouteTarget => ({ kind: 'nat-gateway', gateway: id })),
      ...(own.internetGateway === undefined ? [] : [{ kind: 'internet-gateway', gateway: own.internetGateway }, { kind: 'egress-only-internet-gateway', gateway: 'eigw' }] as RouteTarget[]),
      ...own.interfaces.map(({ id }): RouteTarget => ({ kind: 'interface', interface: id })),
      ...(chance(10) ? [{ kind: 'unknown', what: 'something' } as RouteTarget] : []),
    ];
    return pick(targets);
  };
  /** Now and then another route, or another target. */
  const shaken = (own: Vpc, gateway: string): Vpc => ({
    ...own,
    routeTables: own.routeTables.map((table) => ({
      ...table,
      routes: [
        ...table.routes.filter(({ target }) => target.kind === 'local' || chance(95)).map((route) => (route.target.kind !== 'local' && chance(6) ? { ...route, target: wild(own, gateway) } : route)),
        ...(chance(12) ? [{ destinations: [pick(DESTINATIONS)], target: wild(own, gateway) }] : []),
      ],
    })),
    subnets: own.subnets.map((subnet): Subnet => ({ ...subnet, publicAccess: chance(92) ? subnet.publicAccess : pick(['egress', 'none'] as const) })),
  });

  for (let at = 0; at < count; at++) {
    const name = `s${at}`;
    const block = chance(92) ? BLOCKS[at]! : pick(BLOCKS);
    const octets = block.split('.').slice(0, 2).join('.');
    const six = `2600:1f18:0:${at + 1}00::`;
    const own = areAlike ? shape : anyShape();
    const gateway = gatewayOf(areAlike ? 0 : at);
    const used = zones.slice(0, own.zones);
    const texts = [
      ...used.map((zone, index) => `n${index} ${zone} ${octets}.${index}.0/24${hasSix ? `,${six.replace('00::', `0${index}::`)}/64` : ''} ${own.tables ? `t${index}` : 't0'}`),
      ...(own.transit ? used.map((zone, index) => `x${index} ${zone} ${octets}.200.${16 * index}/28 main`) : []),
    ];
    const routes: Route[] = [
      { destinations: ['0.0.0.0/0'], target: { kind: 'transit-gateway', gateway } },
      ...(hasSix ? [{ destinations: ['::/0'], target: { kind: 'transit-gateway', gateway } } as Route] : []),
    ];
    let made = vpc(name, [block, ...(hasSix ? [`${six}/56`] : [])], texts, { t0: routes, ...(own.tables && { t1: routes }) }, { account: accounts[at % accounts.length]!, segment: areAlike ? `seg${at % 2}` : pick(['seg0', 'seg1']) });
    if (!areAlike && chance(30)) {
      made = {
        ...made, internetGateway: `${name}-igw`, subnets: made.subnets.map((subnet) => ({ ...subnet, isPublicAddressPossible: chance(60) })),
        routeTables: made.routeTables.map((table) => (chance(50) ? { ...table, routes: [...table.routes.filter(({ target }) => target.kind === 'local'), { destinations: ['0.0.0.0/0', '::/0'], target: { kind: 'internet-gateway', gateway: `${name}-igw` } }, { destinations: ['10.0.0.0/8'], target: { kind: 'transit-gateway', gateway } }] } : table)),
      };
      if (chance(20)) made = { ...made, routeTables: [...made.routeTables, { id: `${name}/edge`, name: `${name}/edge`, edgeOf: `${name}-igw`, routes: [{ destinations: made.ranges, target: { kind: 'local' } }] }] };
    }
    if (!areAlike && chance(25)) {
      made = { ...made, interfaces: [{ id: `${name}-eni`, name: `${name}-eni`, type: 'AWS::EC2::Instance', subnets: [`${name}/n0`], securityGroups: [pick(['sg0', 'sg1'])], hasPublicAddress: false }] };
    }
    if (!areAlike && chance(8)) made = { ...made, routeTables: made.routeTables.map((table) => ({ ...table, routes: [...table.routes, { destinations: ['10.99.0.0/16'], isPropagated: true, target: { kind: 'vpn-gateway', outside: 'branch' } }] })) };
    if (own.acl) made = { ...made, networkAcls: areAlike ? [{ id: `${name}-acl`, name: 'acl', entries: ALIKE_RULES[own.rules]! }] : [acl(`${name}-acl`)], subnets: made.subnets.map((subnet) => ({ ...subnet, ...((areAlike ? !subnet.id.includes('x') : chance(60)) && { networkAcl: `${name}-acl` }) })) };
    vpcs.push(areAlike && chance(90) ? made : shaken(made, gateway));
    const entry = made.subnets.filter(({ id }) => id.includes(own.transit ? '/x' : '/n')).map(({ id }) => id);
    if (areAlike || chance(96)) attachments.push({ id: `att-${name}`, name: `att-${name}`, gateway, link: { kind: 'vpc', vpc: name, subnets: areAlike || chance(90) ? entry : entry.slice(0, 1), isApplianceMode: areAlike ? false : chance(15) } });
  }

  if (hasInspection) {
    firewalls.push({ id: 'fw', name: 'fw', kind: 'network-firewall', ...(chance(40) && { rules: Array.from({ length: 1 + g(fc.nat, 2) }, () => withTraffic({ action: pick(['pass', 'drop', 'may-pass'] as const), sources: [pick(CIDRS)], destinations: [pick(CIDRS)] })), otherwise: pick(['pass', 'may-pass', 'drop'] as const) }) });
    if (chance(25)) {attachments.push({ id: 'att-fw', name: 'att-fw', gateway: 'hub', link: { kind: 'firewall', firewall: 'fw', zones: zones.slice(0, 1 + g(fc.nat, 1)) } });} else {
      const made = vpc('insp', ['100.64.1.0/24'], zones.flatMap((zone, index) => [`in${index} ${zone} 100.64.1.${16 * index}/28 in${index}`, `fw${index} ${zone} 100.64.1.${64 + 16 * index}/28 fw${index}`]),
        Object.fromEntries(zones.flatMap((_, index): [string, Route[]][] => [
          [`in${index}`, [{ destinations: ['0.0.0.0/0', '::/0'], target: { kind: 'appliance-endpoint', endpoint: chance(92) ? `vpce${index}` : 'vpce0' } }]],
          [`fw${index}`, [{ destinations: ['0.0.0.0/0', '::/0'], target: { kind: 'transit-gateway', gateway: 'hub' } }]],
        ])),
        { endpoints: zones.map((_, index) => ({ id: `vpce${index}`, name: `vpce${index}`, kind: 'appliance', subnets: [`insp/fw${index}`], firewall: 'fw' })) });
      vpcs.push(shaken({ ...made, ...(chance(10) && { networkAcls: [acl('insp-acl')], subnets: made.subnets.map((subnet) => ({ ...subnet, ...(chance(50) && { networkAcl: 'insp-acl' }) })) }) }, 'hub'));
      attachments.push({ id: 'att-fw', name: 'att-fw', gateway: 'hub', link: { kind: 'vpc', vpc: 'insp', subnets: zones.map((_, index) => `insp/in${index}`), isApplianceMode: chance(70) } });
    }
  }
  if (hasEgress) {
    const isRegional = chance(30);
    const home: Route[] = [{ destinations: ['10.0.0.0/8'], target: { kind: 'transit-gateway', gateway: 'hub' } }];
    const out: Route = { destinations: ['0.0.0.0/0'], target: { kind: 'internet-gateway', gateway: 'igw' } };
    const nats = isRegional ? [{ id: 'nat', name: 'nat', isPublic: true, ...(chance(80) && { routeTable: 'egress/nat' }) }] : zones.map((_, index) => ({ id: `nat${index}`, name: `nat${index}`, subnet: `egress/pub${index}`, isPublic: chance(92) }));
    const made = vpc('egress', ['100.64.0.0/24'], zones.flatMap((zone, index) => [`in${index} ${zone} 100.64.0.${16 * index}/28 in${index}`, ...(isRegional ? [] : [`pub${index} ${zone} 100.64.0.${64 + 16 * index}/28 pub${chance(80) ? index : 0}`])]),
      {
        ...Object.fromEntries(zones.map((_, index): [string, Route[]] => [`in${index}`, [{ destinations: ['0.0.0.0/0'], target: { kind: 'nat-gateway', gateway: isRegional ? 'nat' : `nat${chance(92) ? index : 0}` } }]])),
        ...Object.fromEntries(isRegional ? [['nat', [out, ...home]]] : zones.map((_, index): [string, Route[]] => [`pub${index}`, [out, ...(chance(90) ? home : [])]])),
      }, { internetGateway: 'igw', natGateways: nats });
    vpcs.push(shaken(made, 'hub'));
    attachments.push({ id: 'att-egress', name: 'att-egress', gateway: 'hub', link: { kind: 'vpc', vpc: 'egress', subnets: zones.map((_, index) => `egress/in${index}`), isApplianceMode: chance(20) } });
  }
  const outsides: OutsideNetwork[] = [
    ...(hasVpn ? [{ id: 'office', name: 'office', ranges: ['192.168.0.0/16'], mayAnnounceMore: chance(40) }] : []), { id: 'branch', name: 'branch', ranges: ['10.99.0.0/16'], mayAnnounceMore: chance(20) },
  ];
  if (hasVpn) attachments.push({ id: 'att-vpn', name: 'att-vpn', gateway: 'hub', link: { kind: 'vpn', outside: 'office' } });
  if (twoHubs) {
    attachments.push({ id: 'att-p1', name: 'att-p1', gateway: 'hub', link: { kind: 'peering', peer: 'att-p2' } }, { id: 'att-p2', name: 'att-p2', gateway: 'hub2', link: { kind: 'peering', peer: 'att-p1' } });
  }
  if (chance(15)) {
    const peering = { id: 'pcx', name: 'pcx', vpcs: ['s0', 's1'] as const };
    peerings.push(peering);
    for (const at of [0, 1]) {
      const own = vpcs[at]!;
      vpcs[at] = { ...own, routeTables: own.routeTables.map((table) => (chance(70) ? { ...table, routes: [...table.routes, { destinations: [pick(['10.0.0.0/8', ...vpcs[1 - at]!.ranges])], target: { kind: 'peering', peering: 'pcx' } }] } : table)) };
    }
  }
  const gateways = (twoHubs ? ['hub', 'hub2'] : ['hub']).map((id): TransitGateway => {
    const here = attachments.filter(({ gateway }) => gateway === id);
    const spokes = here.filter(({ id: one }) => /^att-s/.test(one)).map((one) => one.id);
    const firewall = here.find(({ id: one }) => one === 'att-fw')?.id;
    const egress = here.find(({ id: one }) => one === 'att-egress')?.id;
    const peer = here.find(({ link }) => link.kind === 'peering')?.id;
    const vpn = here.find(({ link }) => link.kind === 'vpn')?.id;
    const all = here.map((one) => one.id);
    const wildRoutes = (): TransitRoute[] => Array.from({ length: chance(30) ? 1 : 0 }, () => ({ destination: pick(DESTINATIONS), ...(chance(70) && { attachment: pick(all) }) }));
    const to = (destination: string, attachment: string | undefined): TransitRoute[] => (attachment === undefined ? [] : [{ destination, attachment }]);
    const tables: TransitTable[] = [
      {
        id: `${id}/spokes`, name: 'spokes', propagations: firewall === undefined || chance(25) ? some(spokes, 92) : [],
        routes: [...to('0.0.0.0/0', firewall ?? egress), ...to('::/0', firewall), ...to('192.168.0.0/16', firewall ?? vpn), ...(id === 'hub2' ? to('0.0.0.0/0', peer) : to('10.0.0.0/9', firewall ?? peer)), ...wildRoutes()],
      },
      { id: `${id}/after`, name: 'after', propagations: [...some(spokes, 95), ...some(vpn === undefined ? [] : [vpn], 90)], routes: [...to('0.0.0.0/0', egress ?? peer), ...to('10.0.0.0/8', peer), ...to('::/0', peer), ...wildRoutes()] },
      { id: `${id}/egress`, name: 'egress', propagations: firewall === undefined ? some(spokes, 92) : [], routes: [...to('10.0.0.0/8', firewall ?? peer), ...to('2600:1f18::/32', firewall ?? peer), ...wildRoutes()] },
    ];
    return { kind: 'transit-gateway', id, name: id, account: accounts[0]!, region: 'eu-west-1', tables: tables.map((table) => ({ ...table, routes: table.routes.filter((route, index) => table.routes.findIndex((other) => other.destination === route.destination) === index) })) };
  });
  const associated = attachments.map((one): Attachment => {
    const usual = one.id === 'att-fw' ? 'after' : /^att-s/.test(one.id) ? 'spokes' : 'egress';
    const table = chance(94) || (areAlike && usual === 'spokes') ? usual : pick(['spokes', 'after', 'egress', undefined]);
    return table === undefined ? one : { ...one, table: `${one.gateway}/${table}` };
  });
  const groupRules = (): SecurityRule[] => Array.from({ length: g(fc.nat, 2) }, () => withTraffic(chance(40) ? { group: pick(['sg0', 'sg1']) } : { cidrs: [pick(CIDRS)] }));
  const securityGroups = ['sg0', 'sg1'].map((id) => ({ id, name: id, ingress: groupRules(), egress: [...groupRules(), ...(chance(70) ? [{ cidrs: ['0.0.0.0/0', '::/0'] }] : [])] }));
  return { vpcs, gateways, attachments: associated, peerings, firewalls, securityGroups, outsides, intents: [], unknowns: [] };
}

const ALIKE_RULES: AclEntry[][] = [
  [{ number: 1, direction: 'in', isAllow: true, cidr: '10.0.0.0/8' }, { number: 1, direction: 'out', isAllow: true, cidr: '0.0.0.0/0' }],
  [{ number: 1, direction: 'in', isAllow: false, cidr: '8.8.8.0/24' }, { number: 2, direction: 'in', isAllow: true, cidr: '0.0.0.0/0' }, { number: 1, direction: 'out', isAllow: true, cidr: '0.0.0.0/0' }],
  [{ number: 1, direction: 'in', isAllow: true, cidr: '0.0.0.0/0', protocol: 6, ports: { from: 443, to: 443 } }, { number: 1, direction: 'out', isAllow: true, cidr: '0.0.0.0/0' }],
];
