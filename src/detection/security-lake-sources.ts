import { SecurityLakeSource, SecurityLakeSources } from './security-lake-source';
import { InputError } from '../model/input-error';

/** Version of all sources, which is the current one (Amazon Security Lake User Guide, "Open Cybersecurity Schema Framework (OCSF)", read 2026-11-23). */
export const SOURCE_VERSION = '2.0';

const STANDARD: readonly SecurityLakeSource[] = [SecurityLakeSource.CLOUD_TRAIL_MGMT, SecurityLakeSource.ROUTE53, SecurityLakeSource.SH_FINDINGS, SecurityLakeSource.VPC_FLOW];

/** The sources that are chosen, in an order that does not depend on that of the options. Fails with all that is wrong. */
export function sourcesOf({ also = [], without = [] }: SecurityLakeSources, where: string): SecurityLakeSource[] {
  const left = without.map(({ source }) => source);
  const chosen = Object.values(SecurityLakeSource).filter((source) => (STANDARD.includes(source) ? !left.includes(source) : also.includes(source)));
  const problems = [
    ...also.filter((source) => STANDARD.includes(source)).map((source) => `also names ${source}, which is a standard source`),
    ...left.filter((source) => !STANDARD.includes(source)).map((source) => `without names ${source}, which is no standard source`),
    ...[...new Set(left.filter((source, at) => left.indexOf(source) !== at))].map((source) => `${source} is left out twice`),
    ...without.filter(({ reason }) => reason.trim() === '').map(({ source }) => `${source} is left out without a reason`),
    ...(chosen.length === 0 ? ['there is no source'] : []),
  ];
  if (problems.length > 0) throw new InputError(`${where}: ${problems.join('; ')}`);
  return chosen;
}
