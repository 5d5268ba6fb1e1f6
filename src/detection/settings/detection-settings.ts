import { join } from 'path';
import { AssetStaging, Aws, CustomResource, Duration, FileAssetPackaging, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SERVICE_LINKED_ROLES } from './service-linked-role-names';
import { DETECTION_ROLE_PATH } from '../../controls/detection-role';
import { acknowledgeProvider } from '../../custom-resource/provider-acknowledgements';

/** Bundled from `handler.ts` by `scripts/bundle-handler.ts`; a test fails when it is stale. */
const HANDLER = join(__dirname, '..', '..', '..', 'assets', 'detection-settings');

/** Lambda's longest: AWS tells its services of a new administrator one after the other. */
const TIMEOUT = Duration.minutes(15);

const ID = 'DetectionSettings';

/** A protection and whether all accounts have it, in the words of GuardDuty's API. */
export interface OrganizationFeature {
  readonly Name: string;
  readonly AutoEnable: string;
  readonly AdditionalConfiguration?: readonly OrganizationFeature[];
}

/** An account that becomes a member. */
export interface MemberAccount {
  readonly AccountId: string;
  readonly Email: string;
}

/** A source of Security Lake. */
export interface VersionedSource {
  readonly SourceName: string;
  readonly SourceVersion: string;
}

/** What services that detect can do and CloudFormation has no type for. One function a stack, whose role may do what the stack uses. All stays on when its resource is removed. */
export class DetectionSettings extends Construct {
  /** The settings of a stack, made when first asked for. */
  public static of(scope: Construct): DetectionSettings {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as DetectionSettings | undefined) ?? new DetectionSettings(stack);
  }

  private readonly statements = new Map<string, object[]>();
  private readonly logGroup: CfnLogGroup;
  private readonly role: CfnRole;
  private readonly token: string;

  private constructor(stack: Stack) {
    super(stack, ID);
    const description = 'Settings of what detects that CloudFormation has no type for';
    this.logGroup = new CfnLogGroup(this, 'Log', { retentionInDays: 365 });
    this.logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.role = new CfnRole(this, 'Role', {
      description,
      path: `/${DETECTION_ROLE_PATH}`,
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    });
    Validations.of(this.role).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'Calls that concern the organization as a whole take no narrower resource (Service Authorization Reference, read 2026-11-23).' },
    );
    const staging = new AssetStaging(this, 'Code', { sourcePath: HANDLER });
    const code = stack.synthesizer.addFileAsset({ packaging: FileAssetPackaging.ZIP_DIRECTORY, sourceHash: staging.assetHash, fileName: staging.relativeStagedPath(stack) });
    const handler = new CfnFunction(this, 'Function', {
      description,
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { s3Bucket: code.bucketName, s3Key: code.objectKey },
      role: this.role.attrArn,
      loggingConfig: { logGroup: this.logGroup.ref },
      timeout: TIMEOUT.toSeconds(),
      memorySize: 256,
    });
    this.token = handler.attrArn;
    acknowledgeProvider({ handler, logGroup: this.logGroup, permissions: this.role });
  }

  /** The role that a service works by, `access-analyzer.amazonaws.com`, in this account; where it is already, that one. */
  public serviceLinkedRole(service: string): CustomResource {
    this.allow(`Role of ${service}`, [
      { Sid: sid('Make', service), Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: roleOf(service), Condition: { StringEquals: { 'iam:AWSServiceName': service } } },
      { Sid: sid('Look', service), Effect: 'Allow', Action: 'iam:GetRole', Resource: roleOf(service) },
    ]);
    return this.setting('Roles', service, 'Custom::ServiceLinkedRole', { Service: service });
  }

  /** Makes an account administer GuardDuty in a Region. For the management account. */
  public guardDutyAdministrator(region: string, accountId: string): CustomResource {
    // https://docs.aws.amazon.com/guardduty/latest/ug/organizations_permissions.html (read 2026-11-23)
    this.allow('GuardDutyAdministrator', [
      { Sid: 'GuardDutyAdministrator', Effect: 'Allow', Action: ['guardduty:EnableOrganizationAdminAccount', 'guardduty:ListOrganizationAdminAccounts'], Resource: '*' },
      ...delegation('guardduty.amazonaws.com', 'GuardDuty'),
    ]);
    return this.setting('GuardDutyAdministrators', region, 'Custom::GuardDutyAdministrator', { Region: region, AccountId: accountId });
  }

  /** Has GuardDuty watch all accounts of the organization in a Region, with features. For the account that administers it. */
  public guardDutyOrganization(region: string, features: readonly OrganizationFeature[], members: readonly MemberAccount[]): CustomResource {
    this.allow('GuardDutyOrganization', [{
      Sid: 'GuardDutyOrganization',
      Effect: 'Allow',
      Action: ['guardduty:CreateMembers', 'guardduty:DescribeOrganizationConfiguration', 'guardduty:GetMembers', 'guardduty:ListDetectors', 'guardduty:UpdateOrganizationConfiguration'],
      Resource: '*',
    }]);
    return this.setting('GuardDutyOrganizations', region, 'Custom::GuardDutyOrganization', { Region: region, Features: features, Members: members });
  }

  /** Makes an account administer Inspector in a Region. For the management account. */
  public inspectorAdministrator(region: string, accountId: string): CustomResource {
    // https://docs.aws.amazon.com/inspector/latest/user/designating-admin.html (read 2026-11-23)
    this.allow('InspectorAdministrator', [
      { Sid: 'InspectorAdministrator', Effect: 'Allow', Action: ['inspector2:EnableDelegatedAdminAccount', 'inspector2:ListDelegatedAdminAccounts'], Resource: '*' },
      ...delegation('inspector2.amazonaws.com', 'Inspector'),
    ]);
    return this.setting('InspectorAdministrators', region, 'Custom::InspectorAdministrator', { Region: region, AccountId: accountId });
  }

  /** Makes an account administer Macie in a Region. For the management account. */
  public macieAdministrator(region: string, accountId: string): CustomResource {
    // https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao-integrate.html (read 2026-11-23)
    this.allow('MacieAdministrator', [
      { Sid: 'MacieAdministrator', Effect: 'Allow', Action: ['macie2:EnableOrganizationAdminAccount', 'macie2:ListOrganizationAdminAccounts'], Resource: '*' },
      ...delegation('macie.amazonaws.com', 'Macie'),
    ]);
    return this.setting('MacieAdministrators', region, 'Custom::MacieAdministrator', { Region: region, AccountId: accountId });
  }

  /** Has Macie look at all accounts of the organization in a Region. For the account that administers it, whose id it takes. */
  public macieOrganization(region: string, accountId: string, isDiscovering: boolean): CustomResource {
    this.allow('MacieOrganization', [{
      Sid: 'MacieOrganization',
      Effect: 'Allow',
      Action: [
        'macie2:CreateMember', 'macie2:DescribeOrganizationConfiguration', 'macie2:GetAutomatedDiscoveryConfiguration', 'macie2:ListMembers', 'macie2:UpdateAutomatedDiscoveryConfiguration',
        'macie2:UpdateOrganizationConfiguration', 'organizations:ListAccounts',
      ],
      Resource: '*',
    }]);
    return this.setting('MacieOrganizations', region, 'Custom::MacieOrganization', { Region: region, AccountId: accountId, AutomatedDiscovery: isDiscovering ? 'ENABLED' : 'DISABLED' });
  }

  /** Makes an account administer Security Lake, which is the same one in all Regions. For the management account. */
  public securityLakeAdministrator(region: string, accountId: string): CustomResource {
    const service = 'securitylake.amazonaws.com';
    // https://docs.aws.amazon.com/security-lake/latest/userguide/multi-account-management.html (read 2026-11-23); the role of the service is made in the management account by this call
    this.allow('SecurityLakeAdministrator', [
      { Sid: 'SecurityLakeAdministrator', Effect: 'Allow', Action: 'securitylake:RegisterDataLakeDelegatedAdministrator', Resource: '*' },
      { Sid: 'SecurityLakeRole', Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: roleOf(service), Condition: { StringEquals: { 'iam:AWSServiceName': service } } },
      ...delegation(service, 'SecurityLake'),
    ]);
    return this.setting('SecurityLakeAdministrators', region, 'Custom::SecurityLakeAdministrator', { Region: region, AccountId: accountId });
  }

  /** Has Security Lake collect sources, in a version, of accounts that come to the organization later, in Regions; asked in one of them. For the account that administers it. */
  public securityLakeOrganization(region: string, regions: readonly string[], sources: readonly VersionedSource[]): CustomResource {
    this.allow('SecurityLakeOrganization', [{
      Sid: 'SecurityLakeOrganization',
      Effect: 'Allow',
      Action: ['securitylake:CreateDataLakeOrganizationConfiguration', 'securitylake:GetDataLakeOrganizationConfiguration'],
      Resource: `arn:${Aws.PARTITION}:securitylake:${region}:${Aws.ACCOUNT_ID}:data-lake/default`,
    }]);
    return this.setting('SecurityLakeOrganizations', region, 'Custom::SecurityLakeOrganization', { Region: region, Regions: regions, Sources: sources });
  }

  private setting(kind: string, key: string, resourceType: string, properties: { [name: string]: unknown }): CustomResource {
    const scope = (this.node.tryFindChild(kind) as Construct | undefined) ?? new Construct(this, kind);
    return new CustomResource(scope, key, { resourceType, serviceToken: this.token, serviceTimeout: TIMEOUT.plus(Duration.minutes(1)), properties });
  }

  /** Within the role, which is complete when CloudFormation has made it; a policy of its own could come after the function. */
  private allow(use: string, statements: object[]): void {
    this.statements.set(use, statements);
    const all = [...this.statements.keys()].sort().flatMap((key) => this.statements.get(key)!);
    const log = { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: this.logGroup.attrArn };
    this.role.policies = [{ policyName: 'settings', policyDocument: { Version: '2012-10-17', Statement: [...all, log] } }];
  }
}

/** What AWS asks of whoever names an administrator: the service says it to AWS Organizations in the caller's name. */
function delegation(servicePrincipal: string, name: string): object[] {
  return [
    {
      Sid: `Delegate${name}`,
      Effect: 'Allow',
      Action: ['organizations:EnableAWSServiceAccess', 'organizations:RegisterDelegatedAdministrator'],
      Resource: '*',
      Condition: { StringEquals: { 'organizations:ServicePrincipal': servicePrincipal } },
    },
    {
      Sid: `LookUpFor${name}`,
      Effect: 'Allow',
      Action: [
        'organizations:DescribeAccount', 'organizations:DescribeOrganization', 'organizations:DescribeOrganizationalUnit', 'organizations:ListAccounts', 'organizations:ListAWSServiceAccessForOrganization',
        'organizations:ListDelegatedAdministrators',
      ],
      Resource: '*',
    },
  ];
}

/** Without a star: roles of services have names that AWS gives. */
function roleOf(service: string): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/${service}/${SERVICE_LINKED_ROLES[service]}`;
}

function sid(word: string, service: string): string {
  return word + service.replace(/\.amazonaws\.com$/, '').split(/[.-]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
