import { Attachment, AttachmentLink, Firewall, NetworkTopology, OutsideNetwork, Route, RouteTarget, SecurityGroup, Subnet, TransitGateway, TransitRoute, Vpc, VpcPeering } from '../../../src/analysis/network/topology';

/** A VPC whose subnets are written `name zone cidr table`. */
export function vpc(name: string, ranges: readonly string[], subnets: readonly string[], tables: { readonly [name: string]: readonly Route[] } = {}, more: Partial<Vpc> = {}): Vpc {
  const names = [...new Set(['main', ...Object.keys(tables)])];
  return {
    id: name, name, account: '111122223333', region: 'eu-west-1', ranges,
    subnets: subnets.map((text): Subnet => {
      const [own, zone, cidr, table = 'main', tier] = text.split(' ') as [string, string, string, string?, string?];
      return { id: `${name}/${own}`, name: `${name}/${own}`, zone, ranges: cidr.split(','), routeTable: `${name}/${table}`, publicAccess: 'both', isPublicAddressPossible: false, ...(tier !== undefined && { tier }) };
    }),
    routeTables: names.map((table) => ({ id: `${name}/${table}`, name: `${name}/${table}`, routes: [{ destinations: ranges, target: { kind: 'local' } }, ...tables[table] ?? []] })),
    networkAcls: [], natGateways: [], endpoints: [], interfaces: [],
    ...more,
  };
}

export function route(destination: string, target: RouteTarget): Route {
  return { destinations: [destination], target };
}

export const toGateway = (destination: string, id = 'hub') => route(destination, { kind: 'transit-gateway', gateway: id });

/** A gateway whose tables are written `destination attachment`, and learn from attachments. */
export function gateway(
  id: string, tables: { readonly [name: string]: { readonly routes?: readonly string[]; readonly learns?: readonly string[] } }, more: Partial<TransitGateway> = {},
): TransitGateway {
  return {
    kind: 'transit-gateway', id, name: id, account: '111122223333', region: 'eu-west-1',
    tables: Object.entries(tables).map(([name, { routes = [], learns = [] }]) => ({
      id: `${id}/${name}`, name, propagations: learns,
      routes: routes.map((text): TransitRoute => {
        const [destination, attachment] = text.split(' ') as [string, string];
        return { destination, ...(attachment !== 'blackhole' && { attachment }) };
      }),
    })),
    ...more,
  };
}

export function attach(id: string, table: string | undefined, link: AttachmentLink, gatewayId = 'hub'): Attachment {
  return { id, name: id, gateway: gatewayId, ...(table !== undefined && { table: `${gatewayId}/${table}` }), link };
}

export const attachVpc = (name: string, table: string | undefined, subnets: readonly string[], isApplianceMode = false, gatewayId = 'hub') =>
  attach(`att-${name}`, table, { kind: 'vpc', vpc: name, subnets: subnets.map((subnet) => `${name}/${subnet}`), isApplianceMode }, gatewayId);

export function topology(parts: {
  readonly vpcs?: readonly Vpc[]; readonly gateways?: readonly TransitGateway[]; readonly attachments?: readonly Attachment[]; readonly peerings?: readonly VpcPeering[];
  readonly firewalls?: readonly Firewall[]; readonly securityGroups?: readonly SecurityGroup[]; readonly outsides?: readonly OutsideNetwork[];
} & Partial<Pick<NetworkTopology, 'intents' | 'unknowns'>>): NetworkTopology {
  return { vpcs: [], gateways: [], attachments: [], peerings: [], firewalls: [], securityGroups: [], outsides: [], intents: [], unknowns: [], ...parts };
}
