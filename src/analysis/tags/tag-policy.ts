import { isEnforcedFor } from './enforceable-types';
import { isAllowed } from './tag-key';

/** What accounts must keep to of one tag, after all tag policies above them. */
export interface EffectiveTag {
  /** In its spelling. */
  readonly key: string;
  /** Values that it may have, each with one `*` at most. @default - any value */
  readonly values?: readonly string[];
  /** Resource types whose non-compliant tagging AWS refuses: `ec2:instance`, `s3:ALL_SUPPORTED`. */
  readonly enforcedFor: readonly string[];
  /** Resource types that are reported where they lack it. */
  readonly reportedFor: readonly string[];
}

const OPERATORS = ['@@assign', '@@append', '@@remove'];
const CONTROL = '@@operators_allowed_for_child_policies';

/** What a tag policy says, as AWS takes it. */
export interface TagPolicyContent {
  readonly tags?: { readonly [policyKey: string]: any };
}

/** A setting of a tag as policies made it, and which operators policies further down may still use on it. */
interface Setting {
  readonly items: readonly string[] | undefined;
  readonly allowed: ReadonlySet<string>;
}

const UNTOUCHED: Setting = { items: undefined, allowed: new Set(OPERATORS) };

/**
 * The tag policy that is in effect for an account: for each level from the root down to the account its policies in the order in which they were attached, merged by their inheritance operators.
 *
 * An operator that a level above does not allow is passed over. Policies of one level do not bind each other: of values that they assign, those of the first are taken, and policies below may use the operators
 * that all of them allow. AWS documents these rules, and six examples: https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html and inheritance-examples.html (read 2026-11-23).
 * It does not say what becomes of values that one policy of a level assigns and another appends; here they are appended. Child control operators are read where they stand beside a value.
 */
export function effectiveTags(levels: readonly (readonly TagPolicyContent[])[]): EffectiveTag[] {
  const found = new Map<string, Map<string, Setting>>();
  for (const level of levels) {
    const changes = new Map<string, Map<string, any[]>>();
    for (const [policyKey, settings] of level.flatMap(({ tags = {} }) => Object.entries(tags))) {
      const change = changes.get(policyKey.toLowerCase()) ?? new Map<string, any[]>();
      changes.set(policyKey.toLowerCase(), change);
      for (const [setting, one] of Object.entries<any>(settings ?? {})) {
        if (!setting.startsWith('@@')) change.set(setting, [...change.get(setting) ?? [], one]);
      }
    }
    for (const [key, bySetting] of changes) {
      const settings = found.get(key) ?? new Map<string, Setting>();
      found.set(key, settings);
      for (const [setting, ofLevel] of bySetting) settings.set(setting, merged(settings.get(setting) ?? UNTOUCHED, ofLevel));
    }
  }
  return [...found].map(([key, settings]) => {
    const items = (setting: string) => settings.get(setting)?.items;
    const values = items('tag_value');
    return { key: items('tag_key')?.[0] ?? key, ...(values && { values }), enforcedFor: items('enforced_for') ?? [], reportedFor: items('report_required_tag_for') ?? [] };
  });
}

/** A setting after what the policies of one level say of it, in the order of their attachment. */
function merged({ items, allowed }: Setting, ofLevel: readonly any[]): Setting {
  const given = (operator: string): string[][] => (allowed.has(operator) ? ofLevel.flatMap((change) => (change?.[operator] === undefined ? [] : [[change[operator]].flat()])) : []);
  const [first] = given('@@assign');
  const added = given('@@append').flat();
  const removed = given('@@remove').flat();
  const kept = added.length > 0 ? [...new Set([...first ?? items ?? [], ...added])] : first ?? items;
  const next = removed.length > 0 ? (kept ?? []).filter((one) => !removed.includes(one)) : kept;
  const controls = ofLevel.flatMap((change): string[][] => (change?.[CONTROL] === undefined ? [] : [[change[CONTROL]].flat()])).filter((control) => !control.includes('@@all'));
  return { items: next, allowed: new Set([...allowed].filter((operator) => controls.every((control) => control.includes(operator)))) };
}

/** Whether a tag keeps to what is in effect: tags that no policy names do. */
export function complies(tags: readonly EffectiveTag[], key: string, value: string): boolean {
  const own = tags.find((one) => one.key.toLowerCase() === key.toLowerCase());
  return own === undefined || (own.key === key && (own.values === undefined || isAllowed({ values: own.values }, value)));
}

/** Whether AWS refuses to give a resource of a type (`ec2:instance`) this tag. A resource without the tag is never refused. */
export function isRefused(tags: readonly EffectiveTag[], type: string, key: string, value: string): boolean {
  const own = tags.find((one) => one.key.toLowerCase() === key.toLowerCase());
  return own !== undefined && !complies([own], key, value) && own.enforcedFor.some((entry) => isEnforcedFor(entry, type));
}
