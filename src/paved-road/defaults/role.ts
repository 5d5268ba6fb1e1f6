import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { completed } from './completed';
import { referredTo } from './reference';

interface Allowing {
  readonly Sid: string;
  readonly [part: string]: unknown;
}

/** The role of the stack that a resource names by its ARN; undefined for one that somebody else made. */
export function roleOf(resource: CfnResource, roleArn: unknown): CfnRole | undefined {
  const stack = Stack.of(resource);
  const target = referredTo(roleArn);
  if (target !== undefined) return target instanceof CfnRole && Stack.of(target) === stack ? target : undefined;
  const arn = JSON.stringify(stack.resolve(roleArn));
  return stack.node.findAll().find((one): one is CfnRole => one instanceof CfnRole && Stack.of(one) === stack && JSON.stringify(stack.resolve(one.attrArn)) === arn);
}

const ALLOWED = Symbol.for('cdk-landing-zone.paved-road.allowed');

/** What the paved road lets a role do, by names of policies. */
type Allowed = Map<string, readonly Allowing[]>;

/** Adds a statement to a policy of the paved road within the role, once. Within it, because a policy of its own could come after what needs it. */
export function allow(role: CfnRole, policyName: string, statement: Allowing): void {
  const allowed = allowedTo(role);
  const statements = allowed.get(policyName) ?? [];
  if (!statements.some(({ Sid }) => Sid === statement.Sid)) allowed.set(policyName, [...statements, statement]);
}

function allowedTo(role: CfnRole): Allowed {
  const known: Allowed | undefined = (role as any)[ALLOWED];
  if (known) return known;
  const allowed: Allowed = new Map();
  (role as any)[ALLOWED] = allowed;
  role.policies = completed(role.policies, (policies: any[] = []) => withAllowed(policies, allowed));
  return allowed;
}

/** A role has one policy of a name. */
function withAllowed(policies: readonly any[], allowed: Allowed): object[] {
  const others = policies.filter(({ policyName }) => !allowed.has(policyName));
  return [...others, ...[...allowed].map(([policyName, statements]) => {
    const before = policies.find((policy) => policy.policyName === policyName)?.policyDocument.Statement ?? [];
    return { policyName, policyDocument: { Version: '2012-10-17', Statement: [...[before].flat(), ...statements] } };
  })];
}

export function allowTraces(role: CfnRole): void {
  allow(role, 'trace', { Sid: 'Trace', Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' });
  acknowledgeStar(role, 'AWS X-Ray takes no narrower resource for traces that are sent (Service Authorization Reference, read 2026-11-23).');
}

/** Says why a statement of the paved road has no narrower resource. */
export function acknowledgeStar(role: CfnRole, reason: string): void {
  Validations.of(role).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason });
}

const KEEPS = Symbol.for('cdk-landing-zone.paved-road.keeps-managed-policies');

/** Leaves a role the policies that AWS manages, because something else that uses it needs them; whether it is asked before or after they are taken. */
export function keepManagedPolicies(roleArn: unknown): void {
  const role = referredTo(roleArn);
  if (role instanceof CfnRole) (role as any)[KEEPS] = true;
}

/** Takes a policy that AWS manages from a role, what it gave being given by narrower statements. */
export function withoutManagedPolicy(role: CfnRole, name: string): void {
  role.managedPolicyArns = completed(role.managedPolicyArns, (arns: readonly unknown[] = []) => {
    if ((role as any)[KEEPS] === true) return arns;
    const left = arns.filter((arn) => !JSON.stringify(arn).includes(`:iam::aws:policy/${name}"`));
    return left.length > 0 ? left : undefined;
  });
}
