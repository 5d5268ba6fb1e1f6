import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { isOptIn } from '../../../src/organization/regions/opt-in';
import { OptInRegions, OptInRegionsProps } from '../../../src/organization/regions/opt-in-regions';
import { validated } from '../../network/aws-solutions';

function made(props: OptInRegionsProps = { regions: ['eu-central-2'] }): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Management', { env: { account: '111111111111', region: 'eu-west-1' } });
  new OptInRegions(stack, 'Regions', props);
  return Template.fromStack(stack);
}

test('Regions since 2019 are opt-in, and those that are newer than the CDK', () => {
  const optIn = ['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'il-central-1', 'me-central-1', 'mx-central-1', 'sa-west-1'];
  expect(optIn.filter((region) => !isOptIn(region))).toEqual([]);
  expect(['us-east-1', 'eu-west-1', 'eu-north-1', 'ap-northeast-3', 'sa-east-1', 'cn-north-1', 'us-gov-west-1', 'us-gov-south-1', 'eusc-de-east-1'].filter(isOptIn)).toEqual([]);
});

test('accounts are opted in by a deployment and each hour', () => {
  const template = made({ regions: ['eu-central-2'], accounts: ['payments'] });
  template.hasResourceProperties('Custom::OptInRegions', { Regions: ['eu-central-2'], ManagementAccountId: { Ref: 'AWS::AccountId' }, Accounts: ['payments'], ServiceTimeout: '960' });
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'OptIn' }] });
  const [rule] = Object.values<any>(template.findResources('AWS::Events::Rule'));
  expect(rule.Properties.Targets[0].Input).toEqual({ 'Fn::Join': ['', ['{"Regions":["eu-central-2"],"ManagementAccountId":"', { Ref: 'AWS::AccountId' }, '"}']] });
  const resources = Object.entries(template.toJSON().Resources).map(([id, { Type }]: [string, any]) => `${Type} ${id}`);
  expect(resources).toMatchSnapshot();
});

test('the role may do what the function calls, and opt in to these Regions alone', () => {
  const source = readFileSync(join(__dirname, '../../../src/organization/regions/settings/organization-regions.ts'), 'utf8');
  const calls = [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `${name === 'ListAccounts' ? 'organizations' : 'account'}:${name}`);
  const [policy] = Object.values<any>(made().findResources('AWS::IAM::Policy'));
  const statements = policy.Properties.PolicyDocument.Statement;
  expect(statements.slice(0, -1).map(({ Action }: any) => Action).sort()).toEqual([...new Set(calls)].sort());
  expect(statements.find(({ Sid }: any) => Sid === 'OptIn').Condition).toEqual({ StringEquals: { 'account:TargetRegion': ['eu-central-2'] } });
});

test('mistakes are told together', () => {
  expect(() => made({ regions: ['eu-west-1', 'eu-central-2', 'eu-central-2'] })).toThrow('  eu-central-2 is named twice\n  eu-west-1 is open to every account: leave it out');
  expect(() => made({ regions: [] })).toThrow('regions is empty');
});

test('passes AwsSolutions, our controls and the validation of CloudFormation', () => {
  expect(validated((stack) => { new OptInRegions(stack, 'Regions', { regions: ['eu-central-2'] }); }).violations).toEqual([]);
});
