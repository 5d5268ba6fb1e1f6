import { EXEMPT, idOf, organization, PolicySketch } from './organizations';
import { PolicyStatementJson } from '../../../src/analysis/policy-document';
import { policyLint } from '../../../src/compliance/checks/policy-lint';
import { runChecks } from '../../../src/compliance/checks/run-checks';
import { ControlSet } from '../../../src/controls/control-set';
import { Controls } from '../../../src/controls/controls';
import { renderStatements } from '../../../src/controls/render';
import { actionIndex } from '../../../src/model/action-index-file';
import { VALUES } from '../../controls/catalog/zone-values';

const TREE = { units: { Prod: { accounts: ['web', 'data'] }, Dev: { accounts: ['play'], units: { Empty: {} } } } };
const MISSPELT = { Sid: 'Buckets', Effect: 'Deny', Action: 's3:DeleteBuckett', Resource: '*', Condition: EXEMPT };
const RIGHT = { ...MISSPELT, Action: 's3:DeleteBucket' };

const check = (policies: readonly PolicySketch[]) => policyLint(organization(TREE, policies), actionIndex());
const messages = (policies: readonly PolicySketch[]) => check(policies).findings.map(({ rule, message }) => `${rule} ${message}`);

test('a mistake is a warning, with what, why, where and what to do', () => {
  const result = check([{ name: 'guard', on: ['Root/Prod'], statements: [{ ...RIGHT, Sid: 'Right' }, MISSPELT] }]);
  expect(result).toEqual({
    id: 'LZ.LINT',
    title: 'Lint',
    proved: 0,
    summary: '1 policy, 2 statements looked at',
    findings: [{
      rule: 'LZ.LINT.1',
      severity: 'warning',
      message: 's3:DeleteBuckett matches no action of AWS: what it is to deny stays allowed (statement Buckets of policy guard)',
      hint: 'Did you mean s3:DeleteBucket?',
      origins: [{ logicalId: 'Policyguard', template: 'T.json', stack: 'T' }],
    }],
  });
});

test('the same of many policies is one finding, in all of their places', () => {
  const units = ['Root', 'Root/Prod', 'Root/Dev', 'Root/Prod/web', 'Root/Prod/data'];
  const { findings } = check(units.map((unit, index) => ({ name: `guard-${index}`, on: [unit], statements: [MISSPELT] })));
  const unknown = findings.filter(({ rule }) => rule === 'LZ.LINT.1');
  expect(unknown).toHaveLength(1);
  expect(unknown[0]!.message).toContain('(statement Buckets of policy guard-0, guard-1, guard-2 and 2 more)');
  expect(unknown[0]!.origins).toHaveLength(5);
  expect(unknown[0]!.details).toEqual(['in guard-0, guard-1, guard-2, guard-3, guard-4']);
});

test('policies of other types, and what could not be resolved, are not looked at', () => {
  expect(check([
    { name: 'tags', on: ['Root'], type: 'TAG_POLICY', content: { tags: {} } }, { name: 'open', on: ['Root'], unresolved: ['Ref X'] }, { name: 'broken', on: ['Root'], content: { Statement: 7 } },
  ]).findings).toEqual([]);
});

describe('levels', () => {
  const top: PolicySketch = { name: 'top', on: ['Root'], statements: [{ ...RIGHT, Action: 's3:*' }] };

  test('a statement that is covered in all accounts that it reaches', () => {
    expect(messages([top, { name: 'guard', on: ['Root/Prod', 'Root/Dev'], statements: [RIGHT] }])).toEqual([
      'LZ.LINT.4 All that it denies, Buckets of policy top at Root denies too: without it nothing changes (statement Buckets of policy guard)',
    ]);
    expect(messages([{ ...top, on: ['Root/Prod'] }, { name: 'guard', on: ['Root/Prod', 'Root/Dev'], statements: [RIGHT] }])).toEqual([]);
    expect(messages([{ ...top, on: ['Root/Dev'] }, { name: 'guard', on: ['Root/Dev/Empty'], statements: [RIGHT] }])).toHaveLength(1);
  });

  test('an account id in it changes nothing', () => {
    const about = (id: string) => ({ ...RIGHT, Condition: { StringEquals: { 'aws:PrincipalAccount': id } } });
    expect(messages([
      { name: 'top', on: ['Root'], statements: [{ ...about(idOf('web')), Action: 's3:*' }] }, { name: 'guard', on: ['Root/Prod'], statements: [about(idOf('data'))] },
    ])).toEqual([]);
    expect(messages([
      { name: 'top', on: ['Root'], statements: [{ ...about(idOf('web')), Action: 's3:*' }] }, { name: 'guard', on: ['Root/Prod'], statements: [about(idOf('web'))] },
    ])).toHaveLength(1);
  });

  test('what controls say twice is no mistake of anybody', () => {
    expect(messages([top, { name: 'guard', on: ['Root/Prod'], statements: [RIGHT], controls: ['LZ.S3.9'] }])).toEqual([]);
  });

  test('an allow list beside AWS\'s full access', () => {
    expect(messages([{ name: 'list', on: ['Root/Dev'], statements: [{ Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' }] }])).toEqual([
      'LZ.LINT.4 All that it allows, FullAWSAccess at the same level allows too: without it nothing changes, and nothing is limited (statement #1 of policy list)',
    ]);
  });
});

test('synthesis does not lint', () => {
  const model = organization(TREE, [{ name: 'guard', on: ['Root/Prod'], statements: [MISSPELT] }]);
  expect(runChecks(model, []).flatMap(({ findings }) => findings).filter(({ rule }) => rule.startsWith('LZ.LINT'))).toEqual([]);
});

describe('the catalogue', () => {
  const TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];
  const policiesOf = (name: string, controls: readonly ReturnType<typeof Controls.all>[number][], unit = 'Root'): PolicySketch[] => TYPES
    .map((type) => ({ name: `${name} ${type}`, type, on: [unit], statements: controls.flatMap((control) => renderStatements(control, type, VALUES)) }))
    .filter(({ statements }) => statements.length > 0);
  const guarding = Controls.all().filter((control) => policiesOf('', [control]).length > 0);

  test('none of its controls has a mistake', () => {
    expect(guarding.length).toBeGreaterThan(60);
    for (const control of guarding) {
      expect(messages(policiesOf(control.id, [control]))).toEqual([]);
    }
  });

  test('in its sets, one control covers a part of another one: both are of use alone', () => {
    const found = ControlSet.names().map((name) => [name, messages(policiesOf(name, ControlSet.byName(name)!.controls)).map((message) => message.replace(/:.*\(/, ' ('))]);
    expect(Object.fromEntries(found)).toEqual({
      foundational: [],
      workload: [],
      sandbox: [],
      regulated: ['LZ.LINT.4 All that they deny, LZIAM3 and LZIAM1 of the same policy deny too (statement LZIAM6b and LZROOT3 of policy regulated SERVICE_CONTROL_POLICY)'],
      quarantine: [],
    });
  });

  describe('a fault in any of its statements is found', () => {
    const statements = guarding.flatMap((control) => TYPES.flatMap((type) => renderStatements(control, type, VALUES).map((statement) => ({ type, statement }))));
    const rules = (type: string, statement: object) => check([{ name: 'faulty', type, on: ['Root'], statements: [statement] }]).findings.map(({ rule }) => rule);
    const withCondition = ({ Condition, ...rest }: PolicyStatementJson, operator: string, key: string, value: string) => (
      { ...rest, Condition: { ...Condition, [operator]: { ...Condition?.[operator], [key]: value } } }
    );

    test.each<[string, string, (statement: PolicyStatementJson) => object | undefined]>([
      ['a letter too many in an action', 'LZ.LINT.1', (statement) => {
        const [first, ...more] = [statement.Action ?? []].flat();
        return first === undefined || /[*?]/.test(first) ? undefined : { ...statement, Action: [`${first}x`, ...more] };
      }],
      ['a key that AWS does not have', 'LZ.LINT.2', (statement) => withCondition(statement, 'StringEquals', 'aws:PrincipalOrgName', 'acme')],
      ['a key of another service', 'LZ.LINT.2', (statement) => (
        statement.Action === undefined || [statement.Action].flat().some((action) => /^(\*|robomaker:)/.test(action)) ? undefined
          : withCondition(statement, 'StringEquals', 'savingsplans:ResourceTag/team', 'acme')
      )],
      ['two tests that contradict each other', 'LZ.LINT.3', (statement) => (
        withCondition(withCondition(statement, 'StringEquals', 'aws:PrincipalTag/x', 'a') as PolicyStatementJson, 'StringNotLike', 'aws:PrincipalTag/x', '*')
      )],
      ['a resource of no action', 'LZ.LINT.3', (statement) => (
        statement.Action === undefined || [statement.Action].flat().some((action) => /^(\*|backup:CopyFrom)/.test(action)) ? undefined : { ...statement, NotResource: undefined, Resource: 'arn:aws:robomaker:*:*:robot/x' }
      )],
      ['a session in the exemption', 'LZ.LINT.5', (statement) => (
        { ...statement, Condition: { ...statement.Condition, ArnNotLike: { ...statement.Condition?.ArnNotLike, 'aws:PrincipalArn': 'arn:aws:sts::*:assumed-role/deploy/*' } } }
      )],
      ['service-linked roles', 'LZ.LINT.7', (statement) => withCondition(statement, 'ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws-service-role/*')],
      ['Null of a key that is always there', 'LZ.LINT.8', (statement) => withCondition(statement, 'Null', 'aws:RequestedRegion', 'true')],
    ])('%s is %s', (_, rule, fault) => {
      const faulty = statements.flatMap(({ type, statement }) => {
        const changed = fault(statement);
        return changed === undefined ? [] : [{ type, changed }];
      });
      expect(faulty.length).toBeGreaterThan(50);
      expect(faulty.filter(({ type, changed }) => !rules(type, JSON.parse(JSON.stringify(changed)) as object).includes(rule))).toEqual([]);
    });
  });
});

test('the examples of docs/analysis.md', () => {
  const deny = (statement: object, type = 'SERVICE_CONTROL_POLICY') => messages([
    { name: 'example', on: ['Root/Prod'], type, statements: [{ Effect: 'Deny', Resource: '*', ...(type === 'RESOURCE_CONTROL_POLICY' && { Principal: '*' }), ...statement }] },
  ]).map((message) => message.slice(0, 'LZ.LINT.1'.length));
  expect([
    deny({ Action: 'cloudtrail:StopLoging' }),
    deny({ Action: ['s3:PutObject', 's3:PutBucketPolicy'], Condition: { StringEquals: { 's3:x-amz-acl': 'public-read' } } }),
    deny({ Action: 'ec2:*', Condition: { StringNotEquals: { 'ec2:InstanceType': 't3.micro' } } }).slice(0, 1),
    deny({ Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::logs/*' }),
    deny({ Action: 's3:DeleteBucket', Condition: { ArnNotLike: { 'aws:PrincipalArn': '*' } } }),
    deny({ Action: 'lambda:InvokeFunction' }, 'RESOURCE_CONTROL_POLICY'),
    deny({ Action: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
  ]).toEqual([['LZ.LINT.1'], ['LZ.LINT.2'], ['LZ.LINT.2'], ['LZ.LINT.3'], ['LZ.LINT.5'], ['LZ.LINT.7'], ['LZ.LINT.8']]);
  expect(messages([{ name: 'example', on: ['Root/Prod'], statements: [{ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:sts::*:assumed-role/admin/*' } } }] }])[0])
    .toContain('LZ.LINT.5 arn:aws:sts::*:assumed-role/admin/* in ArnNotLike aws:PrincipalArn is the ARN of no principal, so it exempts nobody: whom it is to spare is bound');
});
