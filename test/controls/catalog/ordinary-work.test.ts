import { decide, statementsOf } from './zone-values';
import { ControlRequest } from '../../../src/controls/control';
import { ControlSet } from '../../../src/controls/control-set';

const HERE = { 'aws:RequestedRegion': ['eu-west-1'], 'ec2:RoleDelivery': [], 'aws:SecureTransport': ['true'] };
const APPLICATION = 'arn:aws:iam::111122223333:role/application';
const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1';
const KEY = { 'kms:ResourceAliases': ['alias/shop'] };

/** What a team does on any day, without being a platform principal, in every unit below the root. */
const EVERYWHERE: readonly ControlRequest[] = [
  { action: 'cloudformation:CreateStack', resource: STACK },
  { action: 'cloudformation:DeleteStack', resource: STACK },
  { action: 'iam:CreateRole', resource: APPLICATION, context: { 'iam:PermissionsBoundary': [] } },
  { action: 'iam:PassRole', resource: APPLICATION },
  { action: 'iam:CreateServiceLinkedRole', resource: 'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS' },
  { action: 'sts:AssumeRole', resource: APPLICATION },
  { action: 's3:CreateBucket', resource: 'arn:aws:s3:::shop-uploads' },
  { action: 's3:DeleteBucket', resource: 'arn:aws:s3:::shop-uploads' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::shop-uploads/one', context: { 's3:x-amz-server-side-encryption-customer-algorithm': [], 'aws:ResourceOrgID': ['o-example123'] } },
  { action: 'lambda:CreateFunction', resource: 'arn:aws:lambda:eu-west-1:111122223333:function:shop' },
  { action: 'logs:DeleteLogGroup', resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/shop' },
  { action: 'logs:PutRetentionPolicy', resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/shop' },
  { action: 'events:PutRule', resource: 'arn:aws:events:eu-west-1:111122223333:rule/nightly' },
  { action: 'sns:CreateTopic', resource: 'arn:aws:sns:eu-west-1:111122223333:orders' },
  { action: 'dynamodb:CreateTable' },
  { action: 'kms:CreateKey', context: { 'kms:BypassPolicyLockoutSafetyCheck': ['false'] } },
  { action: 'kms:Decrypt', context: KEY },
  { action: 'ec2:CreateVpc' },
  { action: 'ec2:DescribeInstances' },
  { action: 'ec2:AuthorizeSecurityGroupIngress' },
  { action: 'route53:ChangeResourceRecordSets' },
  { action: 'securityhub:BatchUpdateFindings' },
  { action: 'guardduty:ArchiveFindings' },
  { action: 'support:CreateCase' },
];

/** What stays free at the root and in accounts for experiments; stricter sets take it away. */
const FREE: readonly ControlRequest[] = [
  { action: 'ec2:CreateInternetGateway' },
  { action: 'ec2:CreateNatGateway' },
  { action: 'ec2:DeleteFlowLogs' },
  { action: 'ec2:AssociateAddress' },
  { action: 'iam:CreateOpenIDConnectProvider' },
  { action: 'network-firewall:DeleteFirewall' },
  { action: 'route53:DeleteHostedZone' },
  { action: 'sts:GetWebIdentityToken' },
  { action: 'lightsail:CreateInstances' },
];

/** By principals that are not of the organization, or not principals. */
const FROM_OUTSIDE: readonly ControlRequest[] = [
  { action: 's3:PutObject', principal: 'cloudtrail.amazonaws.com', context: { 'aws:SourceAccount': ['111122223333'], 'aws:SourceOrgID': ['o-example123'] } },
  { action: 'sts:AssumeRole', principal: 'lambda.amazonaws.com', context: { 'aws:SourceAccount': [] } },
  { action: 'sts:AssumeRoleWithSAML', principal: 'arn:aws:iam::999999999999:role/federated', context: { 'aws:PrincipalOrgID': [] } },
  { action: 'cognito-idp:InitiateAuth', principal: 'arn:aws:iam::999999999999:role/anybody', context: { 'aws:PrincipalOrgID': [] } },
];

const together = (...names: readonly string[]) => names.flatMap((name) => ControlSet.byName(name)!.controls.flatMap((control) => statementsOf(control)));

test.each<[string, readonly ControlRequest[], readonly string[]]>([
  ['at the root', [...EVERYWHERE, ...FREE, ...FROM_OUTSIDE], ['foundational']],
  ['in accounts for experiments', [...EVERYWHERE, ...FREE, ...FROM_OUTSIDE], ['foundational', 'sandbox']],
  ['in accounts that run software', [...EVERYWHERE, ...FROM_OUTSIDE], ['foundational', 'workload']],
  ['in accounts with regulated data', [...EVERYWHERE, ...FROM_OUTSIDE], ['foundational', 'workload', 'regulated']],
])('%s, the sets leave ordinary work alone', (_where, requests, sets) => {
  const statements = together(...sets);
  const stopped = requests.map((request) => {
    const { decision, reasons } = decide(statements, { ...request, context: { ...HERE, ...request.context } });
    return decision === 'allowed' ? [] : [request.action, decision, reasons.filter(({ effect }) => effect === 'Deny').map(({ statement, when }) => `${statement} ${when ?? ''}`)];
  });
  expect(stopped.filter((line) => line.length > 0)).toEqual([]);
});

test('what is free elsewhere is not free with regulated data', () => {
  const statements = together('foundational', 'regulated');
  const free = FREE.filter((request) => decide(statements, { ...request, context: { ...HERE, ...request.context } }).decision !== 'denied');
  expect(free.map(({ action }) => action)).toEqual([]);
});
