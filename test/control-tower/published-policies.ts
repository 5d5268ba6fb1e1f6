import { PolicyDocument } from '../../src/analysis/policy-document';

const EXECUTION = 'arn:*:iam::*:role/AWSControlTowerExecution';

/** A statement that spares AWS Control Tower, and whom else it is told to. */
const sparing = (principals: readonly string[]) => ({ ArnNotLike: { 'aws:PrincipalArn': [...principals] } });

/** What one service control policy denies, by the name that AWS gives its statement. */
const denies = (Sid: string, Action: readonly string[], Resource: readonly string[] = ['*'], Condition: object = sparing([EXECUTION])): PolicyDocument => ({
  Version: '2012-10-17', Statement: [{ Sid, Effect: 'Deny', Action, Resource, Condition } as any],
});

/** What the three mandatory controls of buckets leave open. */
const OBJECTS = ['s3:DeleteObject', 's3:DeleteObjectTagging', 's3:DeleteObjectVersion', 's3:DeleteObjectVersionTagging', 's3:Get*', 's3:List*', 's3:PutBucketTagging', 's3:PutObject', 's3:PutObjectAcl',
  's3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:PutObjectTagging', 's3:PutObjectVersionAcl', 's3:PutObjectVersionTagging', 's3:RestoreObject'];

const allBut = (Sid: string, NotAction: readonly string[], Resource: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17', Statement: [{ Sid, Effect: 'Deny', NotAction, Resource, Condition: sparing([EXECUTION]) } as any],
});

/**
 * What the mandatory controls of landing zone 4.0 deny, as AWS publishes it.
 * https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html (read 2026-11-23)
 */
export const MANDATORY: readonly PolicyDocument[] = [
  denies('GRLOGGROUPPOLICY', ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy'], ['arn:*:logs:*:*:log-group:*aws-controltower*']),
  denies('GRCLOUDWATCHEVENTPOLICY', ['events:PutRule', 'events:PutTargets', 'events:RemoveTargets', 'events:DisableRule', 'events:DeleteRule'], ['arn:*:events:*:*:rule/aws-controltower-*']),
  denies('GRCONFIGENABLED', ['config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel', 'config:DeleteRetentionConfiguration', 'config:PutConfigurationRecorder', 'config:PutDeliveryChannel',
    'config:PutRetentionConfiguration', 'config:StopConfigurationRecorder']),
  denies('GRIAMROLEPOLICY', ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription'],
  ['arn:*:iam::*:role/aws-controltower-*', 'arn:*:iam::*:role/*AWSControlTower*', 'arn:*:iam::*:role/stacksets-exec-*'], sparing([EXECUTION, 'arn:*:iam::*:role/stacksets-exec-*'])),
  denies('GRLAMBDAFUNCTIONPOLICY', ['lambda:AddPermission', 'lambda:CreateEventSourceMapping', 'lambda:CreateFunction', 'lambda:DeleteEventSourceMapping', 'lambda:DeleteFunction',
    'lambda:DeleteFunctionConcurrency', 'lambda:PutFunctionConcurrency', 'lambda:RemovePermission', 'lambda:UpdateEventSourceMapping', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
  ['arn:*:lambda:*:*:function:aws-controltower-*']),
  denies('GRSNSTOPICPOLICY', ['sns:AddPermission', 'sns:CreateTopic', 'sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes'],
    ['AggregateSecurityNotifications', 'AllConfigNotifications', 'SecurityNotifications'].map((topic) => `arn:*:sns:*:*:aws-controltower-${topic}*`)),
  denies('GRSNSSUBSCRIPTIONPOLICY', ['sns:Subscribe', 'sns:Unsubscribe'], ['arn:*:sns:*:*:aws-controltower-SecurityNotifications']),
  allBut('CTSNSPV1', ['sns:ConfirmSubscription', 'sns:Get*', 'sns:List*', 'sns:Publish', 'sns:PutDataProtectionPolicy', 'sns:Subscribe', 'sns:TagResource', 'sns:Unsubscribe', 'sns:UntagResource'],
    ['arn:*:sns:*:*:aws-controltower-CentralizedLoggingNotifications*']),
  allBut('CTS3PV8', OBJECTS, ['arn:*:s3:::aws-controltower-access-logs-*', 'arn:*:s3:::aws-controltower-cloudtrail-*', 'arn:*:s3:::aws-controltower-logs-*']),
  allBut('CTS3PV7', OBJECTS, ['arn:*:s3:::aws-controltower-config-*']),
];

/** Those that a landing zone before 4.0 has beside them, at the same place. */
export const MANDATORY_BEFORE_4: readonly PolicyDocument[] = [
  denies('GRCLOUDTRAILENABLED', ['cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail'], ['arn:*:cloudtrail:*:*:trail/aws-controltower-*']),
  denies('GRCONFIGAGGREGATIONAUTHORIZATIONPOLICY', ['config:DeleteAggregationAuthorization'], ['arn:*:config:*:*:aggregation-authorization*'],
    { ...sparing([EXECUTION]), StringLike: { 'aws:ResourceTag/aws-control-tower': 'managed-by-control-tower' } }),
  denies('GRCONFIGRULETAGSPOLICY', ['config:TagResource', 'config:UntagResource'], ['*'], { ...sparing([EXECUTION]), 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'aws-control-tower' } }),
  denies('GRCONFIGRULEPOLICY', ['config:PutConfigRule', 'config:DeleteConfigRule', 'config:DeleteEvaluationResults', 'config:DeleteConfigurationAggregator', 'config:PutConfigurationAggregator'], ['*'],
    { ...sparing([EXECUTION]), StringEquals: { 'aws:ResourceTag/aws-control-tower': 'managed-by-control-tower' } }),
  denies('GRAUDITBUCKETS', ['s3:PutEncryptionConfiguration', 's3:PutBucketLogging', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutLifecycleConfiguration', 's3:DeleteBucket'], ['arn:*:s3:::aws-controltower*']),
];

const ROOT = { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' } };

/**
 * What optional controls of service control policies deny that the catalogue names, with all that they can be given.
 * https://docs.aws.amazon.com/controltower/latest/controlreference/elective-preventive-controls.html and strongly-recommended-preventive-controls.html (read 2026-11-23)
 */
export const OPTIONAL = (platform: readonly string[]): readonly PolicyDocument[] => [
  denies('GRDISALLOWCROSSREGIONNETWORKING', ['cloudfront:CreateDistribution', 'cloudfront:UpdateDistribution', 'ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:AcceptVpcPeeringConnection',
    'ec2:CreateTransitGatewayPeeringAttachment', 'ec2:CreateVpcPeeringConnection', 'globalaccelerator:Create*', 'globalaccelerator:Update*'], ['*'], sparing(platform)),
  denies('GRDISALLOWVPCINTERNETACCESS', ['ec2:AttachEgressOnlyInternetGateway', 'ec2:AttachInternetGateway', 'ec2:CreateCarrierGateway', 'ec2:CreateDefaultSubnet', 'ec2:CreateDefaultVpc',
    'ec2:CreateEgressOnlyInternetGateway', 'ec2:CreateInternetGateway'], ['*'], sparing(platform)),
  denies('GRDISALLOWVPNCONNECTIONS', ['ec2:AssociateClientVpnTargetNetwork', 'ec2:AttachVPNGateway', 'ec2:AuthorizeClientVpnIngress', 'ec2:CreateClientVpnEndpoint', 'ec2:CreateCustomerGateway',
    'ec2:CreateVPNGateway', 'ec2:CreateVpnConnection', 'ec2:ModifyClientVpnEndpoint', 'ec2:ModifyVpnConnection'], ['*'], sparing(platform)),
  denies('GRRESTRICTROOTUSERACCESSKEYS', ['iam:CreateAccessKey'], ['*'], ROOT),
  denies('GRRESTRICTROOTUSER', ['*'], ['*'], { ...ROOT, Null: { 'aws:AssumedRoot': 'true' } }),
];
