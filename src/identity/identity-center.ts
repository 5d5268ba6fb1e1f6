import { Aspects, IAspect, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnGroup } from 'aws-cdk-lib/aws-identitystore';
import { CfnAssignment, CfnPermissionSet } from 'aws-cdk-lib/aws-sso';
import { Construct, IConstruct } from 'constructs';
import { Grant, planAssignments, PlannedAssignment, PlannedTarget } from './assignment-plan';
import { AssignmentTarget } from './assignment-target';
import { IdentityGroup } from './identity-group';
import { PermissionSet } from './permission-set';
import { valueFrom } from '../delivery/stack-output';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';
import { Account } from '../organization/account';
import { Organization } from '../organization/organization';
import { refuseDeployment } from '../organization/placeholder-refusal';

/** Where IAM Identity Center is, and who administers it. */
export interface IdentityCenterProps {
  /** The organization whose accounts people get into. */
  readonly organization: Organization;
  /** ARN of the instance: `arn:aws:sso:::instance/ssoins-1234567890abcdef`. */
  readonly instanceArn: string;
  /** Id of the directory: `d-1234567890`. @default - no groups are made; all of them exist */
  readonly identityStoreId?: string;
  /** Region of the instance. */
  readonly region: string;
  /** The account that administers Identity Center for the organization; it cannot assign anything in the management account. @default - the management account */
  readonly administrator?: Account;
  /** How the names of the stacks begin. @default - the id of the construct */
  readonly stackName?: string;
  /**
   * Stacks that assignments are spread over by the key of their account, so that adding one moves none. Eight hold about 2,800 assignments; decide before there are more.
   * @default 8
   */
  readonly assignmentStacks?: number;
}

/** Who gets what where. */
export interface AssignmentOptions {
  /** Who. */
  readonly group: IdentityGroup;
  /** What. */
  readonly permissionSet: PermissionSet;
  /** Where; what several targets share is assigned once. */
  readonly targets: AssignmentTarget[];
  /** Where not. @default - none */
  readonly except?: AssignmentTarget[];
}

/**
 * People in the accounts of the organization: permission sets, groups, and assignments by unit, tag or account, as native CloudFormation resources.
 *
 * Accounts may be added until synthesis. The logical id and the stack of an assignment follow from its account, group and permission set alone.
 *
 * @example
 * declare const zone: LandingZone;
 * const people = new IdentityCenter(zone, 'People', { organization: zone.organization, instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', region: 'eu-west-1' });
 * people.assign({
 *   group: IdentityGroup.existing('payments', '906763a2-40b1-7041-9c31-4c8d1a2b3c4d'),
 *   permissionSet: PermissionSets.developer(),
 *   targets: [AssignmentTarget.tag('team', 'payments')],
 *   except: [AssignmentTarget.unit('Workloads/Prod')],
 * });
 */
export class IdentityCenter extends Construct {
  /** Stack of permission sets and groups. */
  public readonly stack: Stack;
  private readonly sets = new Map<string, { readonly set: PermissionSet; readonly resource: CfnPermissionSet }>();
  private readonly groups = new Map<string, { readonly group: IdentityGroup; readonly id: string }>();
  private readonly grants: Grant[] = [];
  private readonly problems: string[] = [];
  private isPlanned = false;

  public constructor(scope: Construct, id: string, private readonly props: IdentityCenterProps) {
    super(scope, id);
    this.checkProps();
    this.stack = this.newStack('Sets', '', 'IAM Identity Center: permission sets and groups');
    const planner: IAspect = { visit: (node) => this.plan(node) };
    Aspects.of(this).add(planner);
    this.node.addValidation({ validate: () => this.problems });
  }

  /** Gives a group a permission set in accounts. Fails where another set or group of the name is known. */
  public assign(options: AssignmentOptions): void {
    this.addPermissionSet(options.permissionSet);
    this.addGroup(options.group);
    if (options.targets.length === 0) throw new InputError(`Group ${options.group.key} gets ${options.permissionSet.name} nowhere: name targets, like AssignmentTarget.unit('Workloads')`);
    const delegated = this.props.administrator && options.targets.find(({ _kind }) => _kind === 'managementAccount');
    if (delegated) {
      throw new InputError(`Group ${options.group.key} gets ${options.permissionSet.name} in the management account, and Identity Center is administered by ${this.props.administrator!.key}: `
        + 'AWS lets a delegated administrator change neither assignments nor permission sets of the management account. Leave administrator out, or keep another IdentityCenter for the management account');
    }
    const planned = (targets: readonly AssignmentTarget[]): PlannedTarget[] => targets.map(({ _kind: kind, words, _subject: subject, _value: value }) => ({ kind, words, subject, value }));
    this.grants.push({ group: options.group.key, permissionSet: options.permissionSet.name, targets: planned(options.targets), except: planned(options.except ?? []) });
  }

  /** Makes a permission set that nobody has yet. Fails where another one of the name is known. */
  public addPermissionSet(set: PermissionSet): void {
    const known = this.sets.get(set.name)?.set;
    if (known) {
      if (JSON.stringify(known) !== JSON.stringify(set)) throw new InputError(`There are two permission sets "${set.name}" that differ: name one of them otherwise`);
      return;
    }
    const { instanceArn, region } = this.props;
    const resource = new CfnPermissionSet(scopeIn(this.stack, 'Sets'), set.name, {
      instanceArn,
      name: set.name,
      description: set.description,
      sessionDuration: `PT${set.sessionHours}H`,
      ...(set.managedPolicies.length > 0 && { managedPolicies: set.managedPolicies.map((name) => `arn:${partitionOf(region)}:iam::aws:policy/${name}`) }),
      ...(set.customerPolicies.length > 0 && { customerManagedPolicyReferences: set.customerPolicies.map(nameAndPath) }),
      ...(set._document && { inlinePolicy: set._document }),
      ...(set.permissionsBoundary !== undefined && { permissionsBoundary: { customerManagedPolicyReference: nameAndPath(set.permissionsBoundary) } }),
    });
    this.sets.set(set.name, { set, resource });
  }

  private addGroup(group: IdentityGroup): void {
    const known = this.groups.get(group.key)?.group;
    if (known) {
      if (JSON.stringify(known) !== JSON.stringify(group)) throw new InputError(`There are two groups "${group.key}" that differ: give one of them another key`);
      return;
    }
    if (group.groupId !== undefined) {
      this.groups.set(group.key, { group, id: group.groupId });
      return;
    }
    const { identityStoreId } = this.props;
    if (identityStoreId === undefined) throw new InputError(`Group ${group.key} is to be made, and the directory is not known: give identityStoreId, like d-1234567890, or IdentityGroup.existing`);
    const resource = new CfnGroup(scopeIn(this.stack, 'Groups'), group.key, { identityStoreId, displayName: group.displayName!, description: 'Made by the landing zone; who is in it is decided elsewhere' });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.groups.set(group.key, { group, id: resource.attrGroupId });
  }

  /** Once the tree is whole: aspects run before synthesis, after the app's code. */
  private plan(node: IConstruct): void {
    if (node !== this || this.isPlanned) return;
    this.isPlanned = true;
    const { organization, assignmentStacks = 8 } = this.props;
    const { assignments, problems } = planAssignments({
      grants: this.grants,
      accounts: organization.accounts.map(({ key, accountId, unit, accountTags }) => ({ key, accountId, unitPath: unit.targetPath, tags: accountTags })),
      managementAccount: { key: organization.managementAccount.key ?? 'management', accountId: organization.managementAccountId },
      units: organization.units.map(({ targetPath }) => targetPath),
      stacks: assignmentStacks,
    });
    this.problems.push(...problems.map((problem) => `${this.node.path}: ${problem}`));
    if (problems.length > 0) return;
    const made = new Map<string, CfnAssignment>();
    for (const assignment of assignments) {
      const resource = this.makeAssignment(assignment);
      if (assignment.after !== undefined) resource.addResourceDependency(made.get(assignment.after)!);
      made.set(assignment.key, resource);
    }
  }

  private makeAssignment({ key, group, permissionSet, accountId, stack: share, reason }: PlannedAssignment): CfnAssignment {
    const { organization, instanceArn, assignmentStacks = 8 } = this.props;
    const id = `Assignments${share}`;
    const stack = (this.node.tryFindChild(id) as Stack | undefined) ?? this.newStack(id, `-${id}`, `IAM Identity Center: assignments, share ${share + 1} of ${assignmentStacks}`);
    stack.addStackDependency(this.stack);
    if (organization._hasPlaceholder(accountId)) refuseDeployment(stack, `assignments in placeholder account ids, as ${accountId}`);
    const resource = new CfnAssignment(scopeIn(stack, 'Assignments'), key, {
      instanceArn,
      permissionSetArn: valueFrom(this.stack, `Set.${permissionSet}`, this.sets.get(permissionSet)!.resource.attrPermissionSetArn, stack),
      principalId: valueFrom(this.stack, `Group.${group}`, this.groups.get(group)!.id, stack),
      principalType: 'GROUP',
      targetId: accountId,
      targetType: 'AWS_ACCOUNT',
    });
    if (reason !== undefined) resource.addMetadata('Reason', reason);
    return resource;
  }

  private newStack(id: string, suffix: string, description: string): Stack {
    const { organization, administrator, region, stackName } = this.props;
    return new Stack(this, id, { stackName: `${stackName ?? this.node.id}${suffix}`, description, env: { account: administrator?.accountId ?? organization.managementAccountId, region } });
  }

  private checkProps(): void {
    const { instanceArn, identityStoreId, assignmentStacks = 8 } = this.props;
    const problems = [
      ...(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/.test(instanceArn) ? [] : [`instanceArn is "${instanceArn}": expected one like arn:aws:sso:::instance/ssoins-1234567890abcdef; "aws sso-admin list-instances" says it`]),
      ...(identityStoreId === undefined || /^(d-[0-9a-f]{10}|[0-9a-f-]{36})$/.test(identityStoreId) ? [] : [`identityStoreId is "${identityStoreId}": expected one like d-1234567890; "aws sso-admin list-instances" says it`]),
      ...(Number.isInteger(assignmentStacks) && assignmentStacks >= 1 && assignmentStacks <= 128 ? [] : [`assignmentStacks is ${assignmentStacks}: a whole number of 1 to 128 is expected`]),
    ];
    if (problems.length > 0) throw new InputError(`IdentityCenter ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Below another scope, logical ids have a hash of the whole key: pay-ments and payments are two. */
function scopeIn(stack: Stack, id: string): Construct {
  return (stack.node.tryFindChild(id) as Construct | undefined) ?? new Construct(stack, id);
}

/** AWS takes the path with its slashes: `/landing-zone/`. */
function nameAndPath(policy: string): { readonly name: string; readonly path: string } {
  const at = policy.lastIndexOf('/') + 1;
  return { name: policy.slice(at), path: `/${policy.slice(0, at)}` };
}
