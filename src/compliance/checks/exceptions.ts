import { CheckResult } from './check-result';
import { optOutsOf } from '../../model/assembly/opt-outs';
import { Assembly } from '../../model/assembly/read-assembly';
import { Origin } from '../../model/organization-model';

const RULE = 'LZ.EXCEPTION';

/** Something that a product is allowed to do without, and why. */
export interface Exception {
  /** Id of a default of the paved road, of a control, or of a rule of a nag pack. */
  readonly rule: string;
  /** Control that a default serves. @default - none */
  readonly control?: string;
  readonly reason: string;
  /** Resources, each once. */
  readonly origins: readonly Origin[];
}

/** A finding that was acknowledged while synthesizing. */
export interface Accepted {
  readonly rule: string;
  readonly reason: string;
  readonly constructs: readonly string[];
}

/** What resources opt out of, and findings that were acknowledged: one exception for each rule and reason. */
export function exceptionsOf(assembly: Assembly, accepted: readonly Accepted[]): Exception[] {
  const outs = optOutsOf(assembly);
  const isOptOut = ({ rule, reason }: Accepted, path: string) => outs.some((out) => out.control === rule && out.reason === reason && out.origin.constructPath === path);
  const all: Exception[] = [
    ...outs.map(({ origin, ...out }) => ({ ...out, origins: [origin] })),
    ...accepted.map((one) => ({ rule: one.rule, reason: one.reason, origins: one.constructs.filter((path) => !isOptOut(one, path)).map((constructPath) => ({ constructPath })) })),
  ];
  const grouped = new Map<string, Exception>();
  for (const one of all.filter(({ origins }) => origins.length > 0)) {
    const key = JSON.stringify([one.rule, one.reason]);
    const known = grouped.get(key);
    const fresh = one.origins.filter(({ constructPath }) => constructPath === undefined || !known?.origins.some((origin) => origin.constructPath === constructPath));
    grouped.set(key, { ...one, ...known, origins: [...known?.origins ?? [], ...fresh] });
  }
  return [...grouped.values()].sort((one, other) => (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0));
}

/** Each exception says why. */
export function exceptionsCheck(exceptions: readonly Exception[]): CheckResult {
  const silent = exceptions.filter(({ reason }) => reason.trim() === '');
  return {
    id: RULE,
    title: 'Exceptions',
    proved: 0,
    findings: silent.map(({ rule, origins }) => ({
      rule: RULE, severity: 'error', message: `${rule} is done without, and nothing says why`, hint: 'Give a reason: PavedRoad.optOut(construct, { rule, reason }).', origins,
    })),
    summary: exceptions.length === 0 ? 'none' : `${exceptions.length}, ${silent.length === 0 ? 'each with its reason' : `${silent.length} without a reason`}`,
  };
}
