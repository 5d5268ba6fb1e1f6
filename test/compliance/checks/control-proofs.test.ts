import { idOf, organization, PolicySketch, TRAIL, TRAIL_STATEMENT } from './organizations';
import { controlProofs } from '../../../src/compliance/checks/control-proofs';
import { ControlFacts } from '../../../src/model/organization-model';

const TREE = { units: { Prod: { accounts: ['web', 'data'] }, Sandbox: {} } };
const guard = (...on: string[]): PolicySketch => ({ name: 'guard', on, statements: [TRAIL_STATEMENT], controls: ['LZ.TRAIL.1'] });
const check = (policies: readonly PolicySketch[], controls: readonly ControlFacts[] = [TRAIL]) => controlProofs(organization(TREE, policies, { controls }));

test('each request is a fact for each account it reaches, and for one that could be in an empty unit or at the root', () => {
  expect(check([guard('Root')])).toMatchObject({ id: 'LZ.PROOF', proved: 3 * 4, findings: [], summary: '1 of 1 controls' });
  expect(check([guard('Root/Prod')])).toMatchObject({ proved: 3 * 2, findings: [] });
  expect(check([guard('Root/Sandbox')])).toMatchObject({ proved: 3, findings: [] });
  expect(check([guard('Root/Prod/web')])).toMatchObject({ proved: 3, findings: [] });
});

test('a statement taken away fails, and names accounts, request and control', () => {
  const { findings, proved, summary } = check([{ ...guard('Root/Prod'), statements: [{ ...TRAIL_STATEMENT, Action: 'cloudtrail:DeleteTrail' }] }]);
  expect(summary).toBe('0 of 1 controls');
  expect(proved).toBe(4);
  expect(findings).toEqual([{
    rule: 'LZ.TRAIL.1',
    severity: 'error',
    message: 'The trail cannot be stopped: not proved in web and 1 more in Root/Prod: cloudtrail:StopLogging by role/any must be denied, but is allowed',
    hint: 'A statement of this control was changed, or it does not deny what its proof says.',
    origins: [{ logicalId: 'Policyguard', template: 'T.json', stack: 'T' }],
    details: ['in web, data: cloudtrail:StopLogging by role/any must be denied, but is allowed'],
  }]);
});

test('a denial that hangs on an open key is none', () => {
  const weak = { ...TRAIL_STATEMENT, Condition: { ...TRAIL_STATEMENT.Condition, StringNotEquals: { 'aws:PrincipalTag/team': 'audit' } } };
  expect(check([{ ...guard('Root/Sandbox'), statements: [weak] }]).findings).toMatchObject([{
    message: 'The trail cannot be stopped: not proved in an account in Root/Sandbox: cloudtrail:StopLogging by role/any must be denied, '
      + 'but hangs on aws:PrincipalTag/team (statement LZTRAIL1 of policy guard)',
  }]);
});

test('what must be left alone is not denied by the control, whatever other policies do', () => {
  const other = { Sid: 'Other', Effect: 'Deny', Action: 'cloudtrail:LookupEvents', Resource: '*' };
  expect(check([guard('Root'), { name: 'more', on: ['Root'], statements: [other] }]).findings).toEqual([]);
  const wide = { ...TRAIL_STATEMENT, Action: 'cloudtrail:*' };
  expect(check([{ ...guard('Root/Sandbox'), statements: [wide] }]).findings).toMatchObject([{
    message: expect.stringContaining('cloudtrail:LookupEvents by role/any must be left alone, but is denied (statement LZTRAIL1 of policy guard)'), hint: 'Narrow the statement, or correct the proof.',
  }]);
  const maybe = { ...TRAIL_STATEMENT, Sid: 'LZTRAIL1b', Action: 'cloudtrail:LookupEvents', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } };
  expect(check([{ ...guard('Root/Sandbox'), statements: [TRAIL_STATEMENT, maybe] }]).findings).toMatchObject([{
    message: expect.stringContaining('cloudtrail:LookupEvents by role/any must be left alone, but hangs on aws:MultiFactorAuthPresent (statement LZTRAIL1b of policy guard)'),
  }]);
});

test('what is proved where a key has one value is not proved where it may have several', () => {
  const is = (operator: string, action: string) => ({ Sid: 'LZTRAIL1', Effect: 'Deny', Action: action, Resource: '*', Condition: { [operator]: { 'x:team': 'audit' } } });
  const two = ['StringEquals', 'StringNotEquals'].map((operator) => is(operator, 'cloudtrail:StopLogging'));
  const one: ControlFacts = { ...TRAIL, denies: [{ action: 'cloudtrail:StopLogging' }], allows: [] };
  const guards = (statements: object[]): PolicySketch[] => [
    { name: 'plain', on: ['Root/Prod'], statements: two, controls: [TRAIL.id] },
    { name: 'several', on: ['Root/Sandbox'], statements, controls: [TRAIL.id] },
  ];
  expect(check(guards([...two, is('StringEquals', 's3:PutObject')]), [one]).findings).toEqual([]);
  expect(check(guards([...two, is('ForAnyValue:StringEquals', 's3:PutObject')]), [one]).findings).toMatchObject([{ message: expect.stringContaining('hangs on x:team') }]);
});

test('denied by another policy of the account is denied', () => {
  const elsewhere = { name: 'elsewhere', on: ['Root'], statements: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
  expect(check([{ ...guard('Root/Sandbox'), statements: [{ ...TRAIL_STATEMENT, Action: 'cloudtrail:DeleteTrail' }] }, elsewhere]).findings).toEqual([]);
});

test('what is unknown proves no control', () => {
  const unknown: PolicySketch = { ...guard('Root/Prod'), statements: undefined, unresolved: ['Ref X in stack T'] };
  const { findings, proved } = check([unknown]);
  expect(proved).toBe(4);
  expect(findings).toMatchObject([{
    message: expect.stringContaining('cloudtrail:StopLogging by role/any must be denied, but hangs on unknown (guard: Ref X in stack T)'), hint: 'Make what is unknown resolvable at synth.',
  }]);
});

test('a denial stands beside what is unknown', () => {
  expect(check([guard('Root/Sandbox'), { name: 'open', on: ['Root'], unresolved: ['Ref X'] }]).findings).toEqual([]);
});

test('enabled and attached nowhere', () => {
  expect(check([])).toMatchObject({ proved: 0, findings: [{ rule: 'LZ.TRAIL.1', severity: 'error', message: 'The trail cannot be stopped: enabled, but no policy holds it' }] });
  expect(check([guard()]).findings).toMatchObject([{
    message: 'The trail cannot be stopped: enabled, but its policies are attached to no unit or account of the organization', origins: [{ logicalId: 'Policyguard' }],
  }]);
  expect(check([guard('Root/management')]).findings).toMatchObject([{ message: 'The trail cannot be stopped: enabled, but its policies are attached to no unit or account of the organization' }]);
});

test('a control without requests has nothing to prove', () => {
  expect(check([], [{ ...TRAIL, denies: [], allows: [] }])).toMatchObject({ proved: 0, findings: [], summary: '0 of 0 controls' });
});

test('a proof nobody can ask says so', () => {
  expect(check([guard('Root/Sandbox')], [{ ...TRAIL, denies: [{ action: 'StopLogging' }] }]).findings).toMatchObject([{
    message: expect.stringContaining('the proof asks what nobody can: action "StopLogging" is not of the form service:Action'), hint: 'Correct the proof of the control.',
  }]);
});

test.each([
  ['by its id', { StringNotEquals: { 'aws:PrincipalAccount': idOf('data') } }],
  ['in an ARN', { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${idOf('data')}:role/*` } }],
  ['by a pattern of ids', { StringNotLike: { 'aws:PrincipalAccount': `*${idOf('data').slice(-5)}` } }],
  ['by comparing ids as numbers', { NumericNotEquals: { 'aws:PrincipalAccount': Number(idOf('data')) } }],
])('an account that a policy tells from its neighbours %s is judged alone', (_name, Condition) => {
  const { findings, proved } = check([{ ...guard('Root/Prod'), statements: [{ ...TRAIL_STATEMENT, Condition }] }], [{ ...TRAIL, allows: [] }]);
  expect(findings).toMatchObject([{ message: expect.stringContaining('not proved in data: cloudtrail:StopLogging by role/any must be denied, but') }]);
  expect(findings[0]!.details).toBeUndefined();
  expect(proved).toBe(1);
});
