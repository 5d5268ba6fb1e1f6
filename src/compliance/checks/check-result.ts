import { Origin } from '../../model/organization-model';

/** Something that must be decided: what is wrong, where, what to do. */
export interface Finding {
  /** Id of a control, or `LZ.QUOTA`, `LZ.LOCKOUT`, `LZ.TREE`, `LZ.LOCK`, `LZ.LIFECYCLE`, `LZ.LIFECYCLE.CHANGE`, `LZ.BUDGET.ACTION`, or a rule of the lint: `LZ.LINT.3`. */
  readonly rule: string;
  /** A warning does not fail a build. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
  readonly origins: readonly Origin[];
  /** More about it, a line each. */
  readonly details?: readonly string[];
}

/** What one check showed. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** Single facts that were shown. */
  readonly proved: number;
  readonly findings: readonly Finding[];
  /** A line for the summary. */
  readonly summary?: string;
}
