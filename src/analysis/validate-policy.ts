import { operatorHint, unreadable } from './condition-hint';
import { conditionOperator } from './condition-operator';
import { JsonPath, pathText, Position } from './json-source';
import { nearest } from './nearest';
import { PolicyDocument } from './policy-document';

/** Where a policy is used; the language differs a little. */
export type PolicyKind = 'service-control' | 'resource-control' | 'identity' | 'resource' | 'boundary';

/** What is wrong with a policy, where, and what was expected. */
export interface PolicyProblem {
  readonly file: string;
  /** Counted from 1. @default - not known, as the policy is no text */
  readonly line?: number;
  /** Counted from 1. @default - not known */
  readonly column?: number;
  /** `Statement[2].Condition.StringEquals`, statements counted from 0; empty for the document itself. */
  readonly path: string;
  readonly message: string;
  readonly expected: string;
}

export interface ParsedPolicy {
  /** The policy, when it has no problem. */
  readonly document?: PolicyDocument;
  readonly problems: readonly PolicyProblem[];
}

/** `policies/deny.json:14:7  Statement[2].Effect: "Block" is no effect; expected Allow or Deny`. */
export function problemText({ file, line, column, path, message, expected }: PolicyProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const hand = expected.startsWith('did you mean') ? expected : `expected ${expected}`;
  return `${place}  ${path === '' ? '' : `${path}: `}${message}; ${hand}`;
}

const LABELS: { readonly [kind in PolicyKind]: string } = {
  'service-control': 'a service control policy',
  'resource-control': 'a resource control policy',
  'identity': 'an identity policy',
  'resource': 'a resource policy',
  'boundary': 'a permission boundary',
};

const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const PRINCIPAL_KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/**
 * Checks a policy against the IAM language and what AWS takes for its kind.
 *
 * Sources (read 2026-11-22): https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html (the full language since 2025-09),
 * .../orgs_manage_policies_rcps_syntax.html and IAM's policy check "RCP syntax error action": a resource control policy denies, has Principal `*`, no
 * NotPrincipal or NotAction, and names a service in each action.
 *
 * @param where what the problems call the policy
 * @param position finds the place of a part in the text, where there is one
 */
export function validatePolicyDocument(
  value: unknown, where: string, kind: PolicyKind, position: (path: JsonPath) => Position | undefined = () => undefined,
): ParsedPolicy {
  const problems: PolicyProblem[] = [];
  new Validator(kind, (path, message, expected) => {
    problems.push({ file: where, ...position(path), path: pathText(path), message, expected });
  }).document(value);
  return problems.length > 0 ? { problems } : { document: value as PolicyDocument, problems };
}

type Report = (path: JsonPath, message: string, expected: string) => void;
type JsonObject = { readonly [name: string]: unknown };

class Validator {
  private readonly sids = new Map<string, number>();

  public constructor(private readonly kind: PolicyKind, private readonly report: Report) {}

  public document(value: unknown): void {
    if (!isObject(value)) {
      this.report([], `${describe(value)} is no policy`, 'an object with Version and Statement');
      return;
    }
    this.elements(value, [], DOCUMENT_ELEMENTS, 'a policy');
    const organization = this.kind === 'service-control' || this.kind === 'resource-control';
    if (value.Version === undefined ? organization : value.Version !== '2012-10-17' && (organization || value.Version !== '2008-10-17')) {
      this.report(value.Version === undefined ? [] : ['Version'], value.Version === undefined ? 'Version is missing' : `Version is ${describe(value.Version)}`,
        organization ? '"2012-10-17"' : '"2012-10-17", or the older "2008-10-17"');
    }
    if (value.Id !== undefined && typeof value.Id !== 'string') {
      this.report(['Id'], `Id is ${describe(value.Id)}`, 'a text');
    }
    if (value.Statement === undefined) {
      this.report([], 'Statement is missing', 'a statement or a list of them');
    } else if (Array.isArray(value.Statement)) {
      if (value.Statement.length === 0) {
        this.report(['Statement'], 'Statement is empty', 'at least one statement');
      }
      value.Statement.forEach((statement, index) => this.statement(statement, ['Statement', index], index));
    } else {
      this.statement(value.Statement, ['Statement'], 0);
    }
  }

  private statement(value: unknown, path: JsonPath, index: number): void {
    if (!isObject(value)) {
      this.report(path, `${describe(value)} is no statement`, 'an object with Effect, Action and Resource');
      return;
    }
    this.elements(value, path, STATEMENT_ELEMENTS, 'a statement');
    this.sid(value.Sid, [...path, 'Sid'], index);
    if (value.Effect !== 'Allow' && value.Effect !== 'Deny') {
      this.report(value.Effect === undefined ? path : [...path, 'Effect'],
        value.Effect === undefined ? 'Effect is missing' : `${describe(value.Effect)} is no effect`, '"Allow" or "Deny"');
    }
    this.oneOf(value, path, 'Action', 'NotAction', true);
    this.oneOf(value, path, 'Resource', 'NotResource', this.kind !== 'resource');
    this.actions(value.Action, [...path, 'Action']);
    this.actions(value.NotAction, [...path, 'NotAction']);
    this.texts(value.Resource, [...path, 'Resource'], 'resource', 'an ARN, a pattern of it or "*"', isResourcePattern);
    this.texts(value.NotResource, [...path, 'NotResource'], 'resource', 'an ARN, a pattern of it or "*"', isResourcePattern);
    this.principals(value, path);
    this.condition(value.Condition, [...path, 'Condition']);
    if (this.kind === 'resource-control') {
      this.resourceControl(value, path);
    }
  }

  private elements(value: JsonObject, path: JsonPath, known: readonly string[], what: string): void {
    for (const name of Object.keys(value).filter((key) => !known.includes(key))) {
      const meant = nearest(name, known);
      this.report([...path, name], `"${name}" is no element of ${what}`, meant ? `did you mean "${meant}"?` : known.join(', '));
    }
  }

  private sid(value: unknown, path: JsonPath, index: number): void {
    if (value === undefined) {
      return;
    }
    if (typeof value !== 'string') {
      this.report(path, `Sid is ${describe(value)}`, 'a text');
      return;
    }
    const first = this.sids.get(value);
    if (value !== '' && first !== undefined) {
      this.report(path, `the Sid "${value}" is already used by Statement[${first}]`, 'each Sid once in a policy');
    }
    this.sids.set(value, first ?? index);
  }

  private oneOf(value: JsonObject, path: JsonPath, one: string, other: string, isRequired: boolean): void {
    if (value[one] !== undefined && value[other] !== undefined) {
      this.report([...path, other], `both ${one} and ${other}`, `either ${one} or ${other}`);
    } else if (isRequired && value[one] === undefined && value[other] === undefined) {
      this.report(path, `neither ${one} nor ${other}`, `${one} or ${other}`);
    }
  }

  private actions(value: unknown, path: JsonPath): void {
    this.texts(value, path, 'action', 'service:Action, such as s3:GetObject or s3:Get*, or "*"', (text) => text === '*' || /^[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?]+$/.test(text));
  }

  /** A text or a list of texts, each of which passes. */
  private texts(value: unknown, path: JsonPath, what: string, expected: string, passes: (text: string) => boolean): void {
    if (value === undefined) {
      return;
    }
    const items = itemsOf(value, path);
    if (items.length === 0) {
      this.report(path, 'the list is empty', `at least one value: ${expected}`);
    }
    for (const [at, item] of items) {
      if (typeof item !== 'string') {
        this.report(at, `${describe(item)} is no ${what}`, expected);
      } else if (!passes(item)) {
        this.report(at, `"${item}" is no ${what}`, expected);
      }
    }
  }

  private principals(value: JsonObject, path: JsonPath): void {
    const present = ['Principal', 'NotPrincipal'].filter((name) => value[name] !== undefined);
    if (this.kind !== 'resource' && this.kind !== 'resource-control') {
      present.forEach((name) => this.report([...path, name], `${name} does not belong in ${LABELS[this.kind]}`, 'no principal; aws:PrincipalArn in a Condition'));
      return;
    }
    if (present.length !== 1) {
      this.report(present.length === 0 ? path : [...path, 'NotPrincipal'], present.length === 0 ? 'Principal is missing' : 'both Principal and NotPrincipal',
        this.kind === 'resource' ? 'either Principal or NotPrincipal' : 'Principal "*"');
    }
    if (value.NotPrincipal !== undefined && value.Effect === 'Allow') {
      this.report([...path, 'NotPrincipal'], 'NotPrincipal in an Allow', 'Principal; AWS takes NotPrincipal with Deny only');
    }
    present.forEach((name) => this.principal(value[name], [...path, name]));
  }

  private principal(value: unknown, path: JsonPath): void {
    if (isObject(value)) {
      for (const [kind, named] of Object.entries(value)) {
        if (PRINCIPAL_KINDS.includes(kind)) {
          this.texts(named, [...path, kind], 'principal', 'an ARN, an account id, the name of a service or "*"', (text) => text !== '');
        } else {
          const meant = nearest(kind, PRINCIPAL_KINDS);
          this.report([...path, kind], `"${kind}" is no kind of principal`, meant ? `did you mean "${meant}"?` : PRINCIPAL_KINDS.join(', '));
        }
      }
      if (Object.keys(value).length === 0) {
        this.report(path, 'no principal is named', '"*" or an object such as { "AWS": "111122223333" }');
      }
    } else if (value !== '*') {
      this.report(path, `${describe(value)} is no principal`, '"*" or an object such as { "AWS": "111122223333" }');
    }
  }

  private condition(value: unknown, path: JsonPath): void {
    if (value === undefined) {
      return;
    }
    if (!isObject(value)) {
      this.report(path, `Condition is ${describe(value)}`, 'an object of operators');
      return;
    }
    for (const [name, keys] of Object.entries(value)) {
      const operator = conditionOperator(name);
      if (!operator) {
        this.report([...path, name], `"${name}" is no condition operator`, operatorHint(name));
      }
      if (!isObject(keys)) {
        this.report([...path, name], `${name} is ${describe(keys)}`, 'an object of condition keys and values');
        continue;
      }
      for (const [key, values] of Object.entries(keys)) {
        const at = [...path, name, key];
        if (!/^[^:\s]+:.+$/.test(key)) {
          this.report(at, `"${key}" is no condition key`, 'prefix:name, such as aws:PrincipalArn');
        }
        this.conditionValues(values, at, operator?.comparison ?? 'equals');
      }
    }
  }

  private conditionValues(value: unknown, path: JsonPath, comparison: string): void {
    const items = itemsOf(value, path);
    if (items.length === 0) {
      this.report(path, 'the list is empty', 'at least one value');
    }
    for (const [at, item] of items) {
      if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') {
        this.report(at, `${describe(item)} is no condition value`, 'a text, a number, true or false');
      } else {
        const expected = unreadable(comparison, String(item));
        if (expected) {
          this.report(at, `"${item}" can never match`, expected);
        }
      }
    }
  }

  private resourceControl(value: JsonObject, path: JsonPath): void {
    const isFullAccess = value.Effect === 'Allow' && value.Principal === '*' && value.Action === '*' && value.Resource === '*' && value.Condition === undefined;
    if (isFullAccess) {
      return;
    }
    if (value.Effect === 'Allow') {
      this.report([...path, 'Effect'], 'an Allow in a resource control policy', '"Deny"; only AWS\'s own RCPFullAWSAccess allows');
    }
    if (value.Principal !== undefined && value.Principal !== '*') {
      this.report([...path, 'Principal'], `Principal is ${describe(value.Principal)}`, '"*"; say whom it is about in the Condition (aws:PrincipalArn, aws:PrincipalOrgID)');
    }
    for (const name of ['NotPrincipal', 'NotAction'].filter((element) => value[element] !== undefined)) {
      this.report([...path, name], `${name} in a resource control policy`, name === 'NotAction' ? 'Action' : 'Principal "*" with a Condition');
    }
    for (const action of [value.Action].flat()) {
      if (typeof action === 'string' && !/^[a-zA-Z0-9-]+:/.test(action)) {
        this.report([...path, 'Action'], `"${action}" names no service`, 'a service that supports resource control policies, such as s3:*');
      }
    }
  }
}

function isResourcePattern(text: string): boolean {
  // What a template leaves for later may stand for the whole ARN.
  return text === '*' || /^arn:/.test(text) || /^[*?]/.test(text) || /^(\$\{|\{\{|<)/.test(text);
}

/** A value or the values of a list, each with its path. */
function itemsOf(value: unknown, path: JsonPath): ReadonlyArray<readonly [JsonPath, unknown]> {
  return Array.isArray(value) ? value.map((item, index) => [[...path, index], item]) : [[path, value]];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : JSON.stringify(value) ?? 'nothing';
}
