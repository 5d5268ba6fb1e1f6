import { Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PipelineOptions } from './pipeline-options';
import { partitionOf } from '../model/partition';

/** Roles of the CDK bootstrap stacks: those that read, and those that deploy. */
const BOOTSTRAP_ROLES = { plan: ['lookup'], apply: ['deploy', 'file-publishing', 'image-publishing', 'lookup'] } as const;

/** A statement of a policy. */
export interface RoleStatement { readonly [element: string]: unknown }

/** Properties of a role of a pipeline. */
export interface PipelineRoleProps {
  /** What follows `landing-zone-`. */
  readonly name: string;
  readonly description: string;
  readonly trust: RoleStatement;
  /** Which bootstrap roles it becomes. @default - none */
  readonly becomes?: keyof typeof BOOTSTRAP_ROLES;
  /** Seconds after which a session ends. @default 3600 */
  readonly seconds?: number;
  /** What the role may do beside that. @default - nothing */
  readonly further?: readonly RoleStatement[];
}

/** A role that becomes roles of the CDK bootstrap stacks, in accounts of the organization, and does nothing else that it is not told. */
export function addPipelineRole(scope: Construct, id: string, options: PipelineOptions, { name, description, trust, becomes, seconds = 3600, further = [] }: PipelineRoleProps): CfnRole {
  const resources = becomes === undefined ? [] : bootstrapRoles(scope, options, becomes);
  const document = (...statements: readonly RoleStatement[]) => ({ Version: '2012-10-17', Statement: statements });
  const role = new CfnRole(scope, id, {
    roleName: `landing-zone-${name}`,
    description,
    maxSessionDuration: seconds,
    assumeRolePolicyDocument: document(trust),
    policies: [
      ...(becomes === undefined ? [] : [{
        policyName: 'become-bootstrap-roles',
        policyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resources, Condition: { StringEquals: { 'aws:ResourceOrgID': options.organizationId } } }),
      }]),
      ...(further.length === 0 ? [] : [{ policyName: 'work', policyDocument: document(...further) }]),
    ],
  });
  for (const resource of resources) {
    Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason: 'The bootstrap role of any account and Region of the organization, and no other role.' });
  }
  Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role, and goes with it.' });
  return role;
}

/** ARN of a role of a pipeline. */
export function pipelineRoleArn(scope: Construct, name: string): string {
  const { account, region } = Stack.of(scope);
  return `arn:${partitionOf(region)}:iam::${account}:role/landing-zone-${name}`;
}

/** The trust of jobs that show a token of an identity provider. */
export function webIdentityTrust(provider: string, conditions: object): RoleStatement {
  return { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: conditions };
}

function bootstrapRoles(scope: Construct, { bootstrapQualifier = 'hnb659fds' }: PipelineOptions, becomes: keyof typeof BOOTSTRAP_ROLES): string[] {
  const partition = partitionOf(Stack.of(scope).region);
  return BOOTSTRAP_ROLES[becomes].map((kind) => `arn:${partition}:iam::*:role/cdk-${bootstrapQualifier}-${kind}-role-*`);
}
