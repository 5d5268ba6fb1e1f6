import { join } from 'path';
import { AssetStaging, Aws, CustomResource, Duration, FileAssetPackaging, Lazy, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { MAX_QUOTA_REQUESTS } from './quota-request-limit';
import { acknowledgeProvider } from '../../custom-resource/provider-acknowledgements';
import { InputError } from '../../model/input-error';

/** Properties of the organization's settings. */
export interface OrganizationSettingsProps {
  /** Id of the root: `r-ab12`. */
  readonly rootId: string;
}

/** A service that an account administers for the organization. */
export interface DelegatedAdministrator {
  /** Stable key of the account; the logical id comes from it. */
  readonly key: string;
  /** `guardduty.amazonaws.com`. */
  readonly servicePrincipal: string;
  /** Twelve digits or a reference. */
  readonly accountId: string;
}

/** A request for more of a quota that each new account of the organization makes. */
export interface QuotaRequest {
  /** `lambda`. */
  readonly serviceCode: string;
  /** `L-B99A9384`. */
  readonly quotaCode: string;
  /** Region that it is asked in; us-east-1 for global services. */
  readonly region: string;
  /** How much is asked for. */
  readonly value: number;
}

/** Bundled from `handler.ts` by `scripts/bundle-handler.ts`; a test fails when it is stale. */
const HANDLER = join(__dirname, '..', '..', '..', 'assets', 'organization-settings');

const TIMEOUT = Duration.minutes(5);

/**
 * Settings of an organization that CloudFormation has no type for: policy types, trusted access, delegated administrators, sharing by AWS RAM, central root access,
 * quotas of new accounts, copies of backups between accounts.
 *
 * Each setting is a custom resource of its own, so adding one touches no other. A setting that was on before is adopted and stays on when it is removed
 * here; one that this construct turned on is turned off, except a policy type that still has policies, a service that still has delegated administrators,
 * RAM sharing, which AWS cannot turn off without cutting shares, and copies of backups, which others may rely on.
 *
 * @example
 * const settings = new OrganizationSettings(stack, 'Settings', { rootId: 'r-ab12' });
 * settings.addPolicyType('SERVICE_CONTROL_POLICY');
 * settings.delegate({ key: 'security', servicePrincipal: 'guardduty.amazonaws.com', accountId: '111122223333' });
 */
export class OrganizationSettings extends Construct {
  private readonly rootId: string;
  private handler: CfnFunction | undefined;
  private hasQuotaTemplate = false;
  private hasBackupCopies = false;

  public constructor(scope: Construct, id: string, props: OrganizationSettingsProps) {
    super(scope, id);
    this.rootId = props.rootId;
  }

  /** Enables a policy type on the root, by CloudFormation's name. Policies of the type depend on what this returns. */
  public addPolicyType(policyType: string): CustomResource {
    return this.setting('PolicyTypes', policyType, 'Custom::OrganizationPolicyType', { RootId: this.rootId, PolicyType: policyType });
  }

  /** Lets a service work in all accounts of the organization: `config.amazonaws.com`. */
  public trustService(servicePrincipal: string): CustomResource {
    return this.setting('TrustedServices', servicePrincipal, 'Custom::OrganizationTrustedAccess', { ServicePrincipal: servicePrincipal });
  }

  /** Makes a member account administer a service. The organization must trust the service first. */
  public delegate(administrator: DelegatedAdministrator): CustomResource {
    const { key, servicePrincipal, accountId } = administrator;
    return this.setting('DelegatedAdministrators', `${servicePrincipal}.${key}`, 'Custom::OrganizationDelegatedAdministrator', {
      ServicePrincipal: servicePrincipal, AccountId: accountId,
    });
  }

  /** Lets accounts share resources within the organization by AWS RAM without invitations. */
  public shareWithOrganization(): CustomResource {
    return this.setting('Sharing', 'Ram', 'Custom::OrganizationRamSharing', {});
  }

  /**
   * Root access of member accounts from one place: their root users have no credentials, new accounts are made without, and what only root can do is done in sessions of single tasks, by the management
   * account or a delegated administrator of `iam.amazonaws.com`. The organization must trust that service first. Credentials that are there are deleted by hand, account by account.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-access-management.html (read 2026-11-23)
   */
  public centralizeRootAccess(): CustomResource[] {
    return ['RootCredentialsManagement', 'RootSessions'].map((feature) => this.setting('RootAccess', feature, 'Custom::OrganizationRootAccess', { Feature: feature }));
  }

  /**
   * Lets new accounts ask for more of a quota, by the organization's request template, in the partition aws. The organization trusts Service Quotas then. Fails at the eleventh request.
   * https://docs.aws.amazon.com/servicequotas/latest/userguide/organization-templates.html (read 2026-11-23)
   */
  public requestQuota({ serviceCode, quotaCode, region, value }: QuotaRequest): CustomResource {
    this.hasQuotaTemplate = true;
    const template = this.setting('QuotaTemplate', 'Association', 'Custom::OrganizationQuotaTemplate', {});
    template.node.addDependency(this.trustService('servicequotas.amazonaws.com'));
    const request = this.setting('QuotaTemplate', `${serviceCode}.${quotaCode}.${region}`, 'Custom::OrganizationQuotaRequest', {
      ServiceCode: serviceCode, QuotaCode: quotaCode, Region: region, Value: String(value),
    });
    request.node.addDependency(template);
    const all = template.node.scope!.node.children.length - 1;
    if (all > MAX_QUOTA_REQUESTS) throw new InputError(`${all} requests for quotas of new accounts: the organization's request template has room for ${MAX_QUOTA_REQUESTS}`);
    return request;
  }

  /** Lets AWS Backup copy backups from one account to another. The organization trusts AWS Backup then. */
  public allowBackupCopies(): CustomResource {
    this.hasBackupCopies = true;
    const copies = this.setting('Backups', 'Copies', 'Custom::OrganizationBackupCopies', {});
    copies.node.addDependency(this.trustService('backup.amazonaws.com'));
    return copies;
  }

  /** Asking twice is asking once. */
  private setting(kind: string, key: string, resourceType: string, properties: { [name: string]: string }): CustomResource {
    const scope = (this.node.tryFindChild(kind) as Construct | undefined) ?? new Construct(this, kind);
    return (scope.node.tryFindChild(key) as CustomResource | undefined) ?? new CustomResource(scope, key, {
      resourceType,
      serviceToken: this.provider().attrArn,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      properties,
    });
  }

  /** L1s, because every zone pays for what they load: the L2s of Lambda and IAM cost a third of the synthesis of a small zone. */
  private provider(): CfnFunction {
    if (this.handler) return this.handler;
    const description = 'Settings of the organization that CloudFormation has no type for';
    const logGroup = new CfnLogGroup(this, 'Log', { retentionInDays: 365 });
    logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const role = new CfnRole(this, 'Role', {
      description,
      assumeRolePolicyDocument: {
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    });
    const policy = new CfnPolicy(this, 'Policy', {
      policyName: 'settings', roles: [role.ref], policyDocument: { Version: '2012-10-17', Statement: Lazy.any({ produce: () => statementsFor(logGroup, this.hasQuotaTemplate, this.hasBackupCopies) }) },
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'Calls that concern the organization as a whole take no narrower resource (Service Authorization Reference, read 2026-11-22).',
    });
    const staging = new AssetStaging(this, 'Code', { sourcePath: HANDLER });
    const code = Stack.of(this).synthesizer.addFileAsset({
      packaging: FileAssetPackaging.ZIP_DIRECTORY, sourceHash: staging.assetHash, fileName: staging.relativeStagedPath(Stack.of(this)),
    });
    this.handler = new CfnFunction(this, 'Function', {
      description,
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { s3Bucket: code.bucketName, s3Key: code.objectKey },
      role: role.attrArn,
      loggingConfig: { logGroup: logGroup.ref },
      timeout: TIMEOUT.toSeconds(),
      memorySize: 256,
    });
    this.handler.addResourceDependency(policy);
    acknowledgeProvider({ handler: this.handler, logGroup, permissions: policy });
    // A second run of a request would take what the first one turned on for found.
    new CfnEventInvokeConfig(this, 'RunOnce', { functionName: this.handler.ref, qualifier: '$LATEST', maximumRetryAttempts: 0 });
    return this.handler;
  }
}

function statementsFor(logGroup: CfnLogGroup, hasQuotaTemplate: boolean, hasBackupCopies: boolean): object[] {
  return [
    {
      Sid: 'Settings',
      Effect: 'Allow',
      Action: [
        'iam:DisableOrganizationsRootCredentialsManagement', 'iam:DisableOrganizationsRootSessions', 'iam:EnableOrganizationsRootCredentialsManagement', 'iam:EnableOrganizationsRootSessions',
        'iam:ListOrganizationsFeatures', 'organizations:DeregisterDelegatedAdministrator', 'organizations:DescribeOrganization', 'organizations:DisableAWSServiceAccess',
        'organizations:DisablePolicyType', 'organizations:EnableAWSServiceAccess', 'organizations:EnablePolicyType',
        'organizations:ListAWSServiceAccessForOrganization', 'organizations:ListDelegatedAdministrators', 'organizations:ListPolicies', 'organizations:ListRoots',
        'organizations:RegisterDelegatedAdministrator', 'ram:EnableSharingWithAwsOrganization',
      ],
      Resource: '*',
    },
    {
      Sid: 'RamServiceLinkedRole',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/ram.amazonaws.com/AWSServiceRoleForResourceAccessManager`,
      Condition: { StringEquals: { 'iam:AWSServiceName': 'ram.amazonaws.com' } },
    },
    ...(hasQuotaTemplate ? [{
      Sid: 'QuotaTemplate',
      Effect: 'Allow',
      Action: [
        'servicequotas:AssociateServiceQuotaTemplate', 'servicequotas:DeleteServiceQuotaIncreaseRequestFromTemplate', 'servicequotas:DisassociateServiceQuotaTemplate',
        'servicequotas:GetAssociationForServiceQuotaTemplate', 'servicequotas:GetServiceQuotaIncreaseRequestFromTemplate', 'servicequotas:ListServiceQuotaIncreaseRequestsInTemplate',
        'servicequotas:PutServiceQuotaIncreaseRequestIntoTemplate',
      ],
      Resource: '*',
    }] : []),
    ...(hasBackupCopies ? [{ Sid: 'BackupCopies', Effect: 'Allow', Action: ['backup:DescribeGlobalSettings', 'backup:UpdateGlobalSettings'], Resource: '*' }] : []),
    { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup.attrArn },
  ];
}
