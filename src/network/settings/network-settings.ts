import { join } from 'path';
import { AssetStaging, Aws, CustomResource, Duration, FileAssetPackaging, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

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

  private readonly peerRegions = new Set<string>();
  private readonly logGroup: CfnLogGroup;
  private readonly role: CfnRole;
  private readonly token: string;
  private closesGroups = false;

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
    this.token = new CfnFunction(this, 'Function', {
      description,
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { s3Bucket: code.bucketName, s3Key: code.objectKey },
      role: this.role.attrArn,
      loggingConfig: { logGroup: this.logGroup.ref },
      timeout: TIMEOUT.toSeconds(),
      memorySize: 256,
    }).attrArn;
  }

  /** Takes all rules from the default security group of a VPC of this stack's Region. Key: stable, unique in the stack; the logical id comes from it. */
  public closeDefaultSecurityGroup(key: string, securityGroupId: string): CustomResource {
    if (!this.closesGroups) {
      this.closesGroups = true;
      this.acknowledge(this.groups, 'The ids of default security groups are known only once their VPCs exist; the function refuses any other group.');
      this.allow();
    }
    return this.setting('ClosedGroups', key, 'Custom::ClosedDefaultSecurityGroup', { SecurityGroupId: securityGroupId });
  }

  /** Accepts a peering attachment in the peer's Region, same account. Complete when the attachment is available, so routes can depend on it. */
  public acceptPeering(key: string, attachmentId: string, peerRegion: string): CustomResource {
    if (!this.peerRegions.has(peerRegion)) {
      this.peerRegions.add(peerRegion);
      this.acknowledge(attachmentsIn(peerRegion), 'The ids of attachments are known only once they exist, and the role should not change with each.');
      this.allow();
    }
    return this.setting('AcceptedPeerings', key, 'Custom::AcceptedTransitGatewayPeering', { AttachmentId: attachmentId, PeerRegion: peerRegion });
  }

  private setting(kind: string, key: string, resourceType: string, properties: { [name: string]: string }): CustomResource {
    const scope = (this.node.tryFindChild(kind) as Construct | undefined) ?? new Construct(this, kind);
    return new CustomResource(scope, key, { resourceType, serviceToken: this.token, serviceTimeout: TIMEOUT.plus(Duration.minutes(1)), properties });
  }

  private get groups(): string {
    return `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:security-group/*`;
  }

  /** Within the role, which is complete when CloudFormation has made it; a policy of its own could come after the function. */
  private allow(): void {
    const regions = [...this.peerRegions].sort();
    const describe = [
      ...(this.closesGroups ? ['ec2:DescribeSecurityGroups'] : []), ...(regions.length > 0 ? ['ec2:DescribeTransitGatewayPeeringAttachments'] : []),
    ];
    const statements = [
      { Sid: 'Look', Effect: 'Allow', Action: describe, Resource: '*' },
      ...(this.closesGroups
        ? [{ Sid: 'CloseGroups', Effect: 'Allow', Action: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'], Resource: this.groups }] : []),
      ...(regions.length > 0
        ? [{ Sid: 'AcceptPeerings', Effect: 'Allow', Action: 'ec2:AcceptTransitGatewayPeeringAttachment', Resource: regions.map(attachmentsIn) }] : []),
      { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: this.logGroup.attrArn },
    ];
    this.role.policies = [{ policyName: 'settings', policyDocument: { Version: '2012-10-17', Statement: statements } }];
  }

  private acknowledge(resource: string, reason: string): void {
    Validations.of(this.role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${inReports(resource)}]`, reason });
  }
}

function attachmentsIn(region: string): string {
  return `arn:${Aws.PARTITION}:ec2:${region}:${Aws.ACCOUNT_ID}:transit-gateway-attachment/*`;
}

/** An ARN as cdk-nag writes it. */
function inReports(arn: string): string {
  return [Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID].reduce((text, token, index) => text.replace(token, `<${['AWS::Partition', 'AWS::Region', 'AWS::AccountId'][index]}>`), arn);
}
