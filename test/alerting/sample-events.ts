/** Events as AWS documents them, shortened to what patterns and messages read, and what routing makes of them: `Source.severity`; nothing where nobody is told. */
export interface Sample {
  readonly name: string;
  readonly event: any;
  readonly routed: string | undefined;
}

const envelope = (source: string, detailType: string, detail: object, more: object = {}) => ({
  'version': '0', 'id': '6f87d04b-9f74-4f04-a780-7acf4b0a9b38', 'detail-type': detailType, source, 'account': '111122223333', 'time': '2026-11-23T10:00:00Z', 'region': 'us-east-1', 'resources': [], detail, ...more,
});

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html and the AWS Security Finding Format (read 2026-11-23) */
const finding = (label: string, more: object = {}) => envelope('aws.securityhub', 'Security Hub Findings - Imported', {
  findings: [{
    SchemaVersion: '2018-10-08', Id: 'arn:aws:securityhub:us-east-1:444455556666:subscription/x/finding/1', ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub', AwsAccountId: '444455556666',
    Title: 'S3.1 S3 general purpose buckets should have "block public access" settings enabled', Severity: { Label: label }, RecordState: 'ACTIVE', Workflow: { Status: 'NEW' }, ...more,
  }],
});

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html (read 2026-11-23) */
export const guardDuty = (severity: number, archived = false) => envelope('aws.guardduty', 'GuardDuty Finding', {
  schemaVersion: '2.0', accountId: '444455556666', region: 'us-east-1', id: '16afba5c5c43e07c9e3e5e2e544e95df', type: 'Canary:EC2/Stateless.IntegTest', severity, title: 'Canary: integration test', service: { archived },
});

/** https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html (read 2026-11-23) */
const health = (category: string, detailType = 'AWS Health Event') => envelope('aws.health', detailType, {
  eventArn: 'arn:aws:health:us-east-1::event/EC2/AWS_EC2_X/1', service: 'EC2', eventTypeCode: 'AWS_EC2_X', eventTypeCategory: category, affectedAccount: '444455556666',
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html (read 2026-11-23) */
const signIn = (userIdentity: object, more: object = {}) => envelope('aws.signin', 'AWS Console Sign In via CloudTrail', {
  eventVersion: '1.08', userIdentity, eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventID: 'e1', eventType: 'AwsConsoleSignIn', ...more,
});

const ROOT = { type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' };

const call = (source: string, eventName: string, userIdentity: object, more: object = {}) => envelope(source, 'AWS API Call via CloudTrail', {
  eventVersion: '1.08', userIdentity, eventSource: `${source.slice(4)}.amazonaws.com`, eventName, eventID: 'e2', eventType: 'AwsApiCall', ...more,
});

const assume = (roleArn: string, eventName = 'AssumeRole') => call('aws.sts', eventName, { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/emergency-1' }, { readOnly: true, requestParameters: { roleArn, roleSessionName: 'x' } });

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html (read 2026-11-23) */
const config = (complianceType: string, configRuleName = 'encrypted-volumes', messageType = 'ComplianceChangeNotification') => envelope('aws.config', 'Config Rules Compliance Change', {
  resourceId: 'vol-1', awsRegion: 'us-east-1', awsAccountId: '111122223333', configRuleName, messageType, newEvaluationResult: { complianceType },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html (read 2026-11-23) */
const alarm = (alarmName: string, value: string) => envelope('aws.cloudwatch', 'CloudWatch Alarm State Change', {
  alarmName, state: { value, reason: 'Threshold Crossed', timestamp: '2026-11-23T10:00:00.000+0000' }, previousState: { value: 'OK' }, configuration: { metrics: [] },
}, { resources: [`arn:aws:cloudwatch:us-east-1:111122223333:alarm:${alarmName}`] });

export const SAMPLES: readonly Sample[] = [
  ...['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].map((label) => ({ name: `a ${label} finding`, event: finding(label), routed: `SecurityHub.${label.toLowerCase()}` })),
  { name: 'a finding that informs', event: finding('INFORMATIONAL'), routed: undefined },
  { name: 'a finding that somebody took', event: finding('HIGH', { Workflow: { Status: 'NOTIFIED' } }), routed: undefined },
  { name: 'a finding that is archived', event: finding('HIGH', { RecordState: 'ARCHIVED' }), routed: undefined },
  { name: 'a finding of GuardDuty in Security Hub', event: finding('HIGH', { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' }), routed: undefined },
  { name: 'a finding of Inspector', event: finding('HIGH', { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/inspector' }), routed: 'SecurityHub.high' },
  ...[[9.5, 'critical'], [9, 'critical'], [8.9, 'high'], [7, 'high'], [6.9, 'medium'], [4, 'medium'], [3.9, 'low'], [0.1, 'low']].map(([severity, words]) => (
    { name: `GuardDuty ${severity}`, event: guardDuty(severity as number), routed: `GuardDuty.${words}` })),
  { name: 'GuardDuty, archived', event: guardDuty(8, true), routed: undefined },
  { name: 'an issue', event: health('issue'), routed: 'Health.high' },
  { name: 'an investigation', event: health('investigation'), routed: 'Health.high' },
  { name: 'a scheduled change', event: health('scheduledChange'), routed: 'Health.medium' },
  { name: 'a notification', event: health('accountNotification'), routed: 'Health.low' },
  { name: 'abuse', event: health('issue', 'AWS Health Abuse Event'), routed: 'Health.critical' },
  { name: 'a sign-in of root', event: signIn(ROOT), routed: 'RootUse.critical' },
  { name: 'a sign-in of a user', event: signIn({ type: 'IAMUser' }), routed: undefined },
  { name: 'a call of root', event: call('aws.iam', 'CreateAccessKey', ROOT), routed: 'RootUse.critical' },
  { name: 'a reading call of root', event: call('aws.s3', 'ListBuckets', ROOT, { readOnly: true }), routed: 'RootUse.critical' },
  { name: 'a call of a service for root', event: call('aws.kms', 'CreateGrant', { ...ROOT, invokedBy: 'rds.amazonaws.com' }), routed: undefined },
  { name: 'an event of a service', event: call('aws.kms', 'RotateKey', ROOT, { eventType: 'AwsServiceEvent' }), routed: undefined },
  { name: 'somebody who becomes break-glass', event: assume('arn:aws:iam::111122223333:role/break-glass'), routed: 'BreakGlass.critical' },
  { name: 'the same by SAML', event: assume('arn:aws:iam::111122223333:role/break-glass', 'AssumeRoleWithSAML'), routed: 'BreakGlass.critical' },
  { name: 'another role', event: assume('arn:aws:iam::111122223333:role/not-break-glass'), routed: undefined },
  { name: 'a path that is another role', event: assume('arn:aws:iam::111122223333:role/team/break-glass'), routed: undefined },
  { name: 'a resource that breaks a rule', event: config('NON_COMPLIANT'), routed: 'Config.medium' },
  { name: 'a resource that keeps it', event: config('COMPLIANT'), routed: undefined },
  { name: 'a rule of Security Hub', event: config('NON_COMPLIANT', 'securityhub-encrypted-volumes-1234'), routed: undefined },
  { name: 'an event that somebody sends', event: { ...guardDuty(9), source: 'my.guardduty' }, routed: undefined },
  { name: 'an alarm that calls', event: alarm('orders-api-availability-page', 'ALARM'), routed: 'Alarms.high' },
  { name: 'an alarm that waits for the morning', event: alarm('orders-work-stuck-ticket', 'ALARM'), routed: 'Alarms.medium' },
  { name: 'the same alarm when it is over', event: alarm('orders-api-availability-page', 'OK'), routed: undefined },
  { name: 'an alarm of others', event: alarm('cpu-high', 'ALARM'), routed: undefined },
];
