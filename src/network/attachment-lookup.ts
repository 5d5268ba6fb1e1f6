import { CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';

/** Properties of a look-up. */
export interface AttachmentLookupProps {
  readonly transitGatewayId: string;
  readonly resourceType: 'vpn' | 'direct-connect-gateway';
  /** Id of the VPN connection or of the Direct Connect gateway. */
  readonly resourceId: string;
  /** Reference to the resource that AWS makes it with: the connection, or the association of the gateway. */
  readonly madeBy: string;
}

const ID = 'TransitGatewayAttachments.0.TransitGatewayAttachmentId';

/**
 * The attachment that AWS makes with a VPN connection, or with the association of a Direct Connect gateway. CloudFormation returns its id for neither
 * (cloudformation-coverage-roadmap #183, read 2026-11-23), so it is asked for when they are there. A deployment fails when there is none.
 */
export class AttachmentLookup extends Construct {
  public readonly attachmentId: string;

  public constructor(scope: Construct, id: string, { transitGatewayId, resourceType, resourceId, madeBy }: AttachmentLookupProps) {
    super(scope, id);
    const call = {
      service: 'ec2',
      action: 'DescribeTransitGatewayAttachments',
      parameters: {
        Filters: [
          { Name: 'transit-gateway-id', Values: [transitGatewayId] }, { Name: 'resource-type', Values: [resourceType] }, { Name: 'resource-id', Values: [resourceId] },
          { Name: 'state', Values: ['available'] },
        ],
      },
      physicalResourceId: PhysicalResourceId.fromResponse(ID),
      outputPaths: [ID],
    };
    const logGroup = logGroupOf(Stack.of(this));
    const asked = new AwsCustomResource(this, 'Asked', {
      onCreate: call, onUpdate: call, installLatestAwsSdk: false, timeout: Duration.minutes(2), logGroup, role: roleOf(Stack.of(this), logGroup),
      policy: AwsCustomResourcePolicy.fromStatements([new PolicyStatement({ actions: ['ec2:DescribeTransitGatewayAttachments'], resources: ['*'] })]),
    });
    acknowledge(asked);
    // For readers of the template, who know no custom resources.
    const { defaultChild } = asked.node.findChild('Resource').node;
    (defaultChild as CfnResource).addMetadata(METADATA_KEY, { attachmentOf: madeBy });
    this.attachmentId = asked.getResponseField(ID);
  }
}

/** One a stack, as the function is. */
function logGroupOf(stack: Stack): LogGroup {
  const id = 'AttachmentLookupLog';
  return (stack.node.tryFindChild(id) as LogGroup | undefined) ?? new LogGroup(stack, id, { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
}

/** Likewise: it writes its log, and asks. */
function roleOf(stack: Stack, logGroup: LogGroup): Role {
  const id = 'AttachmentLookupRole';
  return (stack.node.tryFindChild(id) as Role | undefined) ?? new Role(stack, id, {
    description: 'Asks for attachments of the transit gateway',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { log: new PolicyDocument({ statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })] }) },
  });
}

function acknowledge(asked: AwsCustomResource): void {
  Validations.of(asked).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'Describing attachments takes no narrower resource (Service Authorization Reference, read 2026-11-23).',
  });
}
