import { join } from 'path';
import { AssetStaging, Aws, CustomResource, Duration, FileAssetPackaging, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { isOptIn } from './opt-in';
import { acknowledgeProvider } from '../../custom-resource/provider-acknowledgements';
import { InputError } from '../../model/input-error';

/** Properties of opt-in Regions. */
export interface OptInRegionsProps {
  /** Regions that accounts have to opt in to: `['eu-central-2', 'ap-southeast-3']`. */
  readonly regions: string[];
  /** Says which accounts there are, in an order that stays: when it changes, a deployment waits until all have the Regions. @default - a deployment waits when `regions` changes; accounts that come are opted in within the hour */
  readonly accounts?: string[];
}

/** Bundled from `settings/handler.ts` by `scripts/bundle-handler.ts`; a test fails when it is stale. */
const HANDLER = join(__dirname, '..', '..', '..', 'assets', 'region-settings');

/** As long as Lambda runs. */
const TIMEOUT = Duration.minutes(15);

/**
 * Regions that every account of the organization opts in to: AWS opens those since 2019 to no account by itself. Goes to the management account, in the partition aws; the organization must trust
 * `account.amazonaws.com` first.
 *
 * A deployment starts 50 at a time, as many as AWS takes, and waits up to a quarter of an hour; AWS needs minutes, sometimes hours. What is not ready then fails the deployment with the accounts that are not, AWS goes
 * on, and the next deployment finds them ready. Each hour, accounts that came otherwise are opted in. Nothing is ever disabled.
 *
 * @example
 * new OptInRegions(stack, 'Regions', { regions: ['eu-central-2'] });
 */
export class OptInRegions extends Construct {
  public constructor(scope: Construct, id: string, { regions, accounts }: OptInRegionsProps) {
    super(scope, id);
    const problems = [
      ...(regions.length === 0 ? ['regions is empty'] : []),
      ...regions.filter((region, at) => regions.indexOf(region) !== at).map((region) => `${region} is named twice`),
      ...regions.filter((region) => !isOptIn(region)).map((region) => `${region} is open to every account: leave it out`),
    ];
    if (problems.length > 0) throw new InputError(`OptInRegions ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const handler = this.provider(regions);
    const wanted = { Regions: regions, ManagementAccountId: Aws.ACCOUNT_ID };
    const rule = new CfnRule(this, 'Hourly', {
      description: 'Opts accounts in that came to the organization', scheduleExpression: 'rate(1 hour)', targets: [{ id: 'OptIn', arn: handler.attrArn, input: Stack.of(this).toJsonString(wanted) }],
    });
    new CfnPermission(this, 'HourlyRun', { action: 'lambda:InvokeFunction', functionName: handler.ref, principal: 'events.amazonaws.com', sourceArn: rule.attrArn });
    new CustomResource(this, 'OptIn', {
      resourceType: 'Custom::OptInRegions', serviceToken: handler.attrArn, serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      properties: { ...wanted, ...(accounts && { Accounts: accounts }) },
    });
  }

  private provider(regions: readonly string[]): CfnFunction {
    const description = 'Opts accounts of the organization in to Regions';
    const logGroup = new CfnLogGroup(this, 'Log', { retentionInDays: 365 });
    logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const role = new CfnRole(this, 'Role', {
      description,
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    });
    const own = `arn:${Aws.PARTITION}:account::${Aws.ACCOUNT_ID}:account`;
    const policy = new CfnPolicy(this, 'Policy', {
      policyName: 'opt-in-regions',
      roles: [role.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Accounts', Effect: 'Allow', Action: 'organizations:ListAccounts', Resource: '*' },
          { Sid: 'Look', Effect: 'Allow', Action: 'account:ListRegions', Resource: [own, `${own}/*`] },
          // These Regions alone: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsaccountmanagement.html (read 2026-11-23)
          { Sid: 'OptIn', Effect: 'Allow', Action: 'account:EnableRegion', Resource: [own, `${own}/*`], Condition: { StringEquals: { 'account:TargetRegion': regions } } },
          { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup.attrArn },
        ],
      },
    });
    Validations.of(policy).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'organizations:ListAccounts takes no narrower resource (Service Authorization Reference, read 2026-11-23).' },
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:account::<AWS::AccountId>:account/*]', reason: 'All accounts of the organization, those that come too.' },
    );
    const staging = new AssetStaging(this, 'Code', { sourcePath: HANDLER });
    const code = Stack.of(this).synthesizer.addFileAsset({ packaging: FileAssetPackaging.ZIP_DIRECTORY, sourceHash: staging.assetHash, fileName: staging.relativeStagedPath(Stack.of(this)) });
    const handler = new CfnFunction(this, 'Function', {
      description,
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { s3Bucket: code.bucketName, s3Key: code.objectKey },
      role: role.attrArn,
      loggingConfig: { logGroup: logGroup.ref },
      timeout: TIMEOUT.toSeconds(),
      memorySize: 256,
    });
    handler.addResourceDependency(policy);
    acknowledgeProvider({ handler, logGroup, permissions: policy });
    return handler;
  }
}
