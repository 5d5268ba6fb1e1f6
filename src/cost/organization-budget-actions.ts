import { CfnOutput, Fn, Stack, Validations } from 'aws-cdk-lib';
import { CfnBudget, CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BudgetAction } from './budget-action';
import { subscribersOf } from './budget-resource';
import { PlatformPrincipals } from '../controls/platform-principals';
import { mark } from '../organization/metadata';
import { Organization } from '../organization/organization';
import { OrganizationPolicy } from '../organization/organization-policy';
import { OrganizationPolicyDocument } from '../organization/policy-document-source';
import { IPolicyTarget } from '../organization/policy-target';
import { OrganizationPolicyType } from '../organization/policy-type';

/** A budget that was made, and its stack. */
export interface MadeBudget {
  readonly resource: CfnBudget;
  readonly stack: Stack;
}

/** An account or a unit that a policy is attached to, when its budget reaches the action's threshold. */
export interface PlannedAction {
  readonly action: BudgetAction;
  /** Path of the target. */
  readonly path: string;
  readonly target: IPolicyTarget;
  readonly budget: MadeBudget;
  readonly emails: readonly string[];
  readonly topicArn?: string;
}

/** What actions are made with. */
export interface OrganizationBudgetActionsProps {
  readonly organization: Organization;
  readonly platform: PlatformPrincipals;
  readonly partition: string;
  /** Names begin with it. */
  readonly name: string;
  /** Actions that the policy denies. */
  readonly newSpend: readonly string[];
  readonly planned: readonly PlannedAction[];
}

/**
 * Budget actions: one service control policy without targets for all of them, the role by which AWS Budgets attaches it, and an action beside each budget.
 *
 * The role attaches and detaches this policy, to and from these targets, and nothing else:
 * https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-action-role.html (read 2026-11-23).
 */
export class OrganizationBudgetActions extends Construct {
  private readonly policy: OrganizationPolicy;
  private readonly role: CfnRole;
  private policyOutput: CfnOutput | undefined;

  public constructor(scope: Construct, id: string, private readonly props: OrganizationBudgetActionsProps) {
    super(scope, id);
    this.policy = this.makePolicy();
    this.role = this.makeRole();
    for (const planned of props.planned) this.makeAction(planned);
  }

  private makePolicy(): OrganizationPolicy {
    const { organization, platform, partition, name, newSpend } = this.props;
    const document = OrganizationPolicyDocument.json(OrganizationPolicyType.SERVICE_CONTROL, { name: `${name}-no-new-spend`, description: 'Attached by AWS Budgets when a budget is used up' }, {
      Version: '2012-10-17',
      Statement: [{ Sid: 'NoNewSpend', Effect: 'Deny', Action: [...newSpend], Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': platform.arnPatterns(partition) } } }],
    });
    return new OrganizationPolicy(this, 'NoNewSpend', { organization, document });
  }

  private makeRole(): CfnRole {
    const { organization, partition, name, planned } = this.props;
    const { account } = Stack.of(this);
    const arnOf = (path: string) => `arn:${partition}:organizations::${account}:${path}`;
    const organizationId = organization._idIn(this);
    const targets = planned.map(({ action, target }) => arnOf(`${action.kind === 'unit' ? 'ou' : 'account'}/${organizationId}/${this.idOf(action, target, this)}`));
    const role = new CfnRole(this, 'Role', {
      roleName: `${name}-budget-actions`,
      description: 'By which AWS Budgets attaches the policy against new spend, and takes it away',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Principal: { Service: 'budgets.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:${partition}:budgets::${account}:budget/*` } },
        }],
      },
      policies: [{
        policyName: 'AttachNoNewSpend',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow',
            Action: ['organizations:AttachPolicy', 'organizations:DetachPolicy'],
            Resource: [this.policy.resource.attrArn, ...targets],
            Condition: { StringEquals: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' } },
          }],
        },
      }],
    });
    Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role.' });
    return role;
  }

  /** The id of an action comes from its target: another threshold changes it in place. */
  private makeAction({ action, path, target, budget: { resource, stack }, emails, topicArn }: PlannedAction): void {
    const { partition } = this.props;
    const { threshold: { kind, value, unit }, _options: { byApproval = false } } = action;
    const isHome = stack === Stack.of(this);
    const scope = (stack.node.tryFindChild('Actions') as Construct | undefined) ?? new Construct(stack, 'Actions');
    const made = new CfnBudgetsAction(scope, path.replace(/\//g, '.'), {
      budgetName: (resource.budget as CfnBudget.BudgetDataProperty).budgetName!,
      actionType: 'APPLY_SCP_POLICY',
      actionThreshold: { type: unit, value },
      notificationType: kind,
      approvalModel: byApproval ? 'MANUAL' : 'AUTOMATIC',
      definition: { scpActionDefinition: { policyId: isHome ? this.policy.resource.attrId : this.policyId(), targetIds: [this.idOf(action, target, scope)] } },
      executionRoleArn: `arn:${partition}:iam::${stack.account}:role/${this.role.roleName}`,
      subscribers: subscribersOf({ emails, ...(topicArn !== undefined && { topicArn }) }).map(({ subscriptionType: type, address }) => ({ type, address })),
    });
    made.addResourceDependency(resource);
    if (isHome) made.addResourceDependency(this.role);
    mark(made, { kind: 'budget-action', target: path });
  }

  /** An account's id is known before: stacks with placeholders refuse deployment. */
  private idOf({ kind }: BudgetAction, target: IPolicyTarget, user: Construct): string {
    return kind === 'unit' ? this.props.organization._idIn(user, target) : (target as IPolicyTarget & { readonly accountId: string }).accountId;
  }

  private policyId(): string {
    this.policyOutput ??= new CfnOutput(this, 'PolicyId', { value: this.policy.resource.attrId, description: 'Id of the policy against new spend' });
    const home = Stack.of(this);
    return Fn.getStackOutput(home.stackName, home.resolve(this.policyOutput.logicalId));
  }
}
