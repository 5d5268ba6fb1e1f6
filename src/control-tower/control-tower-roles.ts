import { CfnResource, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EXECUTION_ROLE } from './control-tower-facts';

/** What the roles are made for. */
export interface ControlTowerRolesProps {
  readonly partition: string;
  readonly homeRegion: string;
  readonly managementAccountId: string;
  /** Whether AWS Control Tower manages IAM Identity Center. */
  readonly identityCenter: boolean;
}

interface ServiceRole {
  readonly name: string;
  readonly service: string;
  /** Names of AWS's policies below `service-role/`. */
  readonly managed?: readonly string[];
  /** The one statement of its own. */
  readonly allows?: { readonly Action: string; readonly Resource: string };
  readonly condition?: object;
}

/**
 * The roles of AWS Control Tower in the management account, which CreateLandingZone expects: their names, paths and policies are AWS's.
 * https://docs.aws.amazon.com/controltower/latest/userguide/access-control-managing-permissions.html and lz-api-prereques.html (read 2026-11-23)
 *
 * Only the trust of AWSControlTowerAdmin has a condition, the one that AWS documents (conditions-for-role-trust.html, read 2026-11-23). They are retained: without them a landing zone is stuck.
 */
export class ControlTowerRoles extends Construct {
  public readonly resources: CfnResource[];

  public constructor(scope: Construct, id: string, { partition, homeRegion, managementAccountId, identityCenter }: ControlTowerRolesProps) {
    super(scope, id);
    const roles: ServiceRole[] = [
      {
        name: 'AWSControlTowerAdmin', service: 'controltower', managed: ['AWSControlTowerServiceRolePolicy', ...(identityCenter ? ['AWSControlTowerIdentityCenterManagementPolicy'] : [])],
        allows: { Action: 'ec2:DescribeAvailabilityZones', Resource: '*' },
        condition: { StringEquals: { 'aws:SourceAccount': managementAccountId }, ArnLike: { 'aws:SourceArn': `arn:${partition}:controltower:${homeRegion}:${managementAccountId}:*` } },
      },
      { name: 'AWSControlTowerCloudTrailRole', service: 'cloudtrail', managed: ['AWSControlTowerCloudTrailRolePolicy'] },
      { name: 'AWSControlTowerStackSetRole', service: 'cloudformation', allows: { Action: 'sts:AssumeRole', Resource: `arn:${partition}:iam::*:role/${EXECUTION_ROLE}` } },
      { name: 'AWSControlTowerConfigAggregatorRoleForOrganizations', service: 'config', managed: ['AWSConfigRoleForOrganizations'] },
    ];
    this.resources = roles.map((role) => this.add(role, partition));
  }

  private add({ name, service, managed = [], allows, condition }: ServiceRole, partition: string): CfnRole {
    const role = new CfnRole(this, name, {
      roleName: name,
      path: '/service-role/',
      description: 'AWS Control Tower',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }) }],
      },
      managedPolicyArns: managed.length > 0 ? managed.map((policy) => `arn:${partition}:iam::aws:policy/service-role/${policy}`) : undefined,
      policies: allows && [{ policyName: `${name}Policy`, policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...allows }] } }],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const reason = 'AWS Control Tower has this policy by its documentation, and AWS keeps it';
    for (const policy of managed) Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:${partition}:iam::aws:policy/service-role/${policy}]`, reason });
    if (allows) Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${allows.Resource}]`, reason: `${allows.Action} in every account is what AWS Control Tower works by, and its documentation asks for` });
    return role;
  }
}

