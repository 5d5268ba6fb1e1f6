import { table } from './explain';
import { Terminal } from './terminal';
import { LzaNetworkReport } from '../model/lza/network/lza-network-report';

/** What was read of a network of the accelerator, in words. */
export function networkLines({ file, segments, vpcs, routes, unknowns }: LzaNetworkReport, { colors }: Terminal): string[] {
  const rows = (names: readonly string[], cells: readonly (readonly string[])[]) => (cells.length === 0 ? [] : table([names, ...cells]).map((line) => `  ${line}`));
  return [
    '',
    colors.bold(`Network of ${file}: ${count(segments.length, 'segment')}, ${count(vpcs.length, 'VPC')}, ${count(routes, 'route')}. Read, not written: what to build of it is a NetworkHub with its Spokes`),
    ...rows(['SEGMENT', 'VPCS', 'ROUTES', 'LEARNS FROM'], segments.map((one) => [one.name, String(one.vpcs), String(one.routes), count(one.learns, 'attachment')])),
    ...rows(['VPC', 'SEGMENT', 'ROUTES', 'SUBNETS', 'ADDRESSES'], vpcs.map((one) => [one.name, one.segment ?? '-', String(one.routes), String(one.subnets), one.addresses])),
    ...unknowns.map((what) => `  not modelled, and could carry traffic: ${what}`),
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
