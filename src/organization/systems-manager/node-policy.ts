import { Aws, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What a node of this Region needs to write what is done in sessions, as a policy for instance profiles: `landing-zone-session-logs-eu-west-1`. */
export function nodePolicy(scope: Construct, logGroup: CfnLogGroup): void {
  const policy = new CfnManagedPolicy(scope, 'NodePolicy', {
    managedPolicyName: `landing-zone-session-logs-${Aws.REGION}`,
    description: 'For instance profiles: writes what is done in sessions of Session Manager',
    policyDocument: { Version: '2012-10-17', Statement: sessionLogStatements(logGroup) },
  });
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'The agent looks whether the log group is encrypted: logs:DescribeLogGroups takes no narrower resource (Service Authorization Reference, read 2026-11-23).',
  });
}

/** What the agent calls for the log of sessions: https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html (read 2026-11-23) */
export function sessionLogStatements(logGroup: CfnLogGroup): object[] {
  return [
    { Sid: 'SessionLog', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], Resource: logGroup.attrArn },
    { Sid: 'LogGroups', Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
  ];
}
