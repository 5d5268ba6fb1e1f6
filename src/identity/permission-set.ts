import { PolicyDocument } from '../analysis/policy-document';
import { InputError } from '../model/input-error';

/** One statement of a permission set's own policy. */
export interface PermissionStatement {
  /** `Allow` unless it denies. @default false */
  readonly denies?: boolean;
  /** Actions: `ec2:DescribeVpcs`, `ec2:Get*`. */
  readonly actions: string[];
  /** Resource ARNs. @default ['*'] */
  readonly resources?: string[];
  /** Condition block of the policy language. @default - none */
  readonly conditions?: { [operator: string]: any };
}

/** What a permission set gives. */
export interface PermissionSetProps {
  /** Name in AWS, and the key: another name is another set. Letters, digits and _ + = , @ -, at most 32. */
  readonly name: string;
  /** What it is for, in one sentence. */
  readonly description: string;
  /** Hours after which a session ends: 1 to 12; at most 4 where the set gives everything and has no boundary. */
  readonly sessionHours: number;
  /** AWS managed policies by name, with their path: `job-function/ViewOnlyAccess`. @default - none */
  readonly managedPolicies?: string[];
  /** Customer managed policies by name, with their path; they must exist in every account that it is assigned in. @default - none */
  readonly customerPolicies?: string[];
  /** Its own policy. @default - none */
  readonly statements?: PermissionStatement[];
  /** Permissions boundary: name of a customer managed policy, with its path, which must exist in every account that it is assigned in. @default - none */
  readonly permissionsBoundary?: string;
}

/** Managed policies of a role (IAM quotas: 10 by default, read 2026-11-23). */
const MAX_POLICIES = 10;

/** Characters of the policy of a set (API reference of PutInlinePolicyToPermissionSet, read 2026-11-23). */
const MAX_INLINE = 32_768;

/** Hours of a set that gives everything. */
const MAX_PRIVILEGED_HOURS = 4;

const EVERYTHING = ['AdministratorAccess', 'IAMFullAccess', 'PowerUserAccess'];

/**
 * What a group of people may do in the accounts that it is assigned in, and for how long a session lasts.
 *
 * @example
 * const billing = PermissionSet.of({ name: 'Billing', description: 'Reads bills', sessionHours: 8, managedPolicies: ['AWSBillingReadOnlyAccess'] });
 */
export class PermissionSet {
  /** A set of your own. Fails with all that AWS would refuse, and where a set that gives everything has long sessions. */
  public static of(props: PermissionSetProps): PermissionSet {
    return new PermissionSet(props);
  }

  /** Name in AWS, and the key. */
  public readonly name: string;
  /** What it is for. */
  public readonly description: string;
  /** Hours after which a session ends. */
  public readonly sessionHours: number;
  /** Name of the permissions boundary, with its path. */
  public readonly permissionsBoundary?: string;
  /** AWS managed policies by name. */
  public readonly managedPolicies: string[];
  /** Customer managed policies by name. */
  public readonly customerPolicies: string[];
  /** Its own policy; undefined when it has none. @internal */
  public readonly _document: PolicyDocument | undefined;

  private constructor(props: PermissionSetProps) {
    this.name = props.name;
    this.description = props.description;
    this.sessionHours = props.sessionHours;
    this.permissionsBoundary = props.permissionsBoundary;
    this.managedPolicies = props.managedPolicies ?? [];
    this.customerPolicies = props.customerPolicies ?? [];
    this._document = documentOf(props.statements ?? []);
    const problems = this.problems();
    if (problems.length > 0) throw new InputError(`Permission set "${props.name}":\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }

  /** Whether it gives everything, or IAM, without a boundary. @internal */
  public get _isPrivileged(): boolean {
    if (this.permissionsBoundary !== undefined) return false;
    const allowed = [this._document?.Statement ?? []].flat().filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => [Action ?? []].flat());
    return this.managedPolicies.some((name) => EVERYTHING.includes(name)) || allowed.some((action) => action === '*' || /^iam:(\*|Create|Put|Attach|Pass|Update)/i.test(action));
  }

  private problems(): string[] {
    const { name, description, sessionHours, managedPolicies, customerPolicies, permissionsBoundary } = this;
    const policies = managedPolicies.length + customerPolicies.length;
    const malformed = [...managedPolicies, ...customerPolicies, ...permissionsBoundary === undefined ? [] : [permissionsBoundary]].filter((policy) => !/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/.test(policy));
    const size = this._document ? JSON.stringify(this._document).length : 0;
    return [
      ...(/^[A-Za-z0-9_+=,@-]{1,32}$/.test(name) ? [] : ['its name must be 1 to 32 letters, digits and _ + = , @ -']),
      ...(/^[\x20-\x7e\xa1-\xff]{1,700}$/.test(description) ? [] : ['its description must be 1 to 700 printable characters of Latin']),
      ...(Number.isInteger(sessionHours) && sessionHours >= 1 && sessionHours <= 12 ? [] : [`sessionHours is ${sessionHours}: a whole number of 1 to 12 is expected`]),
      ...(this._isPrivileged && sessionHours > MAX_PRIVILEGED_HOURS ? [`it gives everything, or IAM, without a boundary, so its sessions last ${MAX_PRIVILEGED_HOURS} hours at most and not ${sessionHours}: shorten them, or give it permissionsBoundary`] : []),
      ...(policies > MAX_POLICIES ? [`it has ${policies} managed policies, and a role takes ${MAX_POLICIES}`] : []),
      ...malformed.map((policy) => `"${policy}" is no name of a managed policy: expected one like SecurityAudit or job-function/ViewOnlyAccess, without arn:`),
      ...(size > MAX_INLINE ? [`its own policy has ${size} characters, and AWS takes ${MAX_INLINE}`] : []),
      ...(policies + size === 0 ? ['it gives nothing: name managedPolicies, customerPolicies or statements'] : []),
    ];
  }
}

function documentOf(statements: readonly PermissionStatement[]): PolicyDocument | undefined {
  if (statements.length === 0) return undefined;
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ denies, actions, resources, conditions }) => ({
      Effect: denies === true ? 'Deny' : 'Allow', Action: actions, Resource: resources ?? ['*'], ...(conditions && { Condition: conditions }),
    })),
  };
}
