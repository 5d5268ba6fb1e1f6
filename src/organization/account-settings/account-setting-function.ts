import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCOUNT_SETTING_ROLE_PATH } from '../../controls/account-setting-role';
import { acknowledgeProvider } from '../../custom-resource/provider-acknowledgements';

/** Bundled from `handler.ts` by `scripts/bundle-handler.ts`; a test fails when it is stale. */
const HANDLER = join(__dirname, '..', '..', '..', 'assets', 'account-settings', 'index.js');

/** Time that a run has. */
export const SETTING_TIMEOUT = Duration.minutes(10);

/** What a function that sets an account may do. */
export interface AccountSettingPermissions {
  /** What it is for: description of function and role. */
  readonly description: string;
  /** Statements of its policy; the log is added. */
  readonly statements: readonly object[];
  /** Resources with `*` that AwsSolutions asks about, as it writes them, and why they are so. */
  readonly wide: { readonly [resource: string]: string };
}

/**
 * The function that sets an account, in a scope of its own. Its code is in the template, so that a stack set delivers it; its role is known by its path, and may do what its scope needs and no more.
 */
export function accountSettingFunction(scope: Construct, { description, statements, wide }: AccountSettingPermissions): CfnFunction {
  const logGroup = new CfnLogGroup(scope, 'Log', { retentionInDays: 365 });
  logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const role = new CfnRole(scope, 'Role', {
    description,
    path: `/${ACCOUNT_SETTING_ROLE_PATH}`,
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    policies: [{
      policyName: 'settings',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [...statements, { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup.attrArn }],
      },
    }],
  });
  for (const [resource, reason] of Object.entries(wide)) Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
  const handler = new CfnFunction(scope, 'Function', {
    description,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: { zipFile: readFileSync(HANDLER, 'utf8') },
    role: role.attrArn,
    loggingConfig: { logGroup: logGroup.ref },
    timeout: SETTING_TIMEOUT.toSeconds(),
    memorySize: 256,
  });
  acknowledgeProvider({ handler, logGroup, permissions: role });
  // A second run of a request would take what the first one turned on for found.
  new CfnEventInvokeConfig(scope, 'RunOnce', { functionName: handler.ref, qualifier: '$LATEST', maximumRetryAttempts: 0 });
  return handler;
}
