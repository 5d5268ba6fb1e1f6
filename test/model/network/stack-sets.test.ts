import { id, Sketch, topologyOfOne } from './reading';

const ref = (name: string) => ({ Ref: name });
const HUB: Sketch = {
  Tgw: ['EC2::TransitGateway', { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' }],
  Pool: ['EC2::IPAMPool', { AddressFamily: 'ipv4', IpamScopeId: 'x', ProvisionedCidrs: [{ Cidr: '10.4.0.0/14' }] }],
};

/** A template of a VPC that is attached to the hub, as CDK writes it: a text with references in it. */
function body(...vpc: readonly any[]): object {
  return {
    'Fn::Join': ['', [
      '{"Parameters":{"Length":{"Type":"Number","Default":24}},"Resources":{"Vpc":{"Type":"AWS::EC2::VPC","Properties":', ...vpc,
      '},"Subnet":{"Type":"AWS::EC2::Subnet","Properties":{"VpcId":{"Ref":"Vpc"},"AvailabilityZone":"a","CidrBlock":{"Fn::Select":[0,{"Fn::Cidr":[{"Fn::GetAtt":["Vpc","CidrBlock"]},4,8]}]}}},',
      '"Attach":{"Type":"AWS::EC2::TransitGatewayAttachment","Properties":{"VpcId":{"Ref":"Vpc"},"SubnetIds":[{"Ref":"Subnet"}],"TransitGatewayId":"', ref('Tgw'), '"}}}}',
    ]],
  };
}

const POOLED = ['{"Ipv4IpamPoolId":"', ref('Pool'), '","Ipv4NetmaskLength":{"Ref":"Length"}}'];
const set = (props: object) => topologyOfOne({ ...HUB, Set: ['CloudFormation::StackSet', { StackSetName: 'x', PermissionModel: 'SERVICE_MANAGED', ...props }] });

test('VPCs out of a pool: one of any account of a unit and another one beside it, in each Region', () => {
  const { vpcs, attachments, unknowns } = set({ TemplateBody: body(...POOLED), StackInstancesGroup: [{ Regions: ['eu-west-1', 'us-east-1'], DeploymentTargets: { OrganizationalUnitIds: ['ou-1'] } }] });
  expect(vpcs.map(({ account, region, ranges, pooledPrefix }) => [`${account} ${region}`, ranges, pooledPrefix])).toEqual(
    ['any eu-west-1', 'any eu-west-1', 'any us-east-1', 'any us-east-1'].map((place) => [place, ['10.4.0.0/14'], 24]),
  );
  expect(new Set(attachments.map(({ id: one }) => one)).size).toBe(4);
  expect(unknowns).toEqual([]);
});

test('in accounts that are named, attached to the hub that the template is given', () => {
  const { vpcs, attachments, unknowns } = set({ TemplateBody: body('{"CidrBlock":"10.0.0.0/16"}'), StackInstancesGroup: [{ Regions: ['eu-west-1'], DeploymentTargets: { Accounts: ['222222222222', '333333333333'] } }] });
  expect(vpcs.map(({ account, ranges }) => [account, ranges])).toEqual([['222222222222', ['10.0.0.0/16']], ['333333333333', ['10.0.0.0/16']]]);
  expect(attachments.map(({ gateway, link }) => [gateway, link.kind])).toEqual([[id('Tgw'), 'vpc'], [id('Tgw'), 'vpc']]);
  expect(unknowns).toEqual([]);
});

test('parameters that the set gives', () => {
  const { vpcs } = set({
    TemplateBody: body(...POOLED), Parameters: [{ ParameterKey: 'Length', ParameterValue: '22' }], StackInstancesGroup: [{ Regions: ['eu-west-1'], DeploymentTargets: { Accounts: ['222222222222'] } }],
  });
  expect(vpcs.map(({ ranges, pooledPrefix }) => [ranges, pooledPrefix])).toEqual([[['10.4.0.0/14'], 22]]);
});

test('parameters that some instances have of their own', () => {
  const group = (account: string, value?: string) => ({
    Regions: ['eu-west-1'], DeploymentTargets: { Accounts: [account] }, ...(value === undefined ? {} : { ParameterOverrides: [{ ParameterKey: 'Length', ParameterValue: value }] }),
  });
  const { vpcs } = set({
    TemplateBody: body(...POOLED), Parameters: [{ ParameterKey: 'Length', ParameterValue: '22' }], StackInstancesGroup: [group('222222222222'), group('333333333333', '20')],
  });
  expect(vpcs.map(({ account, pooledPrefix }) => [account, pooledPrefix])).toEqual([['222222222222', 22], ['333333333333', 20]]);
});

test.each<[string, object]>([
  ['a template in YAML', { TemplateBody: 'Resources: { Vpc: { Type: AWS::EC2::VPC } }', StackInstancesGroup: [{ Regions: ['eu-west-1'] }] }],
  ['Regions that are not known', { TemplateBody: body('{"CidrBlock":"10.0.0.0/16"}'), StackInstancesGroup: [{ Regions: [{ 'Fn::ImportValue': 'x' }] }] }],
  ['instances that others make', { TemplateBody: body('{"CidrBlock":"10.0.0.0/16"}') }],
])('%s: unknown', (_, props) => {
  const { vpcs, unknowns } = set(props);
  expect(vpcs).toEqual([]);
  expect(unknowns).toEqual([expect.objectContaining({ what: expect.stringMatching(/^AWS::CloudFormation::StackSet Set: it makes AWS::EC2::VPC.* in each of its accounts$/) })]);
  expect(unknowns[0]!.affects).toBeUndefined();
});
