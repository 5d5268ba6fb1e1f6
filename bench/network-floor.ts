import { App, CfnOutput, CustomResource, Fn, Stack } from 'aws-cdk-lib';
import {
  CfnFlowLog, CfnNetworkAcl, CfnNetworkAclEntry, CfnRoute, CfnRouteTable, CfnSubnet, CfnSubnetNetworkAclAssociation, CfnSubnetRouteTableAssociation, CfnTransitGatewayAttachment,
  CfnTransitGatewayRouteTableAssociation, CfnTransitGatewayRouteTablePropagation, CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { accountOf, REGIONS, stacksFor } from './network-zone';

const ZONES = ['az1', 'az2', 'az3'];

/** The floor: the resources that so many spokes have, written down as bare L1s with literals wherever a template can have one. */
export function synthesizeNetworkFloor(spokes: number, outdir: string): void {
  const app = new App({ outdir });
  const perRegion = stacksFor(spokes / 2);
  const hubs = REGIONS.map((region) => Array.from({ length: perRegion }, (_, index) => new Stack(app, `Spokes-${region}-${index}`, { env: { account: '111122223333', region } })));
  for (let index = 0; index < spokes; index++) {
    const region = REGIONS[index % 2]!;
    const stack = new Stack(app, `Spoke-${index}`, { env: { account: accountOf(index), region } });
    spoke(stack, region);
    const hub = hubs[index % 2]![Math.floor(index / 2) % perRegion]!;
    hub.addStackDependency(stack);
    const attachment = Fn.getStackOutput(stack.stackName, 'AttachmentId', region, `arn:aws:iam::${accountOf(index)}:role/landing-zone-stack-reader`);
    const transitGatewayRouteTableId = Fn.getStackOutput(`Hub-${region}`, 'Table');
    new CfnTransitGatewayRouteTableAssociation(hub, `Association${index}`, { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId });
    for (const table of ['own', 'inspection']) new CfnTransitGatewayRouteTablePropagation(hub, `Propagation${index}${table}`, { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId });
  }
  app.synth();
}

function spoke(stack: Stack, region: string): void {
  const vpc = new CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/24', enableDnsHostnames: true, enableDnsSupport: true, tags: [{ key: 'Name', value: 'spoke' }] });
  const gateway = Fn.getStackOutput(`Hub-${region}`, 'TransitGateway', region, 'arn:aws:iam::111122223333:role/landing-zone-stack-reader');
  const transit: string[] = [];
  for (const tier of ['private', 'isolated', 'transit']) {
    const table = new CfnRouteTable(stack, `Table${tier}`, { vpcId: vpc.ref, tags: [{ key: 'Name', value: 'spoke' }] });
    const acl = new CfnNetworkAcl(stack, `Acl${tier}`, { vpcId: vpc.ref, tags: [{ key: 'Name', value: 'spoke' }] });
    for (const egress of [true, false]) {
      new CfnNetworkAclEntry(stack, `Entry${tier}${egress}`, { networkAclId: acl.ref, ruleNumber: 100, ruleAction: 'allow', protocol: -1, egress, cidrBlock: '0.0.0.0/0' });
    }
    for (const zone of ZONES) {
      const subnet = new CfnSubnet(stack, `Subnet${tier}${zone}`, { vpcId: vpc.ref, availabilityZoneId: zone, cidrBlock: '10.0.0.0/28', mapPublicIpOnLaunch: false, tags: [{ key: 'Name', value: 'spoke' }] });
      new CfnSubnetRouteTableAssociation(stack, `TableOf${tier}${zone}`, { subnetId: subnet.ref, routeTableId: table.ref });
      new CfnSubnetNetworkAclAssociation(stack, `AclOf${tier}${zone}`, { subnetId: subnet.ref, networkAclId: acl.ref });
      if (tier === 'transit') transit.push(subnet.ref);
    }
    if (tier === 'private') new CfnRoute(stack, 'ToHub', { routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', transitGatewayId: gateway });
  }
  const attachment = new CfnTransitGatewayAttachment(stack, 'Attachment', {
    transitGatewayId: gateway, vpcId: vpc.ref, subnetIds: transit, options: { DnsSupport: 'enable', ApplianceModeSupport: 'disable' }, tags: [{ key: 'Name', value: 'spoke' }],
  });
  for (const egress of [true, false]) {
    new CfnNetworkAclEntry(stack, `Default${egress}`, { networkAclId: vpc.attrDefaultNetworkAcl, ruleNumber: 1, ruleAction: 'deny', protocol: -1, egress, cidrBlock: '0.0.0.0/0' });
  }
  new CfnFlowLog(stack, 'FlowLog', {
    resourceType: 'VPC', resourceId: vpc.ref, logDestinationType: 's3', logDestination: 'arn:aws:s3:::bench-flow-logs', trafficType: 'ALL', maxAggregationInterval: 600,
    destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true }, tags: [{ key: 'Name', value: 'spoke' }],
  });
  provider(stack, vpc.attrDefaultSecurityGroup);
  new CfnOutput(stack, 'AttachmentId', { value: attachment.ref });
}

/** What a custom resource needs, with its code in place of an asset. */
function provider(stack: Stack, groupId: string): void {
  const log = new CfnLogGroup(stack, 'Log', { retentionInDays: 365 });
  const role = new CfnRole(stack, 'Role', { assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] } });
  const policy = new CfnPolicy(stack, 'Policy', {
    policyName: 'settings', roles: [role.ref], policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['ec2:DescribeSecurityGroups', 'ec2:RevokeSecurityGroupIngress'], Resource: '*' }] },
  });
  const handler = new CfnFunction(stack, 'Function', { code: { zipFile: 'exports.handler = async () => {};' }, runtime: 'nodejs24.x', handler: 'index.handler', role: role.attrArn, loggingConfig: { logGroup: log.ref } });
  handler.addResourceDependency(policy);
  new CustomResource(stack, 'DefaultGroup', { resourceType: 'Custom::ClosedDefaultSecurityGroup', serviceToken: handler.attrArn, properties: { SecurityGroupId: groupId } });
}
