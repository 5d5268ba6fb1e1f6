/**
 * What the platform does in every account, so that "never locked out" is a list anybody can read. A pattern stands for all of its actions, those that AWS
 * may add among them.
 */
export const PLATFORM_NEEDS = {
  /**
   * The CDK's deploy, publishing and lookup roles, as its bootstrap template grants them (aws-cdk 2.1148.1, bootstrap-template.yaml), and the execution role,
   * an administrator: what CloudFormation calls for the stacks of a landing zone and of its baselines.
   */
  cdk: [
    'cloudformation:*', 'sts:AssumeRole', 'sts:GetCallerIdentity', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:PutParameter',
    's3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:GetBucketLocation', 's3:GetEncryptionConfiguration',
    'ecr:GetAuthorizationToken', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage', 'ecr:BatchCheckLayerAvailability',
    'kms:Decrypt', 'kms:GenerateDataKey', 'kms:CreateKey', 'kms:PutKeyPolicy', 'kms:EnableKeyRotation',
    'iam:CreateRole', 'iam:GetRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePolicy',
    'iam:CreateServiceLinkedRole', 's3:CreateBucket', 's3:PutBucketPolicy', 's3:PutEncryptionConfiguration', 's3:PutBucketPublicAccessBlock', 's3:PutLifecycleConfiguration',
    'lambda:CreateFunction', 'lambda:InvokeFunction', 'logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'sns:CreateTopic', 'events:PutRule',
  ],
  /**
   * Service-managed StackSets deploy through `stacksets-exec-*`:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html (read 2026-11-22).
   */
  stackSets: [
    'cloudformation:*', 'iam:CreateRole', 'iam:GetRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole',
    'iam:DeleteRolePolicy', 's3:CreateBucket', 's3:PutBucketPolicy', 'config:PutConfigurationRecorder', 'config:StartConfigurationRecorder', 'config:PutDeliveryChannel',
    'events:PutRule', 'sns:CreateTopic', 'logs:CreateLogGroup', 'lambda:CreateFunction', 'guardduty:CreateDetector', 'kms:CreateKey',
  ],
  /**
   * AWS Control Tower works in an account through `AWSControlTowerExecution`: baselines of CloudTrail, Config, IAM, SNS, Lambda and logs by CloudFormation.
   * https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html (read 2026-11-22).
   */
  controlTower: [
    'cloudformation:*', 'iam:CreateRole', 'iam:GetRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole',
    'iam:DeleteRolePolicy', 'iam:CreateServiceLinkedRole', 's3:CreateBucket', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 'cloudtrail:CreateTrail', 'cloudtrail:UpdateTrail',
    'cloudtrail:StartLogging', 'cloudtrail:DeleteTrail', 'config:PutConfigurationRecorder', 'config:StartConfigurationRecorder', 'config:PutDeliveryChannel',
    'config:PutConfigRule', 'config:DeleteConfigRule', 'config:PutAggregationAuthorization', 'events:PutRule', 'events:PutTargets', 'lambda:CreateFunction',
    'lambda:AddPermission', 'logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'sns:CreateTopic', 'sns:Subscribe', 'sns:SetTopicAttributes', 'kms:PutKeyPolicy',
  ],
  /** The role that AWS Organizations creates with an account: bootstraps it and repairs it. */
  accountAccess: [
    'cloudformation:*', 'iam:CreateRole', 'iam:PutRolePolicy', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRolePolicy', 's3:CreateBucket', 's3:PutBucketPolicy',
    's3:DeleteBucketPolicy', 'kms:PutKeyPolicy', 'cloudtrail:UpdateTrail', 'config:PutConfigurationRecorder', 'ssm:PutParameter', 'ecr:CreateRepository',
  ],
  /**
   * IAM Identity Center provisions permission sets as roles through its service-linked role, which AWS exempts from service and resource control policies.
   * https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html (read 2026-11-22).
   */
  identityCenter: [
    'iam:CreateRole', 'iam:GetRole', 'iam:UpdateRole', 'iam:UpdateRoleDescription', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole', 'iam:AttachRolePolicy', 'iam:DetachRolePolicy',
    'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary', 'iam:CreateSAMLProvider', 'iam:UpdateSAMLProvider',
    'iam:DeleteSAMLProvider',
  ],
  /** The function that accepts peerings of hubs, for which CloudFormation has no type. */
  networkSettings: ['ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:DescribeTransitGatewayPeeringAttachments'],
  /** The function that sets accounts, where CloudFormation has no type. */
  accountSettings: [
    'account:PutAlternateContact', 'ec2:DeleteInternetGateway', 'ec2:DeleteSubnet', 'ec2:DeleteVpc', 'ec2:DetachInternetGateway', 'ec2:EnableEbsEncryptionByDefault', 'ec2:ModifyEbsDefaultKmsKeyId',
    'iam:UpdateAccountPasswordPolicy', 'servicequotas:RequestServiceQuotaIncrease', 'ssm:CreateDocument', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion', 'ssm:UpdateServiceSetting',
  ],
  /** The function that sets up what detects for the organization, where CloudFormation has no type. */
  detectionSettings: [
    'guardduty:CreateMembers', 'guardduty:DescribeOrganizationConfiguration', 'guardduty:GetMembers', 'guardduty:ListDetectors', 'guardduty:UpdateOrganizationConfiguration',
    'macie2:CreateMember', 'macie2:DescribeOrganizationConfiguration', 'macie2:GetAutomatedDiscoveryConfiguration', 'macie2:ListMembers', 'macie2:UpdateAutomatedDiscoveryConfiguration',
    'macie2:UpdateOrganizationConfiguration', 'organizations:ListAccounts', 'securitylake:CreateDataLakeOrganizationConfiguration', 'securitylake:GetDataLakeOrganizationConfiguration',
  ],
  /** Somebody in an emergency: gets at the evidence, undoes what locks others out, ends what runs. */
  breakGlass: [
    'iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:DeleteRolePermissionsBoundary', 'iam:UpdateAccessKey',
    's3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion', 'cloudtrail:UpdateTrail',
    'cloudtrail:LookupEvents', 'config:PutConfigurationRecorder', 'ec2:StopInstances', 'ec2:RevokeSecurityGroupIngress', 'lambda:PutFunctionConcurrency', 'sts:AssumeRole',
  ],
} as const;
