import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountQuotas } from '../../../src/organization/quotas/account-quotas';
import { QuotaIncrease } from '../../../src/organization/quotas/quota-increase';
import { validated } from '../../network/aws-solutions';
import { withoutCode } from '../account-settings/without-code';

const LAMBDA: QuotaIncrease = { serviceCode: 'lambda', quotaCode: 'L-B99A9384', value: 5000 };
const ROLES: QuotaIncrease = { serviceCode: 'iam', quotaCode: 'L-FE177D64', value: 3000, regions: ['us-east-1'] };

function made(...quotas: QuotaIncrease[]): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Account', { env: { account: '444455556666', region: 'eu-west-1' } });
  new AccountQuotas(stack, 'Quotas', { quotas });
  return Template.fromStack(stack);
}

test('each quota is a resource, in all Regions or in those that are named', () => {
  const template = made(LAMBDA, ROLES);
  template.hasResource('Custom::ServiceQuota', { Properties: { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384', Value: '5000' }, Condition: Match.absent() });
  const conditions = template.findConditions('*', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] });
  expect(Object.keys(conditions)).toHaveLength(1);
  template.hasResource('Custom::ServiceQuota', { Properties: { ServiceCode: 'iam' }, Condition: Object.keys(conditions)[0] });
  expect(withoutCode(template)).toMatchSnapshot();
});

test('its role asks for these quotas alone', () => {
  const [role] = Object.values<any>(made(LAMBDA, ROLES).findResources('AWS::IAM::Role'));
  const [quotas, , linked] = role.Properties.Policies[0].PolicyDocument.Statement;
  const named = JSON.stringify(quotas.Resource);
  expect([quotas.Resource.length, named.includes(':lambda/L-B99A9384'), named.includes(':iam/L-FE177D64'), named.includes('*')]).toEqual([4, true, true, false]);
  expect(linked).toMatchObject({ Action: 'iam:CreateServiceLinkedRole', Condition: { StringEquals: { 'iam:AWSServiceName': 'servicequotas.amazonaws.com' } } });
});

test('a quota, a Region and another value move nothing', () => {
  const ids = (...quotas: QuotaIncrease[]) => Object.keys(made(...quotas).findResources('Custom::ServiceQuota'));
  expect(ids({ ...ROLES, regions: ['eu-west-1', 'us-east-1'], value: 4000 }, LAMBDA)).toEqual(expect.arrayContaining(ids(LAMBDA, ROLES)));
});

test('all mistakes are told together', () => {
  expect(() => made()).toThrow('quotas is empty');
  expect(() => made(
    { serviceCode: '', quotaCode: 'L B', value: 0, regions: ['Ireland'] }, { ...LAMBDA, regions: [] }, LAMBDA, { ...ROLES, regions: ['us-east-1', 'eu-west-1'] }, ROLES,
  )).toThrow([
    '   L B: "" is no code of a service, like lambda',
    '   L B: "L B" is no code of a quota, like L-B99A9384',
    '   L B: the value is 0, and more than 0 is expected',
    '   L B: "Ireland" is no Region, like eu-west-1',
    '  lambda L-B99A9384: regions is empty: leave it out for all',
    '  lambda L-B99A9384 is named twice, once for all Regions',
    '  iam L-FE177D64 is named twice for us-east-1',
  ].join('\n'));
});

test('passes AwsSolutions, our controls and the validation of CloudFormation', () => {
  expect(validated((stack) => { new AccountQuotas(stack, 'Quotas', { quotas: [LAMBDA, ROLES] }); }).violations).toEqual([]);
});
