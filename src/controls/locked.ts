/**
 * A value of a management policy that no policy further down the tree changes: a child that tries is ignored there.
 * https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html (child control operators, read 2026-11-22).
 */
export function locked(value: string | string[]): any {
  return { '@@assign': value, ...LOCKED };
}

/** Beside the keys of a part: no policy further down adds to it or changes it. */
export const LOCKED = { '@@operators_allowed_for_child_policies': ['@@none'] };
