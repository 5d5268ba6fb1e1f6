import { LintStatement } from './lint-statement';

/** The statements of one type that are attached at one level of the organization. */
export interface LintLevel {
  /** `Root`, `Root/Workloads`. */
  readonly level: string;
  readonly statements: readonly LintStatement[];
}
