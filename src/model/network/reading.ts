import { ANY_ENVIRONMENT, Gap, NetworkResource, NetworkResources } from './network-resources';
import {
  Attachment, Firewall, NetworkAcl, NetworkIntent, NetworkOrigin, NetworkTopology, OutsideNetwork, RouteTable, SecurityGroup, Subnet, TransitGateway, TransitTable, UnknownPart, Vpc, VpcPeering,
} from '../../analysis/network/topology';
import { Assembly } from '../assembly/read-assembly';

/** A part of the topology while it is read. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** What has been read so far: parts by id, and who they belong to. */
export class Reading {
  public readonly resources: NetworkResources;
  public readonly vpcs = new Map<string, Draft<Vpc>>();
  public readonly subnets = new Map<string, Draft<Subnet>>();
  public readonly tables = new Map<string, Draft<RouteTable>>();
  public readonly acls = new Map<string, Draft<NetworkAcl>>();
  public readonly gateways = new Map<string, Draft<TransitGateway>>();
  public readonly transitTables = new Map<string, Draft<TransitTable>>();
  /** By id; the far end of a peering by `farEnd(id)`. */
  public readonly attachments = new Map<string, Draft<Attachment>>();
  public readonly peerings: VpcPeering[] = [];
  public readonly firewalls = new Map<string, Firewall>();
  public readonly securityGroups = new Map<string, Draft<SecurityGroup>>();
  public readonly outsides = new Map<string, Draft<OutsideNetwork>>();
  public readonly intents: NetworkIntent[] = [];
  private readonly owners = new Map<string, Draft<Vpc>>();
  private readonly gatewayOfTable = new Map<string, Draft<TransitGateway>>();

  public constructor(public readonly assembly: Assembly) {
    this.resources = new NetworkResources(assembly);
  }

  /** VPC that a subnet, table, gateway or interface belongs to. */
  public vpcOf(id: string | undefined): Draft<Vpc> | undefined {
    return id === undefined ? undefined : this.owners.get(id) ?? this.vpcs.get(id);
  }

  public own(id: string, vpc: Draft<Vpc>): void {
    this.owners.set(id, vpc);
  }

  public gatewayOf(tableId: string): Draft<TransitGateway> | undefined {
    return this.gatewayOfTable.get(tableId);
  }

  public addTransitTable(table: Draft<TransitTable>, gateway: Draft<TransitGateway>): void {
    this.transitTables.set(table.id, table);
    this.gatewayOfTable.set(table.id, gateway);
    gateway.tables.push(table);
  }

  /** What every part has. */
  public part({ id, name, origin }: NetworkResource): { id: string; name: string; origin: NetworkOrigin } {
    return { id, name, origin };
  }

  /** VPC that a property names; undefined when it is of none in the assembly, which is a gap only if it may be one. */
  public vpcNamed(resource: NetworkResource, property = 'VpcId'): Draft<Vpc> | undefined {
    return this.vpcs.get(this.resources.text(resource, property) ?? '');
  }

  public topology(): NetworkTopology {
    return {
      vpcs: [...this.vpcs.values()],
      gateways: [...this.gateways.values()],
      attachments: [...this.attachments.values()],
      peerings: this.peerings,
      firewalls: [...this.firewalls.values()],
      securityGroups: [...this.securityGroups.values()],
      outsides: [...this.outsides.values()],
      intents: this.intents,
      unknowns: this.unknowns(),
    };
  }

  private unknowns(): UnknownPart[] {
    const seen = new Set<string>();
    return this.resources.gaps.filter(({ what }) => !seen.has(what) && seen.add(what)).map((gap) => ({
      what: gap.what,
      ...(gap.affects === 'all' ? {} : { affects: gap.affects === 'place' ? this.inPlaceOf(gap) : [...new Set(gap.affects)] }),
      ...(gap.onlyAdds ? { onlyAdds: true } : {}),
      ...(gap.resource ? { origin: gap.resource.origin } : {}),
    }));
  }

  /** VPCs and gateways of the same account and Region. */
  private inPlaceOf({ resource }: Gap): string[] {
    if (!resource) return [];
    const here = ({ account, region }: { readonly account: string; readonly region?: string }) => same(account, resource.account) && same(region, resource.region);
    return [...this.vpcs.values(), ...this.gateways.values()].filter(here).map(({ id }) => id);
  }
}

/** The end of a peering in the other gateway: both ends have one id in AWS. */
export function farEnd(attachmentId: string): string {
  return `${attachmentId}#peer`;
}

function same(one: string | undefined, other: string): boolean {
  return one === other || one === undefined || one === ANY_ENVIRONMENT || other === ANY_ENVIRONMENT;
}
