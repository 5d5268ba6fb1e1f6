import { PermissionSet, PermissionStatement } from './permission-set';
import { DEFAULT_BOUNDARY } from '../controls/boundary-name';

/** What differs between organizations in the set of developers. */
export interface DeveloperOptions {
  /** Name of the boundary that the set has and gives, with its path; it must be in every account that the set is assigned in. @default 'landing-zone/boundary' */
  readonly permissionsBoundary?: string;
}

/** Content of stores, secrets and queues, and what decrypts it. The managed policies of readers give some of it in some versions. */
const READ_DATA = [
  'athena:GetQueryResults', 'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:GetRecords', 'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan', 'kinesis:GetRecords', 'kms:Decrypt',
  'rds-data:ExecuteStatement', 'redshift-data:GetStatementResult', 's3:GetObject', 's3:GetObjectVersion', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue', 'sqs:ReceiveMessage',
  'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory', 'ssm:GetParametersByPath',
];

/** Roles and policies that a team makes for what it builds. The boundary that the set has says how: with the same boundary alone. */
const MAKE_ROLES: PermissionStatement = {
  actions: [
    'iam:AddRoleToInstanceProfile', 'iam:AttachRolePolicy', 'iam:CreateInstanceProfile', 'iam:CreatePolicy', 'iam:CreatePolicyVersion', 'iam:CreateRole', 'iam:CreateServiceLinkedRole',
    'iam:DeleteInstanceProfile', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:Get*', 'iam:List*', 'iam:PassRole',
    'iam:PutRolePolicy', 'iam:RemoveRoleFromInstanceProfile', 'iam:SetDefaultPolicyVersion', 'iam:SimulatePrincipalPolicy', 'iam:TagInstanceProfile', 'iam:TagPolicy', 'iam:TagRole',
    'iam:UntagInstanceProfile', 'iam:UntagPolicy', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription',
  ],
};

/**
 * Five permission sets that most organizations need. What AWS's managed policies in them give changes with AWS; what the sets deny does not.
 */
export class PermissionSets {
  /** Sees what there is and how it is set up, and reads no data: for everyone. Sessions of 8 hours. */
  public static viewer(): PermissionSet {
    return PermissionSet.of({
      name: 'Viewer', description: 'Sees what there is, and reads no data', sessionHours: 8, managedPolicies: ['job-function/ViewOnlyAccess'], statements: [{ denies: true, actions: READ_DATA }],
    });
  }

  /** Reads configurations, policies, findings and trails, and no data of workloads: for security and audit. Sessions of 8 hours. */
  public static auditor(): PermissionSet {
    return PermissionSet.of({
      name: 'Auditor',
      description: 'Reads configurations, policies, findings and trails, and no data of workloads',
      sessionHours: 8,
      managedPolicies: ['SecurityAudit', 'job-function/ViewOnlyAccess'],
      statements: [
        { actions: ['access-analyzer:ValidatePolicy', 'cloudtrail:LookupEvents', 'config:SelectResourceConfig', 'iam:SimulateCustomPolicy', 'iam:SimulatePrincipalPolicy'] },
        { denies: true, actions: READ_DATA },
      ],
    });
  }

  /** Builds and runs software within the permissions boundary, roles with the same boundary included: for teams in their accounts. Sessions of 8 hours. */
  public static developer(options: DeveloperOptions = {}): PermissionSet {
    return PermissionSet.of({
      name: 'Developer',
      description: 'Builds and runs software within the permissions boundary, with roles of the same boundary',
      sessionHours: 8,
      managedPolicies: ['PowerUserAccess'],
      statements: [MAKE_ROLES],
      permissionsBoundary: options.permissionsBoundary ?? DEFAULT_BOUNDARY,
    });
  }

  /** Sees networks, finds what blocks them, and restarts what is stuck: tunnels, analyses, queries of logs. Networks change by deployments. Sessions of 4 hours. */
  public static networkOperator(): PermissionSet {
    return PermissionSet.of({
      name: 'NetworkOperator',
      description: 'Sees networks, finds what blocks them, and restarts tunnels; networks change by deployments',
      sessionHours: 4,
      managedPolicies: ['job-function/ViewOnlyAccess'],
      statements: [
        {
          actions: [
            'directconnect:Describe*', 'ec2:Describe*', 'ec2:GetManagedPrefixListEntries', 'ec2:GetTransitGateway*', 'ec2:SearchTransitGatewayRoutes', 'elasticloadbalancing:Describe*',
            'network-firewall:Describe*', 'network-firewall:List*', 'networkmanager:Describe*', 'networkmanager:Get*', 'networkmanager:List*', 'route53:Get*', 'route53:List*',
            'route53resolver:Get*', 'route53resolver:List*',
          ],
        },
        {
          actions: [
            'ec2:CreateNetworkInsightsAccessScope', 'ec2:CreateNetworkInsightsPath', 'ec2:DeleteNetworkInsightsAccessScope', 'ec2:DeleteNetworkInsightsAccessScopeAnalysis',
            'ec2:DeleteNetworkInsightsAnalysis', 'ec2:DeleteNetworkInsightsPath', 'ec2:GetNetworkInsightsAccessScopeAnalysisFindings', 'ec2:GetNetworkInsightsAccessScopeContent',
            'ec2:StartNetworkInsightsAccessScopeAnalysis', 'ec2:StartNetworkInsightsAnalysis', 'tiros:CreateQuery', 'tiros:GetQueryAnswer', 'tiros:GetQueryExplanation',
          ],
        },
        { actions: ['directconnect:StartBgpFailoverTest', 'directconnect:StopBgpFailoverTest', 'ec2:GetVpnTunnelReplacementStatus', 'ec2:ReplaceVpnTunnel'] },
        { actions: ['cloudwatch:GetMetricData', 'logs:DescribeLogGroups', 'logs:GetQueryResults', 'logs:StartQuery', 'logs:StopQuery'] },
        { denies: true, actions: READ_DATA },
      ],
    });
  }

  /** Everything that the guardrails leave: for few people and short work. Sessions of 1 hour. */
  public static administrator(): PermissionSet {
    return PermissionSet.of({ name: 'Administrator', description: 'Everything that the guardrails leave', sessionHours: 1, managedPolicies: ['AdministratorAccess'] });
  }

  /** The five, from the least to the most. */
  public static all(): PermissionSet[] {
    return [PermissionSets.viewer(), PermissionSets.auditor(), PermissionSets.developer(), PermissionSets.networkOperator(), PermissionSets.administrator()];
  }

  private constructor() {}
}
