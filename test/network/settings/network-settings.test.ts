import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { NetworkSettings } from '../../../src/network/settings/network-settings';
import { validated } from '../aws-solutions';

function stackWith(build: (settings: NetworkSettings) => void): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Network', { env: { account: '444455556666', region: 'eu-west-1' } });
  build(NetworkSettings.of(stack));
  return Template.fromStack(stack);
}

const close = (settings: NetworkSettings) => settings.closeDefaultSecurityGroup('payments', 'sg-0123456789abcdef0');
const accept = (settings: NetworkSettings) => settings.acceptPeering('eu-central-1', 'tgw-attach-0123456789abcdef0', 'eu-central-1');

function actionsOf(template: Template): { [sid: string]: string[] } {
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  return Object.fromEntries(role!.Properties.Policies[0].PolicyDocument.Statement.map(({ Sid, Action }: any) => [Sid, [Action].flat()]));
}

test('the settings of a stack are one, with one function for all', () => {
  const template = stackWith((settings) => {
    expect(NetworkSettings.of(settings)).toBe(settings);
    close(settings);
    settings.closeDefaultSecurityGroup('orders', 'sg-0fedcba9876543210');
    accept(settings);
  });
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.hasResourceProperties('Custom::ClosedDefaultSecurityGroup', { SecurityGroupId: 'sg-0fedcba9876543210', ServiceTimeout: '960' });
  template.hasResourceProperties('Custom::AcceptedTransitGatewayPeering', { AttachmentId: 'tgw-attach-0123456789abcdef0', PeerRegion: 'eu-central-1' });
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900 });
});

test('a key that is taken is refused', () => {
  expect(() => stackWith((settings) => [close(settings), close(settings)])).toThrow('payments');
});

test('the role may do what the stack uses and nothing else', () => {
  const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const revoke = ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'];
  expect(actionsOf(stackWith(close))).toEqual({ Look: ['ec2:DescribeSecurityGroups'], CloseGroups: revoke, Log: log });
  expect(actionsOf(stackWith(accept))).toEqual({
    Look: ['ec2:DescribeTransitGatewayPeeringAttachments'], AcceptPeerings: ['ec2:AcceptTransitGatewayPeeringAttachment'], Log: log,
  });
  expect(Object.keys(actionsOf(stackWith((settings) => [accept(settings), close(settings)])))).toEqual(['Look', 'CloseGroups', 'AcceptPeerings', 'Log']);
});

test('every call of the handler is allowed to the role', () => {
  const folder = join(__dirname, '../../../src/network/settings');
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const calls = [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `ec2:${name}`);
  const allowed = Object.values(actionsOf(stackWith((settings) => [close(settings), accept(settings)]))).flat().filter((action) => action.startsWith('ec2:'));
  expect([...new Set(calls)].sort()).toEqual(allowed.sort());
});

test('another setting of a kind changes nothing that exists but what the role may do', () => {
  const resourcesOf = (build: (settings: NetworkSettings) => void) => {
    const { Resources } = stackWith(build).toJSON();
    for (const { Type, Properties } of Object.values<any>(Resources)) if (Type === 'AWS::IAM::Role') delete Properties.Policies;
    return Resources;
  };
  const before = resourcesOf((settings) => [close(settings), accept(settings)]);
  const after = resourcesOf((settings) => {
    settings.closeDefaultSecurityGroup('aardvark', 'sg-0fedcba9876543210');
    settings.acceptPeering('another', 'tgw-attach-0fedcba9876543210', 'eu-central-1');
    return [close(settings), accept(settings)];
  });
  expect(after).toMatchObject(before);
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 2);
});

test('the role may change the groups and attachments of the stack alone, in whatever order they come', () => {
  const resourcesOf = (sid: string, ...builds: ((settings: NetworkSettings) => void)[]): string[] => {
    const [role] = Object.values(stackWith((settings) => builds.forEach((build) => build(settings))).findResources('AWS::IAM::Role'));
    return role!.Properties.Policies[0].PolicyDocument.Statement.find(({ Sid }: any) => Sid === sid).Resource.map(inWords);
  };
  const inWords = (arn: any) => arn['Fn::Join'][1].map((part: any) => (part.Ref === undefined ? part : `<${part.Ref}>`)).join('');
  const orders = (settings: NetworkSettings) => settings.closeDefaultSecurityGroup('orders', 'sg-0fedcba9876543210');
  const here = 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:security-group';
  expect(resourcesOf('CloseGroups', close, orders)).toEqual([`${here}/sg-0fedcba9876543210`, `${here}/sg-0123456789abcdef0`]);
  expect(resourcesOf('CloseGroups', orders, close)).toEqual(resourcesOf('CloseGroups', close, orders));
  const virginia = (settings: NetworkSettings) => settings.acceptPeering('us-east-1', 'tgw-attach-0fedcba9876543210', 'us-east-1');
  const there = (region: string, id: string) => `arn:<AWS::Partition>:ec2:${region}:<AWS::AccountId>:transit-gateway-attachment/${id}`;
  expect(resourcesOf('AcceptPeerings', virginia, accept)).toEqual([there('eu-central-1', 'tgw-attach-0123456789abcdef0'), there('us-east-1', 'tgw-attach-0fedcba9876543210')]);
  expect(resourcesOf('AcceptPeerings', accept, virginia)).toEqual(resourcesOf('AcceptPeerings', virginia, accept));
});

test('AwsSolutions finds nothing but what is acknowledged with a reason', () => {
  const { violations, acknowledged } = validated((stack) => [close(NetworkSettings.of(stack)), accept(NetworkSettings.of(stack))]);
  expect(violations).toEqual([]);
  expect(acknowledged).toEqual([expect.stringMatching(/IAM5\[Resource::\*\]: Describe calls/)]);
});

test('what a spoke carries, as a small snapshot', () => {
  expect(Object.entries(stackWith(close).toJSON().Resources).map(([id, { Type }]: [string, any]) => `${id} ${Type}`)).toMatchSnapshot();
});
