import { readdirSync } from 'fs';
import { join } from 'path';
import { networkFromLza } from './lza-network';
import { NetworkTopology, TransitGateway, Vpc } from '../../../analysis/network/topology';
import { formatProblems, isFile } from '../../organization-file/read-organization-file';
import { Notice } from '../lza-files';

/** What was read of a network. */
export interface LzaNetworkReport {
  /** Below the folder of the configuration. */
  readonly file: string;
  readonly segments: readonly { readonly name: string; readonly gateway: string; readonly vpcs: number; readonly routes: number; readonly learns: number }[];
  readonly vpcs: readonly { readonly name: string; readonly region: string; readonly segment?: string; readonly addresses: string; readonly subnets: number; readonly routes: number }[];
  /** Routes of all tables, local ones not among them. */
  readonly routes: number;
  /** What could carry traffic and is not modelled. */
  readonly unknowns: readonly string[];
  readonly notices: readonly Notice[];
}

/** Where the accelerator looks for a network, and where its samples keep networks to choose from. */
const NAME = 'network-config.yaml';
const SAMPLES = 'network';

/** Reports on the networks of a configuration, each for itself. Nothing of them is written. */
export function lzaNetworkReports(dir: string): LzaNetworkReport[] {
  return networkFiles(dir).map((file) => {
    const { topology, problems, notices } = networkFromLza(dir, file);
    if (!topology) return { file, segments: [], vpcs: [], routes: 0, unknowns: [], notices: [...notices, { kind: 'not carried over', subject: file, message: formatProblems(problems, dir) }] };
    const segments = topology.gateways.flatMap((gateway) => segmentsOf(gateway, topology));
    const vpcs = topology.vpcs.map(vpcOf);
    return { file, segments, vpcs, routes: sum(segments) + sum(vpcs), unknowns: topology.unknowns.map(({ what }) => what), notices };
  });
}

/** Names of the networks of a configuration, below its folder. */
export function networkFiles(dir: string): string[] {
  if (isFile(join(dir, NAME))) return [NAME];
  try {
    return readdirSync(join(dir, SAMPLES), { withFileTypes: true }).filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map(({ name }) => `${SAMPLES}/${name}`).sort();
  } catch {
    return [];
  }
}

function segmentsOf({ name: gateway, tables }: TransitGateway, { attachments }: NetworkTopology): LzaNetworkReport['segments'][number][] {
  return tables.map(({ id, name, routes, propagations }) => ({
    name, gateway, vpcs: attachments.filter(({ table, link }) => table === id && link.kind === 'vpc').length, routes: routes.length, learns: propagations.length,
  }));
}

function vpcOf({ name, region, segment, ranges, pooledPrefix, subnets, routeTables }: Vpc): LzaNetworkReport['vpcs'][number] {
  const addresses = pooledPrefix === undefined ? ranges.join(', ') : `a /${pooledPrefix} of ${ranges.join(', ')}`;
  const routes = routeTables.flatMap((table) => table.routes).filter(({ target }) => target.kind !== 'local').length;
  return { name, region, ...(segment === undefined ? {} : { segment }), addresses, subnets: subnets.length, routes };
}

function sum(parts: readonly { readonly routes: number }[]): number {
  return parts.reduce((total, { routes }) => total + routes, 0);
}
