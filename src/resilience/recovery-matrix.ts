import { isOfCluster, Recovery, recoveryOf, STATEFUL_TYPES } from './recovery';
import { ResilienceStandard } from './resilience-standard';
import { TierPromise } from './tier-options';
import { tagsOfStateful } from './tier-tag';
import { Assembly } from '../model/assembly/read-assembly';

/** A resource that keeps data, and what becomes of it. */
export interface RecoveryRow {
  /** Value of the tag `product`, else the stack's name. */
  readonly service: string;
  /** Value of the tag `owner`. @default - it has none */
  readonly owner?: string;
  /** @default - any account */
  readonly account?: string;
  /** @default - any Region */
  readonly region?: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** What its tier promises. @default - it has no tier that there is */
  readonly promise?: TierPromise;
  /** What it can be brought back to. @default - it has no tier that there is, so that it is not backed up */
  readonly recovery?: Recovery;
  /** What is promised and not there, in words. */
  readonly gaps: readonly string[];
}

/** What keeps data in an assembly, by service, the most demanding tier of a service first. */
export function recoveryMatrix({ templates }: Assembly, standard: ResilienceStandard): readonly RecoveryRow[] {
  const rows = templates.flatMap(({ resources, stackName, account, region }) => Object.entries(resources).flatMap(([logicalId, { Type: type, Properties: properties = {} }]): RecoveryRow[] => {
    if (!STATEFUL_TYPES.includes(type) || isOfCluster(type, properties)) return [];
    const tags = tagsOfStateful(type, properties);
    const value = tags?.get(ResilienceStandard.TAG_KEY);
    const promise = standard.tiers.find(({ tier }) => tier === value);
    const recovery = promise && recoveryOf(type, properties, promise)!;
    const owner = tags?.get('owner');
    return [{
      service: tags?.get('product') ?? stackName,
      ...(owner !== undefined && { owner }),
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      stack: stackName,
      logicalId,
      type,
      ...(promise && recovery && { promise, recovery }),
      gaps: recovery?.gaps ?? [`${ResilienceStandard.TAG_KEY} is ${value === undefined ? 'missing or not known before deployment' : `"${value}", and 1, 2, 3 or 4 is expected`}: it is not backed up`],
    }];
  }));
  const order = ({ service, promise, stack, logicalId }: RecoveryRow) => [service, promise?.tier ?? '0', stack, logicalId].join('\u0000');
  return rows.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
