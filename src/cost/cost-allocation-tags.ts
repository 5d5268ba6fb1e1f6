import { join } from 'path';
import { AssetStaging, CustomResource, Duration, FileAssetPackaging, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeProvider } from '../custom-resource/provider-acknowledgements';
import { InputError } from '../model/input-error';

/** Properties of cost allocation tags. */
export interface CostAllocationTagsProps {
  /** Keys of the tags, in their spelling; 500 at most. */
  readonly keys: string[];
}

/** Bundled from `settings/handler.ts` by `scripts/bundle-handler.ts`; a test fails when it is stale. */
const HANDLER = join(__dirname, '..', '..', 'assets', 'cost-settings');

const TIMEOUT = Duration.minutes(5);

/** Quota of active keys of a payer account: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-limits.html (read 2026-11-23) */
const MAX_KEYS = 500;

/**
 * Tags by which costs are told apart in the bill, in Cost Explorer, budgets and cost categories. Goes to the management account, in any Region of the partition aws.
 *
 * CloudFormation has no type for them. AWS knows a key up to 24 hours after its first use on a resource; the deployment does not wait for that: each day a function activates what has become known, and says in its log
 * what has not. Nothing is ever deactivated, neither a key that is taken out here nor all when the construct is deleted: the bill would lose columns that others read.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html (read 2026-11-23)
 *
 * @example
 * declare const tagging: TaggingStandard;
 * new CostAllocationTags(stack, 'CostAllocationTags', { keys: tagging.costAllocationKeys });
 */
export class CostAllocationTags extends Construct {
  public constructor(scope: Construct, id: string, { keys }: CostAllocationTagsProps) {
    super(scope, id);
    const wrong = [
      ...(keys.length === 0 ? ['give at least one key'] : []),
      ...(keys.length > MAX_KEYS ? [`${keys.length} keys: AWS has ${MAX_KEYS} active ones at most`] : []),
      ...keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `key ${key} is there twice`),
      ...keys.filter((key) => key.trim() === '').map(() => 'a key is empty'),
    ];
    if (wrong.length > 0) throw new InputError(`CostAllocationTags ${this.node.path}:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
    const handler = this.provider();
    const rule = new CfnRule(this, 'Daily', {
      description: 'Activates cost allocation tags that AWS has come to know', scheduleExpression: 'rate(1 day)',
      targets: [{ id: 'Activate', arn: handler.attrArn, input: JSON.stringify({ Keys: keys }) }],
    });
    new CfnPermission(this, 'DailyRun', { action: 'lambda:InvokeFunction', functionName: handler.ref, principal: 'events.amazonaws.com', sourceArn: rule.attrArn });
    new CustomResource(this, 'Tags', {
      resourceType: 'Custom::CostAllocationTags', serviceToken: handler.attrArn, serviceTimeout: TIMEOUT.plus(Duration.minutes(1)), properties: { Keys: keys },
    });
  }

  private provider(): CfnFunction {
    const description = 'Activates cost allocation tags';
    const logGroup = new CfnLogGroup(this, 'Log', { retentionInDays: 365 });
    logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const role = new CfnRole(this, 'Role', {
      description,
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    });
    const policy = new CfnPolicy(this, 'Policy', {
      policyName: 'cost-allocation-tags',
      roles: [role.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Tags', Effect: 'Allow', Action: ['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'], Resource: '*' },
          { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup.attrArn },
        ],
      },
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'Cost allocation tags belong to the account and take no narrower resource (Service Authorization Reference, read 2026-11-23).',
    });
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
