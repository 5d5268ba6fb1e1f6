import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDeploymentGroup, LambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What is deployed, and what takes it back. */
export interface SafeFunctionDeploymentProps {
  /** What callers call. */
  readonly alias: Alias;
  /** While it is on, nothing is deployed; when it goes off, the version before comes back. */
  readonly rollbackAlarm: IAlarm;
}

/**
 * A new version of a function gets a tenth of the calls for five minutes, then all of them, unless an alarm goes off.
 *
 * Not CDK's `LambdaDeploymentGroup`, whose role can change every function of the account by AWS's own policy; this role changes one.
 */
export class SafeFunctionDeployment extends Construct {
  public constructor(scope: Construct, id: string, { alias, rollbackAlarm }: SafeFunctionDeploymentProps) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }),
      inlinePolicies: {
        deploy: new PolicyDocument({
          // What AWSCodeDeployRoleForLambdaLimited allows on all functions, without hooks and files of S3 (AWS Managed Policy Reference Guide, read 2026-11-23).
          statements: [
            new PolicyStatement({ actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'], resources: [alias.lambda.functionArn, alias.functionArn] }),
            new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'cloudwatch:DescribeAlarms reads alarms by a list of names, which is no resource.' });
    const group = new CfnDeploymentGroup(this, 'Group', {
      applicationName: application.applicationName,
      serviceRoleArn: role.roleArn,
      deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: [{ name: rollbackAlarm.alarmName }] },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] },
    });
    (alias.node.defaultChild as CfnResource).cfnOptions.updatePolicy = { codeDeployLambdaAliasUpdate: { applicationName: application.applicationName, deploymentGroupName: group.ref } };
  }
}
