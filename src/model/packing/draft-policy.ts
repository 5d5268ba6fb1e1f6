import { byteLength, policySize } from '../../analysis/packing';
import { PolicyDocument, PolicyStatementJson } from '../../analysis/policy-document';
import { documentOf } from '../../analysis/repacking';
import { statementsOf } from '../../analysis/statement';
import { OrganizationPolicy } from '../organization-model';

/** A policy while it is packed. */
export interface DraftPolicy {
  readonly name: string;
  readonly statements: readonly PolicyStatementJson[];
  readonly targetIds: readonly string[];
  /** The policy as it was, of the same name. @default - it is new */
  readonly former?: OrganizationPolicy;
}

/** The version whose variables are variables; others are left alone. */
const VERSION = '2012-10-17';

/** Whether a policy is packed at all: not what control sets become, which are packed when they are planned, nor what is not known or of an older version. */
export function isPackable({ content, controls }: OrganizationPolicy): boolean {
  return content !== undefined && controls.length === 0 && (content as PolicyDocument).Version === VERSION;
}

/** A policy to begin with. */
export function draftOf(policy: OrganizationPolicy): DraftPolicy {
  return { name: policy.name, statements: statementsOf(policy.content as PolicyDocument), targetIds: policy.targetIds, former: policy };
}

/** The document of a draft: the former one where it says the same to the letter; else without white space, Id and what was dropped. */
export function documentOfDraft({ statements, former }: DraftPolicy): PolicyDocument {
  const old = former?.content as PolicyDocument | undefined;
  if (old === undefined) {
    return documentOf(statements);
  }
  if (JSON.stringify(statementsOf(old)) === JSON.stringify(statements)) {
    return old;
  }
  // A list of one statement would be two bytes longer than the statement that was written.
  return statements.length === 1 && !Array.isArray(old.Statement) ? { Version: VERSION, Statement: statements[0]! } : documentOf(statements);
}

/** The policy of a draft. */
export function policyOfDraft(draft: DraftPolicy, type: string): OrganizationPolicy {
  const content = documentOfDraft(draft);
  const { former, name, targetIds } = draft;
  return { origin: {}, controls: [], unresolved: [], ...former, name, type, content, bytes: policySize(content), targetIds };
}

/** Characters of a policy's name (https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html, read 2026-11-22). */
const MAX_NAME = 128;

/** A name that no other policy of the type has: the given one with the first suffix that is free. It is taken then. */
export function freeName(name: string, suffixes: (index: number) => string, taken: Set<string>): string {
  for (let index = 1; ; index++) {
    const candidate = `${name.slice(0, MAX_NAME - suffixes(index).length)}${suffixes(index)}`;
    if (!taken.has(candidate)) {
      taken.add(candidate);
      return candidate;
    }
  }
}

/** UTF-8 bytes of a draft's policy. */
export function draftSize(draft: DraftPolicy): number {
  return byteLength(JSON.stringify(documentOfDraft(draft)));
}
