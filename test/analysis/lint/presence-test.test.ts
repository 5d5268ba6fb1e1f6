import { found, rulesOf, withTests } from './lint';
import { ConditionJson } from '../../../src/analysis/policy-document';

test.each<[ConditionJson, string]>([
  [{ Null: { 'aws:RequestedRegion': 'true' } }, 'aws:RequestedRegion is in every request, so Null aws:RequestedRegion true never passes; the statement never applies. Test the value of the key, or drop the test.'],
  [{ Null: { 'aws:SecureTransport': 'false' } }, 'aws:SecureTransport is in every request, so Null aws:SecureTransport false always passes; it tests nothing. Test the value of the key, or drop the test.'],
  [{ Null: { 'aws:PrincipalArn': 'true' } }, 'aws:PrincipalArn is in every request, so Null aws:PrincipalArn true never passes; the statement never applies. Test the value of the key, or drop the test.'],
])('a key that is always there: %j', (condition, expected) => {
  expect(found(withTests('s3:*', condition))).toEqual([`LZ.LINT.8 ${expected}`]);
});

test.each<[ConditionJson]>([
  [{ Null: { 'aws:SourceVpc': 'true' } }], [{ Null: { 'aws:PrincipalTag/team': 'true' } }], [{ Null: { 'aws:TokenIssueTime': 'true' } }], [{ Null: { 'aws:PrincipalOrgID': 'true' } }],
])('a key that may be absent: %j', (condition) => {
  expect(rulesOf(withTests('s3:*', condition))).toEqual([]);
});

test('an anonymous request, which a resource control policy binds, has no principal', () => {
  expect(rulesOf(withTests('s3:*', { Null: { 'aws:PrincipalArn': 'true' } }), 'resource-control')).toEqual([]);
});

const MFA = 'aws:MultiFactorAuthPresent';

test.each<[string, ConditionJson]>([
  ['Deny', { Bool: { [MFA]: 'false' } }], ['Deny', { Bool: { [MFA]: false } }], ['Deny', { Null: { [MFA]: 'true' } }], ['Allow', { Null: { [MFA]: 'false' } }],
])('%s with %j is what the documentation warns of', (Effect, condition) => {
  expect(rulesOf(withTests('s3:*', condition, { Effect: Effect as 'Allow' | 'Deny' }))).toEqual(['LZ.LINT.8']);
});

test('what is said of it', () => {
  expect(found(withTests('s3:*', { Bool: { [MFA]: 'false' } }))).toEqual([
    'LZ.LINT.8 Deny with Bool aws:MultiFactorAuthPresent false: requests with long-term access keys do not have aws:MultiFactorAuthPresent; the statement does not deny them. '
    + 'Write BoolIfExists, which denies them too.',
  ]);
});

test.each<[string, ConditionJson]>([
  ['Deny', { BoolIfExists: { [MFA]: 'false' } }], ['Allow', { Bool: { [MFA]: 'true' } }], ['Allow', { BoolIfExists: { [MFA]: 'true' } }], ['Deny', { Null: { [MFA]: 'false' } }],
])('%s with %j is not', (Effect, condition) => {
  expect(rulesOf(withTests('s3:*', condition, { Effect: Effect as 'Allow' | 'Deny' }))).toEqual([]);
});
