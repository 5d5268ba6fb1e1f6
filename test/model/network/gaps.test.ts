import { custom_resources as custom, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { id, Sketch, stackOf, topologyOf, topologyOfApp, topologyOfOne } from './reading';
import { networkFromAssembly } from '../../../src/model/network/network-from-assembly';
import { assemblyOf } from '../assembly/stacks';

const ref = (name: string) => ({ Ref: name });
const BASE: Sketch = {
  Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }],
  Subnet: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/24' }],
  Table: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
  Tgw: ['EC2::TransitGateway'],
  Attach: ['EC2::TransitGatewayAttachment', { TransitGatewayId: ref('Tgw'), VpcId: ref('Vpc'), SubnetIds: [ref('Subnet')] }],
};
const unknownsWith = (sketch: Sketch) => topologyOfOne({ ...BASE, ...sketch }).unknowns.map(({ what, affects }) => [what, affects]);
const vpc = id('Vpc');
const tgw = id('Tgw');

test.each<[string, Sketch[string], string[] | undefined]>([
  ['a route server of a VPC', ['EC2::RouteServerAssociation', { RouteServerId: 'rs', VpcId: ref('Vpc') }], [vpc]],
  ['routes that a route server writes', ['EC2::RouteServerPropagation', { RouteServerId: 'rs', RouteTableId: ref('Table') }], [vpc]],
  ['Client VPN', ['EC2::ClientVpnTargetNetworkAssociation', { ClientVpnEndpointId: 'x', SubnetId: ref('Subnet') }], [vpc]],
  ['a policy table', ['EC2::TransitGatewayPolicyTableAssociation', { TransitGatewayAttachmentId: ref('Attach') }], [tgw]],
  ['VPC Lattice', ['VpcLattice::ServiceNetworkVpcAssociation', { VpcIdentifier: ref('Vpc') }], [vpc]],
  ['a transit gateway in Cloud WAN', ['NetworkManager::TransitGatewayPeering', { CoreNetworkId: 'core-1', TransitGatewayArn: { 'Fn::GetAtt': ['Tgw', 'TransitGatewayArn'] } }], [tgw]],
  ['a place without a name of what it affects', ['EC2::VerifiedAccessEndpoint', {}], [vpc, tgw]],
  ['a VPC that is not known', ['EC2::CarrierGateway', { VpcId: { 'Fn::ImportValue': 'x' } }], [vpc, tgw]],
  ['a VPC elsewhere', ['EC2::CarrierGateway', { VpcId: 'vpc-1' }], []],
  ['what is everywhere', ['GlobalAccelerator::EndpointGroup', {}], undefined],
  ['a type that nobody has heard of', ['EC2::QuantumTunnel', { VpcId: ref('Vpc') }], [vpc, tgw]],
])('%s is unknown', (_, resource, affects) => {
  expect(unknownsWith({ It: resource })).toEqual([[expect.stringMatching(/^AWS::.* It: it.* not modelled$/), affects]]);
});

test('what brings ways of its own takes none away; routes that others write may', () => {
  const { unknowns } = topologyOfOne({ ...BASE, Vpn: ['EC2::ClientVpnTargetNetworkAssociation', { SubnetId: ref('Subnet') }], Routes: ['EC2::RouteServerPropagation', { RouteTableId: ref('Table') }] });
  expect(unknowns.map(({ what, onlyAdds }) => [what.split(' ')[1], onlyAdds])).toEqual([['Vpn:', true], ['Routes:', undefined]]);
});

test('what only describes is no gap', () => {
  expect(unknownsWith({ Log: ['EC2::FlowLog', { ResourceId: ref('Vpc') }], Share: ['RAM::ResourceShare', { ResourceArns: [{ 'Fn::GetAtt': ['Tgw', 'TransitGatewayArn'] }] }], Bucket: ['S3::Bucket'] })).toEqual([]);
});

describe('custom resources', () => {
  test('may change the ways of what they are told of', () => {
    expect(unknownsWith({ It: ['Custom::Router', { ServiceToken: 'x', Target: { Table: [{ 'Fn::Sub': 'x' }, ref('Table')] } }] })).toEqual([['Custom::Router It: a custom resource that is told of Table', [vpc]]]);
    expect(unknownsWith({ It: ['Custom::Reader', { ServiceToken: 'x', Group: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }, Subnet: ref('Subnet') }] })).toEqual([]);
  });

  test('of CDK, which call one action: reading is harmless', () => {
    const build = (action: string) => topologyOfApp((_, stack) => {
      const table = new ec2.CfnRouteTable(stack, 'Table', { vpcId: new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' }).ref });
      new custom.AwsCustomResource(stack, 'Call', {
        onCreate: { service: 'EC2', action, parameters: { RouteTableId: table.ref }, physicalResourceId: custom.PhysicalResourceId.of('x') }, policy: custom.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
      });
    }).unknowns.map(({ what }) => what);
    expect(build('describeRouteTables')).toEqual([]);
    expect(build('replaceRoute')).toEqual(['Custom::AWS App/Call/Resource/Default: a custom resource that is told of App/Table']);
  });
});

test('macros and loops may add anything, nested stacks elsewhere anything in their place', () => {
  const loop = { 'Fn::ForEach::Tables': ['Name', ['A', 'B'], { 'T${Name}': { Type: 'AWS::EC2::RouteTable' } }] };
  const { unknowns } = topologyOf(
    { ...stackOf('S', BASE), template: { ...stackOf('S', BASE).template, Transform: ['AWS::LanguageExtensions', 'Mine'] } },
    { ...stackOf('L', {}), template: { Resources: loop } },
    stackOf('N', { Nested: ['CloudFormation::Stack', { TemplateURL: 'https://s3.amazonaws.com/x/y.template' }] }),
  );
  expect(unknowns.map(({ what, affects }) => [what, affects])).toEqual([
    ['macro Mine of stack S', undefined], ['Fn::ForEach::Tables in stack L', undefined], ['AWS::CloudFormation::Stack Nested: its template is not in the assembly', [vpc, tgw]],
  ]);
});

test('stack sets: what they make in accounts that nobody names', () => {
  const set = (props: object) => unknownsWith({ Set: ['CloudFormation::StackSet', { StackSetName: 'x', PermissionModel: 'SERVICE_MANAGED', ...props }] });
  const body = (...types: string[]) => ({ TemplateBody: JSON.stringify({ Resources: Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }])) }) });
  expect(set(body('AWS::IAM::Role', 'AWS::EC2::FlowLog'))).toEqual([]);
  expect(set(body('AWS::IAM::Role', 'AWS::EC2::VPC', 'AWS::EC2::VPC'))).toEqual([['AWS::CloudFormation::StackSet Set: it makes AWS::EC2::VPC in each of its accounts', undefined]]);
  expect(set({ TemplateURL: 'https://s3.amazonaws.com/x' })).toEqual([['AWS::CloudFormation::StackSet Set: its template is not known', undefined]]);
});

test('intents come from the templates\' notes, with where they stand; two of one hub are a mistake', () => {
  const intent = { hub: 'Zone/Hub', region: 'eu-west-1', segments: [{ name: 'prod', ranges: ['10.0.0.0/14'], isIsolated: false, hasEgress: true }], allowed: [], egress: 'central', inspectsEgress: true, inspectsEastWest: false };
  const template = { Metadata: { 'cdk-landing-zone': { network: { intents: [intent] } } } };
  expect(topologyOfOne(BASE, template).intents).toEqual([{ ...intent, origin: { template: 'S.template.json', logicalId: '', path: 'Zone/Hub' } }]);
  const twice = networkFromAssembly(assemblyOf(stackOf('S', BASE, { template }), stackOf('T', {}, { template })));
  expect(twice.problems).toEqual([expect.objectContaining({ place: { file: 'T.template.json' }, message: 'hub Zone/Hub of eu-west-1 is declared twice' })]);
  expect(twice.topology.intents).toHaveLength(1);
});
