import { isAllowed } from './tag-key';

/** What accounts must keep to of one tag, after all tag policies above them. */
export interface EffectiveTag {
  /** In its spelling. */
  readonly key: string;
  /** Values that it may have, each with one `*` at most. @default - any value */
  readonly values?: readonly string[];
  /** Resource types whose non-compliant tagging AWS refuses: `ec2:instance`, `s3:*`. */
  readonly enforcedFor: readonly string[];
  /** Resource types that are reported where they lack it. */
  readonly reportedFor: readonly string[];
}

const OPERATORS = ['@@assign', '@@append', '@@remove'];
const CONTROL = '@@operators_allowed_for_child_policies';

/** A value as policies made it, and which operators policies below may still use on it. */
interface Value {
  readonly items: readonly string[] | undefined;
  readonly allowed: ReadonlySet<string>;
}

const UNTOUCHED: Value = { items: undefined, allowed: new Set(OPERATORS) };

/**
 * The tag policy that is in effect for an account: policies from the root down to the account, one a level, merged by their inheritance operators. An operator that a policy above does not allow is
 * passed over. Of several policies at one level AWS takes the order in which they were attached, which no template says: give them as levels in that order.
 *
 * Rules: https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html (read 2026-11-23). Child control operators are read where they stand beside a value.
 */
export function effectiveTags(levels: readonly { readonly tags?: { readonly [policyKey: string]: any } }[]): EffectiveTag[] {
  const found = new Map<string, { name: string; values: Map<string, Value> }>();
  for (const { tags = {} } of levels) {
    for (const [policyKey, parts] of Object.entries(tags)) {
      const name = policyKey.toLowerCase();
      const entry = found.get(name) ?? { name: policyKey, values: new Map<string, Value>() };
      found.set(name, entry);
      for (const [part, change] of Object.entries<any>(parts ?? {})) {
        if (!part.startsWith('@@')) entry.values.set(part, merged(entry.values.get(part) ?? UNTOUCHED, change));
      }
    }
  }
  return [...found.values()].map(({ name, values }) => {
    const items = (part: string) => values.get(part)?.items;
    const allowed = items('tag_value');
    return { key: items('tag_key')?.[0] ?? name, ...(allowed && { values: allowed }), enforcedFor: items('enforced_for') ?? [], reportedFor: items('report_required_tag_for') ?? [] };
  });
}

function merged({ items, allowed }: Value, change: any): Value {
  let next = items;
  for (const operator of OPERATORS) {
    const given = change?.[operator];
    if (given === undefined || !allowed.has(operator)) continue;
    const list: readonly string[] = [given].flat();
    next = operator === '@@assign' ? list : operator === '@@append' ? [...new Set([...next ?? [], ...list])] : (next ?? []).filter((one) => !list.includes(one));
  }
  const control: readonly string[] | undefined = change?.[CONTROL] === undefined ? undefined : [change[CONTROL]].flat();
  return { items: next, allowed: control && !control.includes('@@all') ? new Set([...allowed].filter((operator) => control.includes(operator))) : allowed };
}

/** Whether a tag keeps to what is in effect: tags that no policy names do. */
export function complies(tags: readonly EffectiveTag[], key: string, value: string): boolean {
  const own = tags.find((one) => one.key.toLowerCase() === key.toLowerCase());
  return own === undefined || (own.key === key && (own.values === undefined || isAllowed({ values: own.values }, value)));
}
