import { tagFindings, TagFinding } from './tag-findings';
import { TagKey } from './tag-key';

/** A resource that takes tags. */
export interface TaggedResource {
  /** Id of its account; undefined where the template may go anywhere. */
  readonly account?: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Undefined where not even the keys are known before deployment. */
  readonly tags: ReadonlyMap<string, string | undefined> | undefined;
}

/** How many resources carry a key with a value that it may have. */
export interface KeyCoverage {
  readonly key: string;
  readonly covered: number;
  /** Resources that must carry it. */
  readonly expected: number;
  /** 0 to 100; 100 where no resource must. */
  readonly percent: number;
}

/** Coverage of some resources. */
export interface Coverage {
  readonly resources: number;
  readonly keys: readonly KeyCoverage[];
}

/** Share of resources that carry each key, among those that must. */
export function coverageOf(resources: readonly TaggedResource[], keys: readonly TagKey[]): Coverage {
  const counts = new Map(keys.map(({ key }) => [key, { covered: 0, expected: 0 }]));
  for (const { type, tags } of resources) {
    for (const key of keys) {
      const wrong = tagFindings([key], type, tags);
      const mustOrHas = tags?.has(key.key) === true || wrong.length > 0;
      const count = counts.get(key.key)!;
      if (mustOrHas) count.expected += 1;
      if (mustOrHas && wrong.length === 0) count.covered += 1;
    }
  }
  return { resources: resources.length, keys: [...counts].map(([key, { covered, expected }]) => keyCoverage(key, covered, expected)) };
}

/** Coverage of all resources of several groups, which share none. */
export function together(groups: readonly Coverage[], keys: readonly TagKey[]): Coverage {
  const sum = (of: (coverage: Coverage) => number) => groups.reduce((total, coverage) => total + of(coverage), 0);
  return {
    resources: sum(({ resources }) => resources),
    keys: keys.map(({ key }, at) => keyCoverage(key, sum((coverage) => coverage.keys[at]!.covered), sum((coverage) => coverage.keys[at]!.expected))),
  };
}

function keyCoverage(key: string, covered: number, expected: number): KeyCoverage {
  return { key, covered, expected, percent: expected === 0 ? 100 : (100 * covered) / expected };
}

/** Everything wrong with the tags of resources. */
export function findingsOf(resources: readonly TaggedResource[], keys: readonly TagKey[]): { readonly resource: TaggedResource; readonly finding: TagFinding }[] {
  return resources.flatMap((resource) => tagFindings(keys, resource.type, resource.tags).map((finding) => ({ resource, finding })));
}
