/**
 * Services whose actions resource control policies apply to; others are not bound by them, whatever a policy says.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services, as of 2026-09-26.
 */
const SERVICES = new Set([
  'aoss', 'appconfig', 'appstream', 'autoscaling', 'autoscaling-plans', 'budgets', 'clouddirectory', 'cloudfront', 'cloudsearch', 'cloudtrail-data',
  'codeartifact', 'codebuild', 'codecommit', 'codepipeline', 'cognito-identity', 'cognito-idp', 'comprehend', 'comprehendmedical',
  'compute-optimizer', 'cost-optimization-hub', 'dax', 'dsql', 'dynamodb', 'ecr', 'ecr-public', 'events', 'firehose', 'fis', 'fms', 'gamelift',
  'health', 'inspector-scan', 'kendra', 'kinesisvideo', 'kms', 'logs', 'memorydb', 'networkmonitor', 'notifications', 'opensearch',
  'pca-connector-ad', 'personalize', 'polly', 'pricing', 'resource-groups', 'rolesanywhere', 's3', 'secretsmanager', 'servicediscovery', 'signin',
  'sqs', 'sts', 'support', 'swf', 'textract', 'timestream-influxdb', 'transcribe', 'transfer', 'translate', 'wafv2', 'workspaces', 'xray',
]);

/** Whether resource control policies apply to an action, or can to one of those that a pattern stands for. */
export function supportsResourceControl(action: string): boolean {
  const service = action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
  return SERVICES.has(service) || /[*?]/.test(service);
}
