import { Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PipelineOptions } from './pipeline-options';
import { partitionOf } from '../model/partition';

/** Roles of the CDK bootstrap stacks: those that read, and those that deploy. */
const BOOTSTRAP_ROLES = { plan: ['lookup'], apply: ['deploy', 'file-publishing', 'image-publishing', 'lookup'] } as const;

/** What a role of a pipeline may do. */
export type PipelineTask = keyof typeof BOOTSTRAP_ROLES;

/** Properties of a role of a pipeline. */
export interface PipelineRoleProps {
  readonly task: PipelineTask;
  /** What follows `landing-zone-`. @default - the task */
  readonly name?: string;
  readonly description: string;
  readonly trust: object;
  /** Seconds after which a session ends. @default 3600 */
  readonly seconds?: number;
  /** What the role may do beside becoming bootstrap roles. @default - nothing */
  readonly further?: { readonly policyName: string; readonly statements: readonly object[] };
}

/** A role that becomes roles of the CDK bootstrap stacks, in accounts of the organization, and does nothing else that it is not told. */
export function addPipelineRole(scope: Construct, id: string, options: PipelineOptions, props: PipelineRoleProps): CfnRole {
  const { organizationId, bootstrapQualifier = 'hnb659fds' } = options;
  const partition = partitionOf(Stack.of(scope).region);
  const resources = BOOTSTRAP_ROLES[props.task].map((kind) => `arn:${partition}:iam::*:role/cdk-${bootstrapQualifier}-${kind}-role-*`);
  const become = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resources, Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } } };
  const role = new CfnRole(scope, id, {
    roleName: `landing-zone-${props.name ?? props.task}`,
    description: props.description,
    maxSessionDuration: props.seconds ?? 3600,
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [props.trust] },
    policies: [
      { policyName: 'become-bootstrap-roles', policyDocument: { Version: '2012-10-17', Statement: [become] } },
      ...(props.further === undefined ? [] : [{ policyName: props.further.policyName, policyDocument: { Version: '2012-10-17', Statement: props.further.statements } }]),
    ],
  });
  for (const resource of resources) {
    Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason: 'The bootstrap role of any account and Region of the organization, and no other role.' });
  }
  return role;
}

/** The trust of jobs that show a token of an identity provider. */
export function webIdentityTrust(provider: string, conditions: object): object {
  return { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: conditions };
}
