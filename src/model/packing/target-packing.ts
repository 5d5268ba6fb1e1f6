import { lowerBound, policySize } from '../../analysis/packing';
import { PolicyDocument } from '../../analysis/policy-document';
import { statementsOf } from '../../analysis/statement';
import { AccountNode, OrganizationModel, OrganizationPolicy, UnitNode } from '../organization-model';
import { policyLimits } from '../policy-limits';
import { POLICY_TYPES, PolicyTypeFacts } from '../policy-types';

/** How much some policies are. */
export interface PolicyAmount {
  readonly policies: number;
  /** UTF-8 bytes of the documents without white space. */
  readonly bytes: number;
  readonly statements: number;
}

/** What a target carries of one policy type before and after, without what AWS attaches itself. */
export interface TargetPacking {
  /** `Root/Workloads/Prod`, `Root/Workloads/Prod/payments-prod`. */
  readonly path: string;
  readonly type: PolicyTypeFacts;
  readonly before: PolicyAmount;
  readonly after: PolicyAmount;
  /** Policies that the statements need, however they are distributed. */
  readonly lowerBound: number;
  /** UTF-8 bytes that one policy may have. */
  readonly maxBytes: number;
  /** Policies there is room for. */
  readonly room: number;
  /** What does not fit, for people. */
  readonly problems: readonly string[];
}

/** Every target that carries policies in the IAM language before or after. */
export function targetPackings(before: OrganizationModel, after: OrganizationModel, limits: { readonly maxBytes?: number; readonly maxCount?: number }): TargetPacking[] {
  const targets = [...before.units.flatMap((unit) => [unit, ...unit.accounts])];
  return POLICY_TYPES.filter(({ iamLanguage }) => iamLanguage).flatMap((type) => {
    const known = policyLimits(type, before);
    const maxBytes = limits.maxBytes ?? known.maxBytes;
    const room = limits.maxCount ?? known.maxPerTarget - known.reserved;
    return targets.flatMap((target): TargetPacking[] => {
      const [old, current] = [before, after].map((model) => model.attached(target.id, type.type));
      if (old!.length + current!.length === 0) return [];
      const path = pathOf(target);
      return [{
        path,
        type,
        before: amountOf(old!),
        after: amountOf(current!),
        lowerBound: lowerBound(current!.flatMap((policy) => statementsIn(policy)), maxBytes),
        maxBytes,
        room,
        problems: [
          ...(current!.length > room ? [`${path} needs ${current!.length} ${type.label}s, there is room for ${room}${limits.maxCount === undefined ? ` (${known.words})` : ''}`] : []),
          ...current!.filter(({ bytes }) => bytes > maxBytes).map(({ name, bytes }) => `${path}: ${type.label} ${name} has ${bytes} bytes, ${maxBytes} are allowed`),
        ],
      }];
    });
  });
}

/** How much policies are, each counted once. */
export function amountOf(policies: readonly OrganizationPolicy[]): PolicyAmount {
  return {
    policies: policies.length,
    bytes: policies.reduce((sum, { content }) => sum + (content === undefined ? 0 : policySize(content as PolicyDocument)), 0),
    statements: policies.reduce((sum, policy) => sum + statementsIn(policy).length, 0),
  };
}

function statementsIn({ content }: OrganizationPolicy) {
  return content === undefined ? [] : statementsOf(content as PolicyDocument);
}

/** `Root/Workloads/Prod/payments-prod` */
export function pathOf(target: UnitNode | AccountNode): string {
  return target.kind === 'account' ? `${target.unitPath}/${target.key}` : target.path;
}
