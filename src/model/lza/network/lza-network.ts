import { join } from 'path';
import { writeApplianceEndpoints, writeFirewalls } from './lza-firewalls';
import { LzaGateways } from './lza-gateways';
import { leftovers } from './lza-leftovers';
import { LzaNode, LzaReadings } from './lza-node';
import { writeSecurity } from './lza-security';
import { LzaSite, LzaTemplates } from './lza-templates';
import { LzaNetworkParts, LzaVpc, writeVpc } from './lza-vpcs';
import { NetworkOrigin, NetworkTopology } from '../../../analysis/network/topology';
import { PlaceholderIds } from '../../lock-file';
import { networkFromAssembly } from '../../network/network-from-assembly';
import { Problem } from '../../organization-definition';
import { list, LzaFile, LzaFiles, Notice } from '../lza-files';
import { DEFAULTS, lzaKey } from '../replacements';

/** What the network of a configuration gives: a topology, unless the file cannot be read; and what a person must know. */
export interface LzaNetworkResult {
  readonly topology?: NetworkTopology;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/**
 * Reads the network of a Landing Zone Accelerator configuration as a topology to ask questions of. Route tables of transit gateways are the segments. Accounts have the placeholder ids of
 * the import; a template of VPCs for units without an account is one VPC of an account to come. Whatever is not read is a notice, with its lines; what of it could carry traffic is unknown
 * in the topology too.
 *
 * @param file name of the network's configuration, below the folder
 */
export function networkFromLza(dir: string, file = 'network-config.yaml'): LzaNetworkResult {
  const files = new LzaFiles(dir);
  const config = files.yaml(file);
  const accounts = files.yaml('accounts-config.yaml');
  if (!config) files.problems.push(...(files.has(file) ? [] : [{ place: { file: join(dir, file) }, message: 'the file does not exist', hint: 'expected the network\'s configuration of the Landing Zone Accelerator' }]));
  if (!config || files.problems.length > 0) return { problems: files.problems, notices: files.notices };
  return new LzaNetworkReading(files, file, config, accounts?.data).read();
}

class LzaNetworkReading {
  private readonly readings: LzaReadings;
  private readonly config: LzaNode;
  private readonly templates: LzaTemplates;
  private readonly accounts: readonly { readonly name: string; readonly unit: string }[];
  private readonly home: string;

  public constructor(private readonly files: LzaFiles, private readonly file: string, { source, data }: LzaFile, accounts: any) {
    this.readings = new LzaReadings(source, data);
    this.config = this.readings.root;
    this.templates = new LzaTemplates(join(files.dir, file));
    this.accounts = [...list(accounts?.mandatoryAccounts), ...list(accounts?.workloadAccounts)].map(({ name, organizationalUnit }) => ({ name: String(name), unit: String(organizationalUnit) }));
    this.home = String(files.global.get('HomeRegion') ?? DEFAULTS.homeRegion);
  }

  public read(): LzaNetworkResult {
    const { config, templates } = this;
    const services = config.child('centralNetworkServices');
    const site = (account: string | undefined, region: string | undefined) => this.site(account, region);
    const gateways = new LzaGateways(config, templates, site);
    const vpcs = [...config.items('vpcs').map((node) => this.vpcOf(node, node.text('account'))), ...config.items('vpcTemplates').flatMap((node) => this.templateVpcs(node))];
    const context = { templates, vpcs, textOf: (name: string) => this.textOf(name) };
    const pools = this.writePools(services);
    const parts: LzaNetworkParts = {
      templates, gateways, vpcs,
      pool: (name) => pools.get(name ?? ''),
      firewalls: writeFirewalls(services?.child('networkFirewall'), context),
      firewallSubnets: new Set((services?.child('networkFirewall')?.items('firewalls') ?? []).flatMap((one) => one.texts('subnets').map((subnet) => `${one.text('vpc')}/${subnet}`))),
      applianceEndpoints: writeApplianceEndpoints(services, context),
      peerings: this.peerings(vpcs),
    };
    this.writePrefixLists(vpcs);
    for (const vpc of vpcs) {
      writeVpc(vpc, parts);
      writeSecurity(vpc, parts);
    }
    gateways.write((name) => {
      const vpc = vpcs.find((one) => one.name === name);
      return vpc && templates.ref(vpc.site, 'virtualPrivateGateway', vpc.name);
    });
    return this.result();
  }

  private result(): LzaNetworkResult {
    const { topology, problems } = networkFromAssembly(this.templates.assembly());
    const { notices, gaps } = leftovers(this.readings, this.file);
    const placed = this.withPlaces(topology);
    return {
      topology: { ...placed, unknowns: [...placed.unknowns, ...gaps.map((what) => ({ what }))] },
      problems: [...this.files.problems, ...problems],
      notices: [...this.files.notices, ...notices],
    };
  }

  private textOf(name: string): string | undefined {
    if (this.files.has(name)) return this.files.text(name);
    this.files.notices.push({ kind: 'to do', subject: `${this.file}: ${name}`, message: 'the file does not exist: anything may pass by its rules' });
    return undefined;
  }

  private site(account: string | undefined, region: string | undefined): LzaSite {
    return { account: account === undefined ? undefined : PlaceholderIds.account(lzaKey(account)), region: region ?? this.home };
  }

  private vpcOf(node: LzaNode, account: string | undefined, label?: string): LzaVpc {
    const name = node.text('name')!;
    const site = this.site(account, node.text('region'));
    return { node, name, label: label ?? name, accountName: account, site, id: this.templates.ref(site, 'vpc', name) };
  }

  /** One in each account of its units and each that is named; one to come where there is none yet. */
  private templateVpcs(node: LzaNode): LzaVpc[] {
    const targets = node.child('deploymentTargets');
    const [units, named, excluded] = [targets?.texts('organizationalUnits') ?? [], targets?.texts('accounts') ?? [], targets?.texts('excludedAccounts') ?? []];
    targets?.texts('excludedRegions');
    const accounts = [...new Set([...named, ...this.accounts.filter(({ unit }) => units.includes(unit) || units.includes('Root')).map(({ name }) => name)])].filter((name) => !excluded.includes(name));
    if (accounts.length === 0) return [this.vpcOf(node, undefined, `${node.text('name')} (any account of ${units.join(', ')})`)];
    return accounts.map((account) => this.vpcOf(node, account, `${node.text('name')} (${account})`));
  }

  private writePools(services: LzaNode | undefined): Map<string, string> {
    const found = new Map<string, string>();
    const owner = services?.text('delegatedAdminAccount');
    for (const ipam of services?.items('ipams') ?? []) {
      const site = this.site(owner, ipam.text('region'));
      const scope = ipam.text('name');
      for (const pool of ipam.items('pools')) {
        const [name, source, length] = [pool.text('name')!, pool.text('sourceIpamPool'), pool.text('allocationDefaultNetmaskLength')];
        found.set(name, this.templates.add(site, 'pool', [name], 'AWS::EC2::IPAMPool', {
          IpamScopeId: scope, ProvisionedCidrs: pool.texts('provisionedCidrs').map((Cidr) => ({ Cidr })),
          ...(source === undefined ? {} : { SourceIpamPoolId: this.templates.ref(site, 'pool', source) }),
          ...(length === undefined ? {} : { AllocationDefaultNetmaskLength: Number(length) }),
        }, { name, place: pool.place }));
      }
    }
    return found;
  }

  private peerings(vpcs: readonly LzaVpc[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const node of this.config.items('vpcPeering')) {
      const [one, other] = node.texts('vpcs').map((name) => vpcs.find((vpc) => vpc.name === name));
      const name = node.text('name')!;
      if (one && other) found.set(name, this.templates.add(one.site, 'peering', [name], 'AWS::EC2::VPCPeeringConnection', { VpcId: one.id, PeerVpcId: other.id }, { name, place: node.place }));
    }
    return found;
  }

  /** In every place that has VPCs: whoever names a list finds it beside. */
  private writePrefixLists(vpcs: readonly LzaVpc[]): void {
    const sites = [...new Map(vpcs.map(({ site }) => [`${site.account}/${site.region}`, site])).values()];
    for (const node of this.config.items('prefixLists')) {
      const name = node.text('name')!;
      for (const key of ['accounts', 'deploymentTargets']) node.whole(key);
      for (const site of sites) {
        this.templates.add(site, 'prefixList', [name], 'AWS::EC2::PrefixList', { Entries: node.texts('entries').map((Cidr) => ({ Cidr })) }, { name, place: node.place });
      }
    }
  }

  /** A part's place is the line of the configuration that it comes from. */
  private withPlaces(topology: NetworkTopology): NetworkTopology {
    const place = (value: any): any => {
      if (Array.isArray(value)) return value.map(place);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'origin' ? this.originOf(part as NetworkOrigin) : place(part)]));
    };
    return place(topology);
  }

  private originOf(origin: NetworkOrigin | undefined): NetworkOrigin | undefined {
    const line = origin && this.templates.placeOf(origin.logicalId)?.line;
    return origin && line !== undefined ? { ...origin, template: `${origin.template}:${line}` } : origin;
  }
}
