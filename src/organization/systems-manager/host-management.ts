import { Aws, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnServiceSetting } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html (read 2026-11-23) */
const SETTING = '/ssm/managed-instance/default-ec2-instance-management-role';

/**
 * Default Host Management Configuration: Systems Manager manages each instance that uses IMDSv2 and has an agent, with a role of the account and without an instance profile.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html (read 2026-11-23)
 *
 * The role is one of this Region, because no Region waits for the role of another, and because its AWS name, AWSSystemsManagerDefaultEC2InstanceManagementRole, may be taken by the console.
 * @param statements what nodes may do besides
 */
export function manageHosts(scope: Construct, statements: readonly object[]): void {
  const role = new CfnRole(scope, 'HostRole', {
    description: 'Systems Manager on instances without an instance profile of their own',
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    managedPolicyArns: [`arn:${Aws.PARTITION}:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy`],
    ...(statements.length > 0 && { policies: [{ policyName: 'sessions', policyDocument: { Version: '2012-10-17', Statement: statements } }] }),
  });
  Validations.of(role).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy]', reason: 'What the agent calls is AWS\'s to know; it is the policy that AWS keeps for this role.' },
    { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'The agent looks for the log group and whether it is encrypted: logs:DescribeLogGroups takes no narrower resource (Service Authorization Reference, read 2026-11-23).' },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role, and goes with it.' },
  );
  new CfnServiceSetting(scope, 'HostManagement', { settingId: SETTING, settingValue: role.ref });
}
