import { join } from 'path';
import { AssetStaging, Aws, CustomResource, Duration, FileAssetPackaging, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCEPTING_ROLE_PATH } from './accepting-role';
import { acknowledgeProvider } from '../../custom-resource/provider-acknowledgements';

/** Bundled from `handler.ts` by `scripts/bundle-handler.ts`; a test fails when it is stale. */
const HANDLER = join(__dirname, '..', '..', '..', 'assets', 'network-settings');

/** Lambda's longest: a peering takes minutes, in two Regions. */
const TIMEOUT = Duration.minutes(15);

const ID = 'NetworkSettings';

/**
 * What EC2 can do and CloudFormation has no type for: closing the default security group of a VPC, accepting a peering of transit gateways.
 *
 * One function a stack, whose role may do what the stack uses. What was closed or accepted stays so when its resource is removed.
 */
export class NetworkSettings extends Construct {
  /** The settings of a stack, made when first asked for. */
  public static of(scope: Construct): NetworkSettings {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as NetworkSettings | undefined) ?? new NetworkSettings(stack);
  }

  /** ARNs by key. */
  private readonly groups = new Map<string, string>();
  /** ARNs by key, in the Regions of the peers. */
  private readonly attachments = new Map<string, string>();
  private readonly logGroup: CfnLogGroup;
  private readonly role: CfnRole;
  private readonly token: string;

  private constructor(stack: Stack) {
    super(stack, ID);
    const description = 'Settings of the network that CloudFormation has no type for';
    this.logGroup = new CfnLogGroup(this, 'Log', { retentionInDays: 365 });
    this.logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.role = new CfnRole(this, 'Role', {
      description,
      assumeRolePolicyDocument: {
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    });
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'Describe calls of EC2 take no narrower resource (Service Authorization Reference, read 2026-11-22).',
    });
    const staging = new AssetStaging(this, 'Code', { sourcePath: HANDLER });
    const code = stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.ZIP_DIRECTORY, sourceHash: staging.assetHash, fileName: staging.relativeStagedPath(stack),
    });
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

  /** Takes all rules from the default security group of a VPC of this stack's Region. Key: stable, unique in the stack; the logical id comes from it. */
  public closeDefaultSecurityGroup(key: string, securityGroupId: string): CustomResource {
    const made = this.setting('ClosedGroups', key, 'Custom::ClosedDefaultSecurityGroup', { SecurityGroupId: securityGroupId });
    this.groups.set(key, arnOf(Aws.REGION, 'security-group', securityGroupId));
    this.allow();
    return made;
  }

  /**
   * Accepts a peering attachment of this stack's Region in the peer's Region, same account. Complete when it is available in both, so routes can depend on it.
   * Key: as above.
   */
  public acceptPeering(key: string, attachmentId: string, peerRegion: string): CustomResource {
    const made = this.setting('AcceptedPeerings', key, 'Custom::AcceptedTransitGatewayPeering', { AttachmentId: attachmentId, PeerRegion: peerRegion });
    this.attachments.set(key, arnOf(peerRegion, 'transit-gateway-attachment', attachmentId));
    this.role.path = `/${ACCEPTING_ROLE_PATH}`;
    this.allow();
    return made;
  }

  private setting(kind: string, key: string, resourceType: string, properties: { [name: string]: string }): CustomResource {
    const scope = (this.node.tryFindChild(kind) as Construct | undefined) ?? new Construct(this, kind);
    return new CustomResource(scope, key, { resourceType, serviceToken: this.token, serviceTimeout: TIMEOUT.plus(Duration.minutes(1)), properties });
  }

  /** Within the role, which is complete when CloudFormation has made it; a policy of its own could come after the function. */
  private allow(): void {
    const describe = [
      ...(this.groups.size > 0 ? ['ec2:DescribeSecurityGroups'] : []), ...(this.attachments.size > 0 ? ['ec2:DescribeTransitGatewayPeeringAttachments'] : []),
    ];
    const statements = [
      { Sid: 'Look', Effect: 'Allow', Action: describe, Resource: '*' },
      ...(this.groups.size > 0
        ? [{ Sid: 'CloseGroups', Effect: 'Allow', Action: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'], Resource: byKey(this.groups) }] : []),
      ...(this.attachments.size > 0
        ? [{ Sid: 'AcceptPeerings', Effect: 'Allow', Action: 'ec2:AcceptTransitGatewayPeeringAttachment', Resource: byKey(this.attachments) }] : []),
      { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: this.logGroup.attrArn },
    ];
    this.role.policies = [{ policyName: 'settings', policyDocument: { Version: '2012-10-17', Statement: statements } }];
  }
}

/** What both kinds of calls take as their resource (Service Authorization Reference of EC2, read 2026-11-22). */
function arnOf(region: string, type: string, id: string): string {
  return `arn:${Aws.PARTITION}:ec2:${region}:${Aws.ACCOUNT_ID}:${type}/${id}`;
}

/** The same in whatever order they came. */
function byKey(arns: ReadonlyMap<string, string>): string[] {
  return [...arns.keys()].sort().map((key) => arns.get(key)!);
}
