import { TaggingStandard } from '../../src';
import { AccountPolicies, PolicyStatementJson } from '../../src/analysis/policy-document';
import { alwaysAllowed, everAllowed, neverAllowed, Question } from '../../src/analysis/questions';
import { Control } from '../../src/controls/control';
import { actionIndex } from '../../src/model/action-index-file';
import { statementsOf } from '../controls/catalog/zone-values';

const KEYS = ['owner', 'cost-center', 'acme.example/environment'];
const STANDARD = new TaggingStandard({ tags: [...KEYS.map((key) => ({ key })), { key: 'data', required: false }] });
const FULL: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
const index = actionIndex();

function account(statements: readonly PolicyStatementJson[]): AccountPolicies {
  return {
    account: { id: '111122223333', name: 'web', isManagement: false }, organizationId: 'o-example', organizationPath: 'o-example/r-ab12/', unknown: [],
    serviceControl: [{ level: 'Root', policies: [{ name: 'all', document: { Version: '2012-10-17', Statement: [FULL, ...statements] } }] }],
    resourceControl: [{ level: 'Root', policies: [{ name: 'full', document: { Version: '2012-10-17', Statement: [{ ...FULL, Principal: '*' }] } }] }],
  };
}

const statements = statementsOf(STANDARD.requireOnCreation());
const listed = [...new Set(statements.flatMap(({ Action }) => [Action!].flat()))];

/** Of anybody but the platform. What launches is asked of what it tags. */
function question(action: string, tagged: { readonly [key: string]: readonly string[] }): Question {
  const context = Object.fromEntries(Object.entries(tagged).map(([key, values]) => [`aws:RequestTag/${key}`, values]));
  return { actions: [action], principals: ['role/team'], context, ...(action === 'ec2:RunInstances' && { resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0' }) };
}

const ALL = Object.fromEntries(KEYS.map((key) => [key, ['x']]));

test('every action of the control makes what it tags: AWS lists aws:RequestTag of it', () => {
  expect(listed.length).toBeGreaterThan(10);
  for (const action of listed) {
    const { keys, resources } = index.find(action)!;
    expect([action, [...keys, ...resources.flatMap((resource) => resource.keys)].some((key) => key.startsWith('aws:RequestTag/'))]).toEqual([action, true]);
  }
});

describe.each(listed)('%s', (action) => {
  test.each(KEYS)('is never allowed without %s, whatever the other tags are', (missing) => {
    expect(neverAllowed(question(action, { [missing]: [] }), [account(statements)], index).holds).toBe(true);
    expect(neverAllowed(question(action, { ...ALL, [missing]: [] }), [account(statements)], index).holds).toBe(true);
  });

  test('is never denied with all of them, and its optional tag may be missing', () => {
    expect(alwaysAllowed(question(action, ALL), [account(statements)], index).holds).toBe(true);
    expect(alwaysAllowed(question(action, { ...ALL, data: [] }), [account(statements)], index).holds).toBe(true);
  });
});

test('nothing else is denied', () => {
  const service = [...new Set(listed.map((action) => action.split(':')[0]!))];
  const others = index.actions.filter((action) => service.includes(action.split(':')[0]!) && !listed.includes(action));
  expect(others.length).toBeGreaterThan(500);
  expect(alwaysAllowed({ actions: others, principals: ['role/team'] }, [account(statements)], index).holds).toBe(true);
});

test('the proof finds keys that one statement asks for together', () => {
  const anded = [{ Sid: 'Anded', Effect: 'Deny' as const, Action: listed, Resource: '*', Condition: { Null: Object.fromEntries(KEYS.map((key) => [`aws:RequestTag/${key}`, 'true'])) } }];
  const { holds, counterexamples } = neverAllowed(question('sqs:CreateQueue', { owner: [] }), [account(anded)], index);
  expect(holds).toBe(false);
  expect(counterexamples[0]!.requests[0]!.context).toMatchObject({ 'aws:RequestTag/owner': [] });
  expect(neverAllowed(question('sqs:CreateQueue', Object.fromEntries(KEYS.map((key) => [key, []]))), [account(anded)], index).holds).toBe(true);
});

describe('protection', () => {
  const changes = (control: Control) => statementsOf(control);
  const guarded = changes(STANDARD.protect());
  const acts = [...new Set(guarded.flatMap(({ Action }) => [Action!].flat()))];

  test.each(acts)('%s does not touch a required tag that is there, and may any other', (action) => {
    for (const key of KEYS) {
      const there = { 'aws:TagKeys': [key], [`aws:ResourceTag/${key}`]: ['x'] };
      expect(neverAllowed({ actions: [action], principals: ['role/team'], context: there }, [account(guarded)], index).holds).toBe(true);
    }
    expect(alwaysAllowed({ actions: [action], principals: ['role/team'], context: { 'aws:TagKeys': ['data', 'own'] } }, [account(guarded)], index).holds).toBe(true);
    const lacking = Object.fromEntries(KEYS.map((key) => [`aws:ResourceTag/${key}`, []]));
    expect(everAllowed({ actions: [action], principals: ['role/team'], context: { 'aws:TagKeys': KEYS, ...lacking } }, [account(guarded)], index).holds).toBe(true);
  });
});
