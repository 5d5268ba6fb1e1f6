import { DraftPolicy, draftOf, draftSize, freeName, isPackable, policyOfDraft } from './draft-policy';
import { hoistStatements } from './hoist-statements';
import { TargetPacking, targetPackings } from './target-packing';
import { conditionOperator } from '../../analysis/condition-operator';
import { Context } from '../../analysis/context';
import { covers, IsMultivalued, testsOf } from '../../analysis/covering';
import { MergeOptions, mergeStatements } from '../../analysis/merging';
import { maxStatementBytes } from '../../analysis/packing';
import { PolicyDocument, PolicyStatementJson } from '../../analysis/policy-document';
import { repackStatements } from '../../analysis/repacking';
import { statementsOf } from '../../analysis/statement';
import { OrganizationModel, OrganizationPolicy, UnitNode } from '../organization-model';
import { policyLimits } from '../policy-limits';
import { POLICY_TYPES } from '../policy-types';

/** How an organization's policies are packed. */
export interface PackOptions {
  /** Statements that stay to the letter, such as those that a proof reads by their Sid. */
  readonly isKept: (statement: PolicyStatementJson) => boolean;
  /** Whether the other statements keep their Sid. */
  readonly keepSids: boolean;
  /** Whether statements move between policies of the same targets where fewer policies are enough. */
  readonly repack: boolean;
  /** Whether statements that all children of a unit have move to the unit. */
  readonly hoist: boolean;
  /** UTF-8 bytes of one policy. @default - what AWS allows, or what was agreed with AWS */
  readonly maxBytes?: number;
  /** Policies that a target can carry beside those that AWS attaches itself. @default - what AWS allows without what is reserved */
  readonly maxCount?: number;
  /** Rewrites the statements of a policy. @default mergeStatements */
  readonly merge?: (statements: readonly PolicyStatementJson[], options: MergeOptions) => PolicyStatementJson[];
}

/** An organization with packed policies. */
export interface PackedOrganization {
  readonly model: OrganizationModel;
  readonly targets: readonly TargetPacking[];
  /** Names of policies that are not needed any more. */
  readonly vanished: readonly string[];
  /** Statements that are in another policy than before; while AWS updates one policy after the other, such a statement can be missing. */
  readonly moved: number;
  /** Units that statements of their children moved to. */
  readonly hoistedTo: readonly UnitNode[];
  /** What does not fit, for people. */
  readonly problems: readonly string[];
}

/**
 * Packs the hand-written policies that decide on requests: each by itself, and it stays where it is; so nothing can be missing while AWS updates one after
 * the other. A policy of which others of the same targets say everything vanishes. Only `repack` and `hoist` move statements. Whether the result means the
 * same is not shown here but by `certify`.
 */
export function packOrganization(model: OrganizationModel, options: PackOptions): PackedOrganization {
  const packed: OrganizationPolicy[] = [];
  const hoistedTo = new Set<UnitNode>();
  const problems: string[] = [];
  const isMultivalued = multivaluedKeysOf(model);
  for (const facts of POLICY_TYPES.filter(({ iamLanguage }) => iamLanguage)) {
    const limits = policyLimits(facts, model);
    const maxBytes = options.maxBytes ?? limits.maxBytes;
    const own = model.data.policies.filter((policy) => policy.type === facts.type && isPackable(policy));
    const merging: Merging = {
      maxBytes,
      names: new Set(model.data.policies.filter(({ type }) => type === facts.type).map(({ name }) => name)),
      isIn: (statement, wider) => covers(wider, statement, isMultivalued),
      merge: (statements) => (options.merge ?? mergeStatements)(statements, {
        isKept: options.isKept, keepSids: options.keepSids, maxBytes: maxStatementBytes(maxBytes), isMultivalued,
      }),
    };
    let drafts = own.map(draftOf);
    if (options.hoist) {
      const room = options.maxCount ?? limits.maxPerTarget - limits.reserved;
      const hoisted = hoistStatements(drafts, model, { isKept: options.isKept, isMultivalued, names: merging.names, room: (unit) => room - frozenOn(unit.id, model, facts.type) });
      drafts = hoisted.drafts;
      hoisted.units.forEach((unit) => hoistedTo.add(unit));
      problems.push(...hoisted.problems);
    }
    const result = options.repack ? byTargets(drafts).flatMap((group) => repacked(group, merging)) : drafts.map((draft) => merged(draft, merging));
    packed.push(...withoutSaidTwice(result, options.isKept, merging).map((draft) => policyOfDraft(draft, facts.type)));
  }
  const after = new OrganizationModel({ ...model.data, policies: inFormerOrder(model.data.policies, packed) });
  const targets = targetPackings(model, after, options);
  return {
    model: after,
    targets,
    vanished: model.data.policies.filter(({ type, name }) => !after.data.policies.some((policy) => policy.type === type && policy.name === name)).map(({ name }) => name),
    moved: movedStatements(model, after, isMultivalued),
    hoistedTo: [...hoistedTo],
    problems: [...problems, ...targets.flatMap((target) => target.problems)],
  };
}

interface Merging {
  readonly maxBytes: number;
  /** Names that are taken. */
  readonly names: Set<string>;
  readonly isIn: (statement: PolicyStatementJson, wider: PolicyStatementJson) => boolean;
  readonly merge: (statements: readonly PolicyStatementJson[]) => PolicyStatementJson[];
}

function merged(draft: DraftPolicy, { merge }: Merging): DraftPolicy {
  return { ...draft, statements: merge(draft.statements) };
}

/** Policies of the same targets in as few as are enough; as they are, each merged by itself, where no fewer are, and all fit. */
function repacked(group: readonly DraftPolicy[], merging: Merging): DraftPolicy[] {
  const apart = group.map((draft) => merged(draft, merging));
  const { groups, problems } = repackStatements(
    merging.merge(group.flatMap(({ statements }) => statements)), group, merging.maxBytes, () => freeName(group[0]!.name, (index) => `-${index + 1}`, merging.names), merging.isIn,
  );
  const isFitting = apart.every((draft) => draftSize(draft) <= merging.maxBytes);
  if (problems.length > 0 || (isFitting && groups.length >= apart.length)) return apart;
  return groups.map(({ name, statements }) => {
    const former = group.find((draft) => draft.name === name)?.former;
    return { name, statements, targetIds: group[0]!.targetIds, ...(former ? { former } : {}) };
  });
}

/** Policies that are attached to exactly the same targets. */
function byTargets(drafts: readonly DraftPolicy[]): DraftPolicy[][] {
  const groups = new Map<string, DraftPolicy[]>();
  for (const draft of drafts) {
    const key = [...draft.targetIds].sort().join();
    groups.set(key, [...groups.get(key) ?? [], draft]);
  }
  return [...groups.values()];
}

/** Without policies whose every statement another one says, wherever they are attached; the last first. */
function withoutSaidTwice(drafts: readonly DraftPolicy[], isKept: PackOptions['isKept'], { isIn }: Merging): DraftPolicy[] {
  const left = [...drafts];
  for (let index = left.length - 1; index >= 0; index--) {
    const { statements, targetIds } = left[index]!;
    const others = left.filter((other, at) => at !== index && targetIds.every((id) => other.targetIds.includes(id))).flatMap((other) => other.statements);
    if (targetIds.length > 0 && statements.every((statement) => !isKept(statement) && others.some((other) => isIn(statement, other)))) left.splice(index, 1);
  }
  return left;
}

/** Policies that are not packed, on a target. */
function frozenOn(targetId: string, model: OrganizationModel, type: string): number {
  return model.attached(targetId, type).filter((policy) => !isPackable(policy)).length;
}

function inFormerOrder(former: readonly OrganizationPolicy[], packed: readonly OrganizationPolicy[]): OrganizationPolicy[] {
  const iamTypes = new Set(POLICY_TYPES.filter(({ iamLanguage }) => iamLanguage).map(({ type }) => type));
  const isSame = (one: OrganizationPolicy, other: OrganizationPolicy): boolean => one.type === other.type && one.name === other.name;
  const kept = former.flatMap((policy) => (iamTypes.has(policy.type) && isPackable(policy) ? packed.filter((other) => isSame(policy, other)) : [policy]));
  return [...kept, ...packed.filter((policy) => !former.some((other) => isSame(policy, other)))];
}

/** The keys that AWS, or a policy of the organization, takes for such of several values. */
function multivaluedKeysOf({ data }: OrganizationModel): IsMultivalued {
  const statements = data.policies.filter(isPackable).flatMap(({ content }) => statementsOf(content as PolicyDocument));
  const tests = statements.flatMap(({ Condition }) => testsOf(Condition)).filter(({ operator }) => conditionOperator(operator)?.set !== undefined);
  const context = new Context(new Map(), tests.map(({ key }) => key.toLowerCase()));
  return (key) => context.isMultivalued(key);
}

/** How many statements no policy says any more that said it before, at some target. */
function movedStatements(before: OrganizationModel, after: OrganizationModel, isMultivalued: IsMultivalued): number {
  const says = (policy: OrganizationPolicy | undefined, statement: PolicyStatementJson, targetIds: readonly string[]): boolean => policy !== undefined
    && targetIds.every((id) => policy.targetIds.includes(id)) && statementsOf(policy.content as PolicyDocument).some((other) => covers(other, statement, isMultivalued));
  const pairs = before.data.policies.filter(isPackable).map((old) => [old, after.data.policies.find(({ type, name }) => type === old.type && name === old.name)] as const);
  return pairs.reduce((sum, [policy]) => sum + statementsOf(policy.content as PolicyDocument).filter((statement) => (
    !pairs.some(([old, current]) => old.type === policy.type && says(old, statement, policy.targetIds) && says(current, statement, policy.targetIds))
  )).length, 0);
}
