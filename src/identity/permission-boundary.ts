import { Aspects, AspectPriority, CfnResource, IAspect, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, CfnUser } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { boundaryDocument, managedPolicySize, MAX_MANAGED_POLICY } from './boundary-document';
import { DEFAULT_BOUNDARY } from '../controls/boundary-name';
import { ControlSet } from '../controls/control-set';
import { Controls } from '../controls/controls';
import { PlatformPrincipals } from '../controls/platform-principals';
import { propertiesToAsk } from '../controls/template-properties';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** What a permissions boundary is called and leaves. */
export interface PermissionBoundaryProps {
  /** Name of the managed policy, with its path; the same in every account. @default 'landing-zone/boundary' */
  readonly policyName?: string;
  /** Actions of which a role may have any: `s3:*`. @default ['*'] */
  readonly allowedActions?: string[];
  /** Actions that no role has, whatever its policies say. @default - the organization, accounts, IAM Identity Center, billing and commitments */
  readonly deniedActions?: string[];
  /** Principals above the boundary: it lets nobody change or pass their roles. The same as the zone's. @default PlatformPrincipals.standard() */
  readonly platformPrincipals?: PlatformPrincipals;
}

/** What no team's role needs; each a service prefix of the service authorization reference (read 2026-11-23). */
const NEVER = ['account:*', 'aws-portal:*', 'billing:*', 'identitystore:*', 'organizations:*', 'payments:*', 'savingsplans:*', 'sso-directory:*', 'sso:*'];

/** Of a managed policy with its path: 128 characters of a name, 512 of a path (IAM quotas, read 2026-11-23). */
const NAME = /^(?:[A-Za-z0-9._,+@=-]+\/){0,8}[A-Za-z0-9._,+@=-]{1,128}$/;

const BOUNDED_TYPES = ['AWS::IAM::Role', 'AWS::IAM::User'];

/**
 * A permissions boundary: the most that roles of an account can do, whatever their policies say. Whoever has it makes roles with the same boundary alone, cannot take it off, edit it,
 * pass or change a role of the platform, or use users, groups and identity providers to get around it.
 *
 * Deploy it in every account (a `Baseline`), then enable `PermissionBoundary.controlSet()`, which holds it against those who do not have it, and apply it to what is deployed.
 *
 * @example
 * new PermissionBoundary(stack, 'Boundary');
 * PermissionBoundary.applyTo(app);
 */
export class PermissionBoundary extends Construct {
  /** Controls that keep a boundary of this name, complete in itself: LZ.IAM.10 and LZ.IAM.12, and what they rest on. */
  public static controlSet(policyName: string = DEFAULT_BOUNDARY): ControlSet {
    return ControlSet.of(
      'permission-boundary', Controls.requirePermissionsBoundary({ policyName }), Controls.sealPermissionsBoundary({ policyName }),
      Controls.protectPlatformRoles(), Controls.denyIamUsers(), Controls.protectIdentityProviders(),
    );
  }

  /**
   * Gives the boundary to all roles and users of a scope that have none, those that CDK makes by itself for custom resources among them. Synthesis fails where one is left with another
   * boundary or with none; CDK's aspects do not reach into the stages of a scope, so apply it to each stage.
   */
  public static applyTo(scope: IConstruct, policyName: string = DEFAULT_BOUNDARY): void {
    checkName(policyName);
    Aspects.of(scope).add(new BoundaryAspect(policyName), { priority: AspectPriority.MUTATING });
    scope.node.addValidation({ validate: () => unbounded(scope, policyName) });
  }

  /** Name of the managed policy, with its path. */
  public readonly policyName: string;
  /** ARN of the policy in the stack's account. */
  public readonly policyArn: string;

  public constructor(scope: Construct, id: string, props: PermissionBoundaryProps = {}) {
    super(scope, id);
    this.policyName = props.policyName ?? DEFAULT_BOUNDARY;
    checkName(this.policyName);
    const document = boundaryDocument({
      policyName: this.policyName,
      allowedActions: props.allowedActions ?? ['*'],
      deniedActions: props.deniedActions ?? NEVER,
      platformRoles: (props.platformPrincipals ?? PlatformPrincipals.standard()).principals.filter(({ isServiceLinked }) => !isServiceLinked).map(({ rolePattern }) => rolePattern),
    });
    this.checkDocument(props, managedPolicySize(document));
    const names = this.policyName.split('/');
    const policy = new CfnManagedPolicy(this, 'Resource', {
      managedPolicyName: names[names.length - 1],
      path: names.length > 1 ? `/${names.slice(0, -1).join('/')}/` : '/',
      description: 'The most that roles of this account can do, whatever their policies say',
      policyDocument: document,
    });
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const actions = [props.allowedActions ?? ['*']].flat().filter((action) => action.includes('*'));
    for (const finding of ['Resource::*', ...actions.map((action) => `Action::${action}`)]) {
      Validations.of(policy).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[${finding}]`, reason: 'A boundary gives nothing: it is the most that the policies of a role can give.' });
    }
    this.policyArn = boundaryArn(Stack.of(this), this.policyName);
  }

  private checkDocument({ allowedActions, deniedActions }: PermissionBoundaryProps, size: number): void {
    const malformed = [...allowedActions ?? [], ...deniedActions ?? []].filter((action) => !/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/.test(action));
    const problems = [
      ...malformed.map((action) => `"${action}" is no action: expected service:Name, like s3:GetObject or s3:*`),
      ...(allowedActions?.length === 0 ? ['allowedActions is empty: no role could do anything. Name what teams work with, like [\'s3:*\', \'lambda:*\']'] : []),
      ...(size > MAX_MANAGED_POLICY ? [`the policy has ${size} characters, and AWS takes ${MAX_MANAGED_POLICY}: name fewer actions, by patterns like s3:*`] : []),
    ];
    if (problems.length > 0) throw new InputError(`Permissions boundary ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

class BoundaryAspect implements IAspect {
  public constructor(private readonly policyName: string) {}

  public visit(node: IConstruct): void {
    if (!isBounded(node) || propertiesToAsk(node)?.PermissionsBoundary !== undefined) return;
    const arn = boundaryArn(Stack.of(node), this.policyName);
    if (node instanceof CfnRole || node instanceof CfnUser) node.permissionsBoundary = arn;
    else node.addPropertyOverride('PermissionsBoundary', arn);
  }
}

/** By type, not by class: CDK makes the roles of its custom resources as plain resources. */
function isBounded(node: IConstruct): node is CfnResource {
  return CfnResource.isCfnResource(node) && BOUNDED_TYPES.includes(node.cfnResourceType);
}

function boundaryArn(stack: Stack, policyName: string): string {
  const partition = Token.isUnresolved(stack.region) ? stack.partition : partitionOf(stack.region);
  return `arn:${partition}:iam::${stack.account}:policy/${policyName}`;
}

/** Roles and users of the scope, stages and all, whose boundary is missing or another one. */
function unbounded(scope: IConstruct, policyName: string): string[] {
  return scope.node.findAll().filter(isBounded).flatMap((resource) => {
    const properties = propertiesToAsk(resource);
    const expected = Stack.of(resource).resolve(boundaryArn(Stack.of(resource), policyName));
    const found = properties?.PermissionsBoundary;
    if (properties === undefined || JSON.stringify(found) === JSON.stringify(expected)) return [];
    const is = found === undefined ? 'has no permissions boundary' : `has the permissions boundary ${JSON.stringify(found)}`;
    const fix = found === undefined ? 'If it is in a stage, call PermissionBoundary.applyTo for the stage too' : 'Take that one off, or leave this scope out of PermissionBoundary.applyTo';
    return [`${resource.node.path} ${is}, and ${policyName} is expected. ${fix}`];
  });
}

function checkName(policyName: string): void {
  if (!NAME.test(policyName)) {
    throw new InputError(`"${policyName}" cannot be the name of a permissions boundary: expected a name with a path or without, like landing-zone/boundary`);
  }
}
