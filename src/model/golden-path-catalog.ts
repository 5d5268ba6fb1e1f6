import { readFileSync } from 'fs';
import { join } from 'path';

/** A property of a golden path. */
export interface CatalogInput {
  readonly name: string;
  /** As TypeScript writes it. */
  readonly type: string;
  readonly required: boolean;
  /** As its docstring writes it. @default - it is required */
  readonly default?: string;
  readonly description: string;
}

/** A construct of a golden path that is public. */
export interface CatalogPart {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** An objective of a golden path's sample. */
export interface CatalogObjective {
  /** `availability`. */
  readonly name: string;
  /** Percent of good requests. */
  readonly target: number;
  /** Days of the error budget. */
  readonly days: number;
}

/** An alarm that somebody hears of. */
export interface CatalogAlarm {
  /** Without the name of the service: `throttled-ticket`. */
  readonly name: string;
  /** Who hears of it. */
  readonly urgency: 'page' | 'ticket';
  readonly meaning: string;
}

/** What the sample costs a month while nobody uses it. */
export interface CatalogCost {
  readonly region: string;
  readonly currency: string;
  readonly monthly: number;
  readonly items: readonly { readonly item: string; readonly count: number; readonly monthly: number }[];
  /** Types that are charged by use, which is not in the sum. */
  readonly byUse: readonly string[];
  /** Types that are not in the sum because nobody knows their price, and why. */
  readonly notKnown: readonly string[];
}

/** A golden path as teams choose by. Figures are those of its sample on the paved road. */
export interface CatalogPath {
  /** Name of its construct. */
  readonly name: string;
  /** Name of its page: `http-api-function`. */
  readonly id: string;
  readonly summary: string;
  readonly inputs: readonly CatalogInput[];
  readonly inside: readonly CatalogPart[];
  readonly objectives: readonly CatalogObjective[];
  readonly alarms: readonly CatalogAlarm[];
  readonly cost: CatalogCost;
  /** Number of its resources. */
  readonly resources: number;
  /** Number of resources by type. */
  readonly types: { readonly [type: string]: number };
  /** Ids of the controls that check resources of it while synthesizing. */
  readonly controls: readonly string[];
  /** Actions of its roles that have no narrower resource than all. */
  readonly outside: readonly string[];
  /** Region that its stack has to be in. @default - any */
  readonly region?: string;
  /** TypeScript of the sample: a function of a stack. */
  readonly sample: string;
}

let paths: readonly CatalogPath[] | undefined;

/** All golden paths of this version, by name. Read when first asked for. */
export function goldenPaths(): readonly CatalogPath[] {
  paths ??= (JSON.parse(readFileSync(join(__dirname, '..', '..', 'assets', 'catalog.json'), 'utf8')) as { readonly paths: readonly CatalogPath[] }).paths;
  return paths;
}
