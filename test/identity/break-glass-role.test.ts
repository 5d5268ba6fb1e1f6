import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { memberAccount } from './accounts';
import { BreakGlassRole, BreakGlassRoleProps, LandingZone, PlatformPrincipals, RegionStandard } from '../../src';
import { evaluate } from '../../src/analysis/evaluate';
import { stackSets } from '../delivery/baseline-fixture';
import { validated } from '../network/aws-solutions';
import '../../src/testing';

const TRUSTED = ['arn:aws:iam::999988887777:user/emergency-1', 'arn:aws:iam::999988887777:user/emergency-2'];

function role(props: Partial<BreakGlassRoleProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new BreakGlassRole(stack, 'BreakGlass', { trustedPrincipalArns: TRUSTED, ...props });
  return Template.fromStack(stack);
}

/** What the trust policy says to somebody with all permissions at home. */
function becomes(template: Template, principal: string, context: { readonly [key: string]: string | null }): string {
  const [{ Properties }] = Object.values(template.findResources('AWS::IAM::Role')) as [any];
  return evaluate({
    action: 'sts:AssumeRole', principal, resource: 'arn:aws:iam::111122223333:role/break-glass', context, resourcePolicy: { name: 'trust', document: Properties.AssumeRolePolicyDocument },
    identityPolicies: [{ name: 'all', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
  }, memberAccount()).decision;
}

test('named people become it with a second factor given a moment ago, and nobody else', () => {
  const template = role();
  const fresh = { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '60' };
  expect(becomes(template, TRUSTED[0]!, fresh)).toBe('allowed');
  expect(becomes(template, TRUSTED[0]!, { ...fresh, 'aws:MultiFactorAuthAge': '900' })).toBe('denied');
  expect(becomes(template, TRUSTED[0]!, { 'aws:MultiFactorAuthPresent': null, 'aws:MultiFactorAuthAge': null })).toBe('denied');
  expect(becomes(template, 'arn:aws:iam::999988887777:user/other', fresh)).toBe('denied');
  expect(becomes(role({ withoutMfa: 'Sessions of roles' }), TRUSTED[0]!, { 'aws:MultiFactorAuthPresent': null })).toBe('allowed');
});

test('it administers for an hour, is kept, and says where no second factor is asked', () => {
  role().hasResource('AWS::IAM::Role', { DeletionPolicy: 'Retain', Properties: { RoleName: 'break-glass', Path: '/', MaxSessionDuration: 3600 } });
  role({ roleName: 'emergency/glass', withoutMfa: 'Sessions of roles' }).hasResource('AWS::IAM::Role', {
    Properties: { RoleName: 'glass', Path: '/emergency/' }, Metadata: { 'landing-zone:break-glass': { withoutMfa: 'Sessions of roles' } },
  });
});

test('who would let more people in is refused, with all that is wrong', () => {
  expect(() => role({ trustedPrincipalArns: ['arn:aws:iam::999988887777:root', '*', 'arn:aws:iam::999988887777:user/*'], roleName: '/x', mfaMinutes: 120, withoutMfa: '' }))
    .toThrow(/:root" is no user or role.*\n.*"\*" is no.*\n.*user\/\*" is no.*\n.*roleName is "\/x".*\n.*mfaMinutes is 120.*\n.*withoutMfa asks for the reason/);
  expect(() => role({ trustedPrincipalArns: [] })).toThrow('nobody could become it');
});

test('the zone gives it to every account, by the name that guardrails exempt', () => {
  const app = new App({ analyticsReporting: false });
  const zone = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: PlatformPrincipals.standard({ breakGlassRole: 'emergency/glass' }),
  });
  zone.addBreakGlass({ trustedPrincipalArns: TRUSTED });
  const { Properties } = stackSets(app)['Acme-BreakGlass-Root'];
  expect(Properties.StackInstancesGroup[0].Regions).toEqual(['eu-west-1']);
  expect(Object.values<any>(JSON.parse(Properties.TemplateBody).Resources)[0].Properties).toMatchObject({ RoleName: 'glass', Path: '/emergency/' });
  expect(zone.account('security')).toAllow('cloudtrail:UpdateTrail', { as: 'role/emergency/glass' });
  expect(zone.account('security')).toNeverAllow('iam:UpdateAssumeRolePolicy', { on: 'arn:aws:iam::*:role/emergency/glass' });
  expect(() => zone.addBreakGlass({ trustedPrincipalArns: TRUSTED })).toThrow('already');
});

test('drift, and it passes AwsSolutions, our controls and the validation of CloudFormation', () => {
  expect(role().toJSON().Resources).toMatchSnapshot();
  expect(validated((stack) => { new BreakGlassRole(stack, 'BreakGlass', { trustedPrincipalArns: TRUSTED }); }).violations).toEqual([]);
});
