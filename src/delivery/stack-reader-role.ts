import { Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DEFAULT_READER_ROLE } from './stack-output';
import { partitionOf } from '../model/partition';

/** Properties of the role that reads stack outputs. */
export interface StackReaderRoleProps {
  /** Id of the organization whose accounts may read: `o-abcdefghij`. */
  readonly organizationId: string;
  /** Name of the role; the same in every account. @default 'landing-zone-stack-reader' */
  readonly roleName?: string;
}

/**
 * A role that lets the accounts of the organization read the outputs of this account's stacks, and nothing else: what connects stacks of different accounts
 * (`Fn::GetStackOutput`) reads by it. One an account, in one Region, deployed before the stacks that read.
 *
 * Outputs are no secrets: whoever is of the organization reads them.
 *
 * @example
 * new StackReaderRole(stack, 'StackReader', { organizationId: 'o-abcdefghij' });
 */
export class StackReaderRole extends Construct {
  /** Name of the role. */
  public readonly roleName: string;

  public constructor(scope: Construct, id: string, props: StackReaderRoleProps) {
    super(scope, id);
    this.roleName = props.roleName ?? DEFAULT_READER_ROLE;
    const { account, region } = Stack.of(this);
    const stacks = (owner: string) => `arn:${partitionOf(region)}:cloudformation:*:${owner}:stack/*`;
    const role = new CfnRole(this, 'Resource', {
      roleName: this.roleName,
      description: 'Accounts of the organization read the outputs of stacks',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:PrincipalOrgID': props.organizationId } },
        }],
      },
      policies: [{
        policyName: 'read-stack-outputs',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: stacks(account) }],
        },
      }],
    });
    Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role.' }, {
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${stacks(Token.isUnresolved(account) ? '<AWS::AccountId>' : account)}]`,
      reason: 'Outputs of all stacks of the account are to be read, and nothing but them.',
    });
  }
}
