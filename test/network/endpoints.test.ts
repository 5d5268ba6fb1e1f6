import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { validated } from './aws-solutions';
import { inventory, moved, resourcesOf, templateOf } from './built';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { AwsOwnedResources } from '../../src/network/aws-owned-resources';
import { CentralEndpoints, CentralEndpointsProps } from '../../src/network/central-endpoints';
import { EndpointPolicy } from '../../src/network/endpoint-policy';
import { GatewayEndpoints, GatewayEndpointsProps } from '../../src/network/gateway-endpoints';

const ORGANIZATION = 'o-abcdefghij';
const PROPS: CentralEndpointsProps = {
  vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'], clients: ['10.0.0.0/8'],
  services: ['ssm', 'ecr.api', 'kms'], policy: EndpointPolicy.organizationOnly(ORGANIZATION), profileId: 'rp-0123456789abcdef',
};
const central = (stack: Stack, props: Partial<CentralEndpointsProps> = {}) => new CentralEndpoints(stack, 'Endpoints', { ...PROPS, ...props });
const gateways = (stack: Stack, props: Partial<GatewayEndpointsProps> = {}) => new GatewayEndpoints(stack, 'Gateways', {
  vpcId: PROPS.vpcId, routeTableIds: ['rtb-0123456789abcdef0'], policy: PROPS.policy, ...props,
});

/** Statements of a service's endpoint, with partition and Region filled in. */
function statementsOf(build: (stack: Stack) => void, service: string): any[] {
  const endpoint = Object.values(resourcesOf(build)).find(({ Type, Properties }) => Type === 'AWS::EC2::VPCEndpoint' && Properties.ServiceName === `com.amazonaws.eu-west-1.${service}`);
  const text = JSON.stringify(endpoint.Properties.PolicyDocument ?? { Statement: [] });
  return JSON.parse(text.replace(/\{"Fn::Join":\["",\["((?:[^"\\]|\\.)*)",\{"Ref":"AWS::Partition"\},"((?:[^"\\]|\\.)*)"\]\]\}/g, '"$1aws$2"')).Statement;
}

describe('central endpoints', () => {
  test('are reached on port 443 from the plan, and from nowhere else', () => {
    const built = templateOf(central);
    built.allResourcesProperties('AWS::EC2::VPCEndpoint', Match.objectLike({ VpcEndpointType: 'Interface', PrivateDnsEnabled: true, SecurityGroupIds: [{ 'Fn::GetAtt': [Match.anyValue(), 'GroupId'] }] }));
    built.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    built.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [{ CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS of clients' }],
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('are resolved everywhere by the profile, or in their VPC only', () => {
    const built = templateOf(central);
    built.resourceCountIs('AWS::Route53Profiles::ProfileResourceAssociation', 3);
    built.hasResourceProperties('AWS::Route53Profiles::ProfileResourceAssociation', {
      ProfileId: 'rp-0123456789abcdef', ResourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-west-1:444455556666:vpc-endpoint/', { 'Fn::GetAtt': [Match.stringLikeRegexp('ssm'), 'Id'] }]] },
    });
    templateOf((stack) => central(stack, { profileId: undefined })).resourceCountIs('AWS::Route53Profiles::ProfileResourceAssociation', 0);
  });

  test('are found by their service, and one of another name is taken as it is', () => {
    const built = templateOf((stack) => {
      const endpoints = central(stack, { services: ['kms', 'aws.api.eu-west-1.freetier'] });
      expect(endpoints.endpointId('kms')).not.toBe(endpoints.endpointId('aws.api.eu-west-1.freetier'));
      expect(() => endpoints.endpointId('sqs')).toThrow('Network/Endpoints has no endpoint for sqs. Services: kms, aws.api.eu-west-1.freetier. Add it to services.');
    });
    built.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'aws.api.eu-west-1.freetier' });
  });

  test('adding and reordering services and subnets moves nothing', () => {
    expect(moved(central, (stack) => central(stack, { services: ['sqs', 'kms', 'ecr.api', 'ssm'], subnetIds: [...PROPS.subnetIds, 'subnet-0123456789abcdef2'].reverse() }), 'SubnetIds')).toEqual([]);
  });

  test('say their mistakes at once', () => {
    expect(() => templateOf((stack) => central(stack, { subnetIds: [], clients: ['0.0.0.0/0', 'office'], services: ['ssm', 'ssm', 'Sqs', 'kms'], policies: { logs: PROPS.policy }, limits: { perVpc: 3 } })))
      .toThrow(`CentralEndpoints Network/Endpoints has 7 problems
  subnetIds is empty: give a subnet in each zone that has clients
  client "0.0.0.0/0": a block of the plan is expected, like 10.0.0.0/8
  client "office": a block of the plan is expected, like 10.0.0.0/8
  service ssm is named twice
  service "Sqs": a name such as ssm or ecr.api is expected
  4 services are named, a VPC has 3 interface endpoints: use a second VPC, or ask AWS for more and say so by limits.perVpc
  policies names logs, which is none of the services: ssm, ssm, Sqs, kms`);
    expect(() => templateOf((stack) => central(stack, { clients: [], services: [] }))).toThrow(/clients is empty[^]*services is empty/);
    expect(() => templateOf((stack) => central(stack, { services: Array.from({ length: 51 }, (_, at) => `s${at}`) }))).toThrow('a VPC has 50 interface endpoints');
  });
});

describe('the policy of an endpoint', () => {
  test('lets the organization to what is its own, and AWS services', () => {
    expect(statementsOf(central, 'kms')).toEqual([
      { Sid: 'OrganizationOnly', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:ResourceOrgID': ORGANIZATION } } },
      { Sid: 'AwsServices', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
    ]);
  });

  test('lets tokens of identity providers become roles of the organization, and of nobody else', () => {
    const [, , federated, ...rest] = statementsOf((stack) => central(stack, { services: ['sts'] }), 'sts');
    expect(rest).toEqual([]);
    expect(federated).toEqual({
      Sid: 'FederatedIdentities', Effect: 'Allow', Principal: '*', Action: ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'], Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION } },
    });
  });

  test('opens what belongs to AWS, where a service needs it, to the organization', () => {
    const [, , documents, ...rest] = statementsOf(central, 'ssm');
    expect(rest).toEqual([]);
    expect(documents).toMatchObject({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } });
    expect(documents.Resource).toContain('arn:aws:ssm:eu-west-1::document/*');
    const s3 = statementsOf(gateways, 's3').slice(2);
    expect(s3.every(({ Action, Resource }) => Action === 's3:GetObject' && [Resource].flat().every((arn: string) => /^arn:aws:s3:::[a-z0-9-]+\/\*$/.test(arn)))).toBe(true);
    expect(s3[0].Resource).toBe('arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*');
    expect(statementsOf(gateways, 'dynamodb')).toHaveLength(2);
  });

  test('opens more where it is told, and keeps the reasons in the template', () => {
    const awsOwned = [AwsOwnedResources.images(['602401143452'], 'Images of EKS add-ons'), AwsOwnedResources.CLOUDFORMATION_ANSWERS, AwsOwnedResources.layers(['580247275435'], 'Lambda Insights')];
    const build = (stack: Stack) => central(stack, { services: ['ecr.api', 'lambda', 's3'], policy: EndpointPolicy.organizationOnly(ORGANIZATION, { awsOwned, trustedAccounts: ['999988887777'] }) });
    expect(statementsOf(build, 'ecr.api').slice(2)).toMatchObject([
      { Sid: 'TrustedAccounts', Action: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:ResourceAccount': ['999988887777'] } } },
      { Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:ResourceAccount': ['602401143452'] } } },
    ]);
    expect(statementsOf(build, 's3')[3]).toMatchObject({ Action: 's3:PutObject' });
    expect(statementsOf(build, 'lambda')[3]).toMatchObject({ Resource: 'arn:aws:lambda:*:580247275435:layer:*' });
    templateOf(build).hasResource('AWS::EC2::VPCEndpoint', { Metadata: { 'cdk-landing-zone': { reasons: ['Images of EKS add-ons'] } } });
  });

  test('may be open for a reason, for one service', () => {
    const build = (stack: Stack) => central(stack, { policies: { kms: EndpointPolicy.open('A partner\'s keys, SEC-7') } });
    expect(statementsOf(build, 'kms')).toEqual([]);
    expect(statementsOf(build, 'ssm')).toHaveLength(3);
    templateOf(build).hasResource('AWS::EC2::VPCEndpoint', { Metadata: { 'cdk-landing-zone': { reasons: ['A partner\'s keys, SEC-7'] } }, Properties: { PolicyDocument: Match.absent() } });
    expect(() => EndpointPolicy.open('')).toThrow('say why everything may pass');
  });

  test('is one that AWS takes, for every service with exceptions', () => {
    const services = ['ssm', 'ec2', 'ecr.api', 'lambda', 's3'];
    const awsOwned = [...AwsOwnedResources.common(), AwsOwnedResources.images(['602401143452'], 'EKS'), AwsOwnedResources.layers(['580247275435'], 'Insights'), AwsOwnedResources.CLOUDFORMATION_ANSWERS];
    for (const service of services) {
      const statements = statementsOf((stack) => central(stack, { services, policy: EndpointPolicy.organizationOnly(ORGANIZATION, { awsOwned }) }), service);
      expect(statements.length).toBeGreaterThan(2);
      for (const { Principal: _, ...statement } of statements) expect(validatePolicyDocument({ Version: '2012-10-17', Statement: [statement] }, service, 'service-control').problems).toEqual([]);
    }
  });

  test('says what is wrong with it', () => {
    expect(() => EndpointPolicy.organizationOnly('acme')).toThrow('the id of an organization is expected, like o-abcdefghij');
    expect(() => EndpointPolicy.organizationOnly(ORGANIZATION, { trustedAccounts: ['123'] })).toThrow('"123" in trustedAccounts: account ids of 12 digits are expected');
    expect(() => AwsOwnedResources.of({ reason: ' ', services: [], actions: [], resources: ['*'] })).toThrow('no reason is given; services is empty: name the endpoints, like s3; actions is empty; resources holds *');
    expect(() => AwsOwnedResources.of({ reason: 'x', services: ['s3'], actions: ['s3:GetObject'] })).toThrow('neither resources nor accounts is given');
    expect(() => AwsOwnedResources.images(['123'], 'x')).toThrow('account "123" is no account id');
    const many = AwsOwnedResources.of({ reason: 'many', services: ['s3'], actions: ['s3:GetObject'], resources: Array.from({ length: 600 }, (_, at) => `arn:aws:s3:::bucket-of-a-long-name-${at}/*`) });
    expect(() => templateOf((stack) => gateways(stack, { policy: EndpointPolicy.organizationOnly(ORGANIZATION, { awsOwned: [many] }) }))).toThrow(/Gateways\/s3: its policy has 2\d,\d{3} characters, AWS takes 20,480/);
  });
});

describe('gateway endpoints', () => {
  test('are routes for S3 and DynamoDB, and nothing else', () => {
    const built = templateOf(gateways);
    built.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    built.allResourcesProperties('AWS::EC2::VPCEndpoint', Match.objectLike({ VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-0123456789abcdef0'], PolicyDocument: Match.anyValue() }));
    expect(() => templateOf((stack) => gateways(stack, { services: ['s3', 's3', 'sqs'], routeTableIds: [] }))).toThrow('routeTableIds is empty: nothing would lead to the endpoints; sqs has no gateway endpoint: s3 and dynamodb have. Use CentralEndpoints; s3 is named twice');
  });

  test('stay when services and tables are added', () => {
    expect(moved((stack) => gateways(stack, { services: ['s3'] }), (stack) => gateways(stack, { services: ['dynamodb', 's3'], routeTableIds: ['rtb-0123456789abcdef1', 'rtb-0123456789abcdef0'] }), 'RouteTableIds')).toEqual([]);
  });
});

const both = (stack: Stack) => { central(stack); gateways(stack); };

test('AwsSolutions and CloudFormation find nothing', () => {
  expect(validated(both)).toEqual({ violations: [], acknowledged: [] });
});

test('in the template, as a small snapshot', () => {
  expect(inventory(both, 'ServiceName', 'Name')).toMatchSnapshot();
});
