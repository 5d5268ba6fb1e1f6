import * as fc from 'fast-check';
import { Case, exactCase } from './exact-requests';
import { Completions } from './exhaustive-completions';
import { documentedOutcome } from './naive-evaluation';
import { evaluate } from '../../src/analysis/evaluate';
import { findRequest, Search } from '../../src/analysis/witness';

/** More completions than this of one case are not looked at: it is then cut, and counts as evidence but not as a pair. */
const MOST = 300;

/** What was met: a check is worth something only when each kind of answer occurs often. */
export interface Met {
  cases: number;
  completions: number;
  /** Cases of which some completions were left out. */
  cut: number;
  /** Cases that some completion allows and another one denies. */
  both: number;
  found: number;
  none: number;
  open: number;
  openWithoutVariables: number;
}

/** Exact search, evaluator and the plain reading of every completion agree on random policies and requests; how often what was met. */
export function checkAgreement(seed: number, numRuns: number): Met {
  const seen: Met = { cases: 0, completions: 0, cut: 0, both: 0, found: 0, none: 0, open: 0, openWithoutVariables: 0 };
  fc.assert(fc.property(exactCase, (one) => {
    const completions = new Completions(one);
    const outcomes = new Set<boolean>();
    let count = 0;
    for (const completion of completions.all()) {
      const outcome = documentedOutcome(completion, one.account);
      if (outcome !== undefined) {
        outcomes.add(outcome);
      }
      if (++count > MOST || outcomes.size === 2) break;
    }
    seen.cases += 1;
    seen.completions += count;
    seen.cut += count > MOST ? 1 : 0;
    seen.both += outcomes.size === 2 ? 1 : 0;
    for (const decision of ['allowed', 'denied'] as const) {
      const isShown = outcomes.has(decision === 'allowed');
      const search = findRequest(one.request, [{ account: one.account, decision }], { where: one.where });
      seen[search.kind] += 1;
      const answer = { kind: search.kind, ...(search.kind === 'found' && { confirmed: isConfirmed(one, completions, search, decision) }) };
      if (search.kind === 'open') {
        seen.openWithoutVariables += JSON.stringify(one).includes('${') ? 0 : 1;
      } else {
        expect([decision, answer]).toEqual([decision, isShown || search.kind === 'found' ? { kind: 'found', confirmed: true } : { kind: 'none' }]);
      }
    }
  }), { numRuns, seed });
  return seen;
}

/** By the evaluator, and by the plain reading of everything that the witness leaves open. */
function isConfirmed(one: Case, completions: Completions, search: Search & { readonly kind: 'found' }, decision: 'allowed' | 'denied'): boolean {
  let state = 20261122;
  const chance = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return search.requests.every((request) => {
    const full = [...completions.ofWitness(request, chance, 3)];
    return full.length > 0 && evaluate(request, one.account).decision === decision && full.every((each) => documentedOutcome(each, one.account) === (decision === 'allowed'));
  });
}
