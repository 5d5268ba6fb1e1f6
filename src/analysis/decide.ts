import { and, constant, Expression, Leaf, not, or } from './expression';

/** The values an expression can take when its open tests go every way they can. */
export interface Outcomes {
  readonly canBeTrue: boolean;
  readonly canBeFalse: boolean;
}

const STEP_LIMIT = 2_000;

interface Assumptions {
  readonly tests: ReadonlyMap<string, { readonly leaf: Leaf; readonly value: boolean }>;
  readonly keys: ReadonlyMap<string, readonly string[] | null>;
}

/**
 * Tries both outcomes of every open test. Tests of the same key are tied together where that is easy: a key that equals one value fixes every other test
 * of it, an absent key fails them all. Ties that are not seen only widen the answer: both outcomes are then reported, never a wrong single one.
 * The same holds when the search is given up for its length.
 */
export function outcomes(expression: Expression): Outcomes {
  if (expression.kind === 'constant') {
    return { canBeTrue: expression.value, canBeFalse: !expression.value };
  }
  return { canBeTrue: canBe(expression, true), canBeFalse: canBe(expression, false) };
}

function canBe(expression: Expression, wanted: boolean): boolean {
  let steps = 0;
  const search = (current: Expression, assumptions: Assumptions): boolean => {
    if (current.kind === 'constant') {
      return current.value === wanted;
    }
    if (++steps > STEP_LIMIT) {
      return true;
    }
    const leaf = firstLeaf(current);
    return [false, true].some((value) => {
      const next = assume(assumptions, leaf, value);
      return next !== undefined && search(simplify(current, next), next);
    });
  };
  return search(expression, { tests: new Map(), keys: new Map() });
}

function firstLeaf(expression: Expression): Leaf {
  switch (expression.kind) {
    case 'leaf': return expression;
    case 'not': return firstLeaf(expression.of);
    case 'constant': throw new Error('a constant has no open test');
    default: return firstLeaf(expression.of[0]);
  }
}

/** The assumptions and one more; `undefined` when they contradict each other. */
function assume(assumptions: Assumptions, leaf: Leaf, value: boolean): Assumptions | undefined {
  const tests = new Map(assumptions.tests).set(leaf.id, { leaf, value });
  if (!value) {
    return { ...assumptions, tests };
  }
  const fixes: Leaf['fixes'] = leaf.isAbsence ? new Map([[leaf.key, null]]) : leaf.fixes;
  if (fixes === undefined) {
    return { ...assumptions, tests };
  }
  const keys = new Map([...fixes, ...assumptions.keys]);
  const contradicted = [...tests.values()].some((test) => {
    const values = keys.get(test.leaf.key);
    const certain = values === undefined ? undefined : values === null ? test.leaf.isAbsence === true : test.leaf.outcome?.(values);
    return certain !== undefined && certain !== test.value;
  });
  return contradicted ? undefined : { tests, keys };
}

function simplify(expression: Expression, assumptions: Assumptions): Expression {
  switch (expression.kind) {
    case 'constant': return expression;
    case 'leaf': {
      const value = outcome(expression, assumptions);
      return value === undefined ? expression : constant(value);
    }
    case 'not': return not(simplify(expression.of, assumptions));
    case 'and': return and(...expression.of.map((part) => simplify(part, assumptions)));
    default: return or(...expression.of.map((part) => simplify(part, assumptions)));
  }
}

function outcome(leaf: Leaf, { tests, keys }: Assumptions): boolean | undefined {
  const assumed = tests.get(leaf.id);
  if (assumed !== undefined) {
    return assumed.value;
  }
  const values = keys.get(leaf.key);
  if (values === undefined) {
    return undefined;
  }
  return values === null ? leaf.isAbsence === true : leaf.outcome?.(values);
}
