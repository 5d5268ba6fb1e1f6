import { AccountLife } from './lifecycle/account-life';

/** Where something was written, for messages. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What is wrong, where, what was expected, what to do: the one shape of a mistake in an input. */
export interface Problem {
  readonly place: Place;
  /** What is wrong: `unknown key "unitz" in organization`. */
  readonly message: string;
  /** What was expected, or what to do: `did you mean "units"?`. */
  readonly hint?: string;
}

/** A policy document that a target names. */
export interface PolicyReference {
  /** Name in AWS, unique for its type in the organization. */
  readonly name: string;
  /** CloudFormation's name of the type: `SERVICE_CONTROL_POLICY`. */
  readonly type: string;
  /** Path as written, relative to the data file. */
  readonly file: string;
  /** The parsed JSON document. */
  readonly content: any;
  readonly description?: string;
  readonly place: Place;
}

/** What a unit or an account may cost, or why nobody watches it. */
export interface BudgetDefinition {
  /** Amount of a period, or the reason for which there is none. */
  readonly amount: { readonly period: BudgetPeriod; readonly value: number } | { readonly none: string };
  /** `EUR`. @default - the standard's */
  readonly currency?: string;
  readonly place: Place;
}

/** How long a budget lasts, in the words of AWS Budgets. */
export type BudgetPeriod = 'MONTHLY' | 'QUARTERLY' | 'ANNUALLY';

/** What any target of policies can carry. */
export interface TargetDefinition {
  /** Stable key; the logical id derives from it, never from the name. */
  readonly key: string;
  readonly name: string;
  readonly controlSets: readonly string[];
  /** Ids of single controls: `LZ.S3.1`. */
  readonly controls: readonly string[];
  readonly policies: readonly PolicyReference[];
  readonly tags: { readonly [key: string]: string };
  /** @default - none of its own */
  readonly budget?: BudgetDefinition;
  readonly place: Place;
}

export interface AccountDefinition extends TargetDefinition {
  readonly email: string;
  /** @default - active */
  readonly life?: AccountLife;
}

export interface UnitDefinition extends TargetDefinition {
  /** `Root`, `Root/Workloads`, `Root/Workloads/Prod`: keys from the root down. */
  readonly path: string;
  readonly units: readonly UnitDefinition[];
  readonly accounts: readonly AccountDefinition[];
}

/** The organization as its people wrote it: what `organization.yaml` says, and what an import produces. */
export interface OrganizationDefinition {
  readonly managementAccount: AccountDefinition;
  /** The root; its key is `Root`. */
  readonly root: UnitDefinition;
  /** Home Region and Regions in use. @default - said in code, by the zone's RegionStandard */
  readonly regions?: { readonly home: string; readonly allowed: readonly string[] };
  /** Stacks the accounts are spread over by key. @default - accounts live in the organization's own stack */
  readonly accountStacks?: number;
  /** Whether AWS Control Tower manages this organization, so its slots are reserved. @default false */
  readonly controlTower?: boolean;
  readonly file: string;
}

/** All units of a tree, root first, each before its children. */
export function* unitsOf(unit: UnitDefinition): Generator<UnitDefinition> {
  yield unit;
  for (const child of unit.units) yield* unitsOf(child);
}
