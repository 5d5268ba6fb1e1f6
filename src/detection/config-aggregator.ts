import { Validations } from 'aws-cdk-lib';
import { CfnConfigurationAggregator } from 'aws-cdk-lib/aws-config';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * What AWS Config knows of all accounts and Regions, in one place. For the account that administers AWS Config for the organization.
 *
 * @example
 * new ConfigAggregator(stack, 'Aggregator');
 */
export class ConfigAggregator extends Construct {
  /** Name of the aggregator, for queries. */
  public readonly aggregatorName: string = 'landing-zone';

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new CfnRole(this, 'Role', {
      description: 'AWS Config looks up the accounts of the organization',
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      // As AWSConfigRoleForOrganizations has it (AWS Config Developer Guide, "Creating Aggregators", read 2026-11-23).
      policies: [{
        policyName: 'organization',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow', Resource: '*',
            Action: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization', 'organizations:ListAccounts', 'organizations:ListDelegatedAdministrators'],
          }],
        },
      }],
    });
    Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role.' });
    Validations.of(role).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'Looking up the organization takes no narrower resource (Service Authorization Reference, read 2026-11-23).' });
    new CfnConfigurationAggregator(this, 'Resource', {
      configurationAggregatorName: this.aggregatorName, organizationAggregationSource: { roleArn: role.attrArn, allAwsRegions: true },
    });
  }
}
