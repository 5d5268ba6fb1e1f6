import { policySize } from '../../../src/analysis/packing';
import { PolicyStatementJson } from '../../../src/analysis/policy-document';
import { statementsOf } from '../../../src/analysis/statement';
import { actionIndex } from '../../../src/model/action-index-file';
import { OrganizationData, OrganizationModel } from '../../../src/model/organization-model';
import { certify } from '../../../src/model/packing/certify';
import { packOrganization, PackOptions } from '../../../src/model/packing/pack-organization';
import { organization, PolicySketch, UnitSketch } from '../../compliance/checks/organizations';

const deny = (action: string | string[], more: Partial<PolicyStatementJson> = {}): PolicyStatementJson => ({
  Sid: [action].flat()[0]!.replace(/\W/g, ''), Effect: 'Deny', Action: action, Resource: ['*'], ...more,
});
const inRegion = (region: string) => ({ Condition: { StringEquals: { 'aws:RequestedRegion': region } } });

const TREE: UnitSketch = { units: { Prod: { accounts: ['web', 'payments'] }, Dev: { accounts: ['lab'] }, Empty: {} } };

function packed(policies: readonly PolicySketch[], options: Partial<PackOptions> = {}, more: Partial<OrganizationData> = {}, tree: UnitSketch = TREE) {
  const before = organization(tree, policies, more);
  const result = packOrganization(before, { isKept: () => false, keepSids: false, repack: false, hoist: false, ...options });
  return { before, result, certificate: certify(before, result.model, actionIndex(), result.hoistedTo) };
}

/** Name, targets and actions of each policy. */
function outline(model: OrganizationModel) {
  const paths = new Map([...model.units.map(({ id, path }) => [id, path] as const), ...model.accounts.map(({ id, unitPath, key }) => [id, `${unitPath}/${key}`] as const)]);
  return model.data.policies.map(({ name, targetIds, content }) => [
    name, targetIds.map((id) => paths.get(id)).join(' '), statementsOf(content).map(({ Action, NotAction }) => [Action ?? NotAction].flat().join(' ')).join(', '),
  ]);
}

describe('each policy by itself', () => {
  const { result, certificate } = packed([
    { name: 'one', on: ['Root/Prod'], statements: [deny('s3:PutObject'), deny('s3:GetObject'), deny('sqs:SendMessage', inRegion('eu-west-1'))] },
    { name: 'two', on: ['Root/Prod', 'Root/Dev'], statements: [deny('s3:PutObjectAcl'), deny(['s3:Put*', 's3:PutBucketAcl'])] },
  ]);

  test('statements are merged where they are, and none moves to another policy', () => {
    expect(outline(result.model)).toEqual([['one', 'Root/Prod', 's3:PutObject s3:GetObject, sqs:SendMessage'], ['two', 'Root/Prod Root/Dev', 's3:Put*']]);
    expect(result).toMatchObject({ moved: 0, vanished: [], hoistedTo: [], problems: [] });
    result.model.data.policies.forEach(({ content, bytes }) => expect(bytes).toBe(policySize(content)));
  });

  test('it is certified for every account, and for those that could come', () => {
    expect(certificate).toMatchObject({ isEquivalent: true, actions: actionIndex().actions.length });
    expect(certificate.groups.map(({ accounts, emptyUnits }) => [...accounts, ...emptyUnits])).toEqual([['Root', 'Root/Empty'], ['web', 'payments'], ['lab']]);
  });

  test('figures of each target', () => {
    expect(result.targets.map(({ path, before, after, lowerBound, room }) => [path, before.policies, before.statements, after.policies, after.statements, lowerBound, room])).toEqual([
      ['Root/Prod', 2, 5, 2, 3, 1, 9], ['Root/Dev', 1, 2, 1, 1, 1, 9],
    ]);
  });
});

test('a policy that says nothing new vanishes, where the others are attached to all of its targets', () => {
  const all: PolicySketch = { name: 'all', on: ['Root/Prod'], statements: [deny('s3:*'), deny('sqs:*')] };
  const copy: PolicySketch = { name: 'copy', on: ['Root/Prod'], statements: [deny('s3:GetObject'), deny('sqs:SendMessage', inRegion('eu-west-1'))] };
  const first = packed([copy, all]);
  expect(first.result).toMatchObject({ vanished: ['copy'], moved: 0 });
  expect(first.certificate.isEquivalent).toBe(true);
  expect(packed([{ ...copy, on: ['Root/Prod', 'Root/Dev'] }, all]).result.vanished).toEqual([]);
  expect(packed([copy, { ...all, type: 'RESOURCE_CONTROL_POLICY' }]).result.vanished).toEqual([]);
  // Of two equal ones the first stays.
  expect(packed([{ ...all, name: 'a' }, { ...all, name: 'b' }]).result.vanished).toEqual(['b']);
});

describe('what is left alone', () => {
  const kept = deny(['s3:PutObject'], { Sid: 'LZS31' });
  test.each<[string, PolicySketch]>([
    ['what a control set became', { name: 'set', on: ['Root/Prod'], controls: ['LZ.S3.1'], statements: [deny('s3:PutObject'), deny('s3:GetObject')] }],
    ['what could not be resolved', { name: 'open', on: ['Root/Prod'], bytes: 0, unresolved: ['parameter X'] }],
    ['an older version', { name: 'old', on: ['Root/Prod'], content: { Version: '2008-10-17', Statement: [deny('s3:PutObject'), deny('s3:GetObject')] } }],
    ['another type', { name: 'tags', on: ['Root/Prod'], type: 'TAG_POLICY', content: { tags: {} } }],
    ['a policy of nothing but statements that are kept', { name: 'kept', on: ['Root/Prod'], statements: [kept] }],
  ])('%s', (_, policy) => {
    const { before, result } = packed([policy, { name: 'mine', on: ['Root/Dev'], statements: [deny('s3:*')] }], { repack: true, hoist: true, isKept: ({ Sid }) => Sid === 'LZS31' });
    expect(result.model.data.policies.find(({ name }) => name === policy.name)).toEqual(before.data.policies[0]);
  });

  test('statements that are kept, to the letter, beside others', () => {
    const { result } = packed([{ name: 'p', on: ['Root/Prod'], statements: [deny('s3:PutObject'), kept, deny('s3:GetObject')] }], { isKept: ({ Sid }) => Sid === 'LZS31' });
    expect(statementsOf(result.model.data.policies[0]!.content)).toEqual([kept, { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }]);
  });

  test('the Id and the form of a policy that is short already', () => {
    const content = { Version: '2012-10-17', Id: 'mine', Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } };
    expect(packed([{ name: 'p', on: ['Root/Prod'], content }]).result.model.data.policies[0]!.content).toEqual(content);
    const longer = { ...content, Statement: { ...content.Statement, Resource: ['*'] } };
    expect(packed([{ name: 'p', on: ['Root/Prod'], content: longer }]).result.model.data.policies[0]!.content).toEqual({ Version: '2012-10-17', Statement: content.Statement });
  });
});

describe('--repack', () => {
  const small = (name: string, action: string, on = ['Root/Prod']): PolicySketch => ({ name, on, statements: [deny(action), deny(`${action}Acl`, inRegion('eu-west-1'))] });

  test('policies of the same targets become as few as the lower bound says; others stay apart', () => {
    const { result, certificate } = packed([small('a', 's3:PutObject'), small('b', 's3:GetObject'), small('c', 's3:PutBucket', ['Root/Prod', 'Root/Dev'])], { repack: true });
    expect(outline(result.model)).toEqual([
      ['a', 'Root/Prod', 's3:PutObject s3:GetObject, s3:PutObjectAcl s3:GetObjectAcl'], ['c', 'Root/Prod Root/Dev', 's3:PutBucket, s3:PutBucketAcl'],
    ]);
    expect(result).toMatchObject({ vanished: ['b'], moved: 2, problems: [] });
    expect(certificate.isEquivalent).toBe(true);
  });

  test('nothing moves where no fewer are enough', () => {
    const large = (name: string, letter: string): PolicySketch => ({ name, on: ['Root/Prod'], statements: [deny(`s3:${letter.repeat(6_000)}`), deny(`s3:${letter}`, inRegion('eu-west-1'))] });
    const { result } = packed([large('a', 'x'), large('b', 'y')], { repack: true });
    expect(result).toMatchObject({ moved: 0, vanished: [] });
    expect(result.targets).toMatchObject([{ before: { policies: 2 }, after: { policies: 2 }, lowerBound: 2 }]);
  });

  test('a policy that is too large becomes several, whose names are free', () => {
    const long = (region: string) => deny(`s3:${'x'.repeat(150)}${region}`, inRegion(region));
    const { result, certificate } = packed([
      { name: 'big', on: ['Root/Prod'], statements: [long('eu-west-1'), long('eu-north-1')] }, { name: 'big-2', on: ['Root/Dev'], statements: [deny('s3:*')] },
    ], { repack: true, maxBytes: 400 });
    expect(result.model.data.policies.map(({ name }) => name)).toEqual(['big', 'big-2', 'big-3']);
    expect(result.problems).toEqual([]);
    expect(certificate.isEquivalent).toBe(true);
  });
});

test('what does not fit is said: too many policies, one too large', () => {
  const some = ['a', 'b', 'c'].map((name): PolicySketch => ({ name, on: ['Root/Prod'], statements: [deny(`s3:${name}`, inRegion(name))] }));
  expect(packed(some, { maxCount: 2 }).result.problems).toEqual(['Root/Prod needs 3 SCPs, there is room for 2']);
  expect(packed(some, { maxBytes: 130 }).result.problems).toHaveLength(3);
  expect(packed(some, {}, { quotas: { SERVICE_CONTROL_POLICY: { maxPerTarget: 3 } } }).result.problems).toEqual(['Root/Prod needs 3 SCPs, there is room for 2 (FullAWSAccess takes one)']);
  expect(packed(some, {}, { controlTower: true, quotas: { SERVICE_CONTROL_POLICY: { maxPerTarget: 6 } } }).result.problems).toEqual([
    'Root/Prod needs 3 SCPs, there is room for 2 (FullAWSAccess takes one, 3 are reserved)',
  ]);
});

describe('--hoist', () => {
  const shared = deny('organizations:LeaveOrganization');
  const on = (path: string, ...statements: PolicyStatementJson[]): PolicySketch => ({ name: path.split('/').at(-1)!, on: [path], statements });

  test('what all children of a unit have, units and accounts, goes to the unit; future accounts of it are not compared', () => {
    const policies = [on('Root/Prod', shared, deny('s3:PutObject')), on('Root/Dev', { ...shared, Sid: 'Other', Resource: '*' }), on('Root/Empty', deny('sqs:*'), shared)];
    const { before, result, certificate } = packed(policies, { hoist: true });
    expect(outline(result.model)).toEqual([
      ['Prod', 'Root/Prod', 's3:PutObject'], ['Empty', 'Root/Empty', 'sqs:*'], ['Prod-shared', 'Root', 'organizations:LeaveOrganization'],
    ]);
    expect(result).toMatchObject({ vanished: ['Dev'], problems: [], hoistedTo: [{ path: 'Root' }] });
    expect(certificate.isEquivalent).toBe(true);
    expect(certificate.groups.flatMap(({ accounts, emptyUnits }) => [...accounts, ...emptyUnits]).sort()).toEqual(['Root/Empty', 'lab', 'payments', 'web']);
    // A new account at the root is denied it from now on: said, and seen when it is not excepted.
    const strict = certify(before, result.model, actionIndex());
    expect(strict.groups.filter(({ changes }) => changes.length > 0)).toMatchObject([
      { accounts: [], emptyUnits: ['Root'], changes: [{ direction: 'denied', actions: ['organizations:LeaveOrganization'] }] },
    ]);
  });

  test('a new name is one that AWS takes', () => {
    const name = 'n'.repeat(128);
    const { result } = packed([{ ...on('Root/Prod', shared, deny('s3:*')), name }, on('Root/Dev', shared), on('Root/Empty', shared)], { hoist: true });
    expect(result.model.data.policies.map((policy) => policy.name)).toEqual([name, `${'n'.repeat(121)}-shared`]);
  });

  test('from the leaves up, through every level; a policy that goes as a whole keeps its name', () => {
    const tree: UnitSketch = { units: { A: { units: { B: { accounts: ['b1', 'b2'] }, C: { accounts: ['c1'] } } }, D: { accounts: ['d1'] } } };
    const policy: PolicySketch = { name: 'leave', on: ['Root/A/B/b1', 'Root/A/B/b2', 'Root/D'], statements: [shared] };
    const { result } = packed([{ ...policy, on: policy.on.slice(0, 2) }, { ...policy, name: 'other', on: ['Root/A/C'] }, { ...policy, name: 'third', on: ['Root/D'] }], { hoist: true }, {}, tree);
    expect(outline(result.model)).toEqual([['leave', 'Root', 'organizations:LeaveOrganization']]);
    expect(result.hoistedTo.map(({ path }) => path)).toEqual(['Root/A/B', 'Root/A', 'Root']);
  });

  test.each<[string, PolicySketch[], Partial<PackOptions>]>([
    ['one child has it not', [on('Root/Prod', shared), on('Root/Dev', shared)], {}],
    ['one has it under a condition', [on('Root/Prod', shared), on('Root/Dev', shared), on('Root/Empty', { ...shared, ...inRegion('eu-west-1') })], {}],
    ['it allows', [on('Root/Prod', { ...shared, Effect: 'Allow' }), on('Root/Dev', { ...shared, Effect: 'Allow' }), on('Root/Empty', { ...shared, Effect: 'Allow' })], {}],
    ['its policy is attached elsewhere too', [{ name: 'p', on: ['Root/Prod', 'Root/Dev', 'Root/Empty', 'Root/Prod/web'], statements: [shared] }], {}],
    ['it is kept', [on('Root/Prod', shared), on('Root/Dev', shared), on('Root/Empty', shared)], { isKept: () => true }],
  ])('nothing goes up where %s', (_, policies, options) => {
    const { before, result } = packed(policies, { hoist: true, ...options });
    expect(result.hoistedTo).toEqual([]);
    expect(outline(result.model).map(([name, where]) => [name, where])).toEqual(outline(before).map(([name, where]) => [name, where]));
  });

  test('nothing goes up where there is no room, and that is said', () => {
    const policies = [on('Root', deny('s3:*')), on('Root/Prod', shared), on('Root/Dev', shared), on('Root/Empty', shared)];
    expect(packed(policies, { hoist: true, maxCount: 1 }).result).toMatchObject({
      hoistedTo: [], problems: ['Root has no room for what all of its children have: it would carry 2 policies, there is room for 1'],
    });
  });
});

describe('a wrong rewriting is caught by the certificate', () => {
  const statements = ['a', 'b'].map((bucket): PolicyStatementJson => ({ Sid: bucket, Effect: 'Deny', Action: 's3:PutObject', NotResource: `arn:aws:s3:::${bucket}/*` }));
  const policies: PolicySketch[] = [{ name: 'p', on: ['Root/Prod'], statements }];
  const cases: ReadonlyArray<readonly [string, NonNullable<PackOptions['merge']>, 'allowed' | 'denied']> = [
    ['NotResource is merged', () => [{ Effect: 'Deny', Action: 's3:PutObject', NotResource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] }], 'allowed'],
    ['an action becomes a wildcard', (all) => all.map((one) => ({ ...one, Action: 's3:Put*' })), 'denied'],
    ['a statement is lost', (all) => all.slice(1), 'allowed'],
  ];
  test.each(cases)('%s', (_, merge, direction) => {
    const { certificate } = packed(policies, { merge });
    expect(certificate.isEquivalent).toBe(false);
    const wrong = certificate.groups.filter(({ changes }) => changes.length > 0);
    expect(wrong.map(({ accounts }) => accounts)).toEqual([['web', 'payments']]);
    expect(new Set(wrong[0]!.changes.map((change) => change.direction))).toEqual(new Set([direction]));
  });

  test('of what allows, though full access beside it hides it', () => {
    const allow = (actions: string): PolicyStatementJson => ({ Effect: 'Allow', Action: actions, Resource: '*' });
    const list: PolicySketch[] = [{ name: 'allowed', on: ['Root/Prod'], statements: [allow('s3:*'), allow('sqs:*')] }];
    expect(packed(list).certificate.isEquivalent).toBe(true);
    expect(outline(packed(list).result.model)).toEqual([['allowed', 'Root/Prod', 's3:* sqs:*']]);
    expect(packed(list, { merge: (all) => all.slice(1) }).certificate.groups.flatMap(({ changes }) => changes.map((change) => change.direction))).toContain('denied');
  });

  test('of a policy that is attached elsewhere', () => {
    const before = organization(TREE, [{ name: 'p', on: ['Root/Prod'], statements: [deny('s3:*')] }]);
    const after = organization(TREE, [{ name: 'p', on: ['Root/Dev'], statements: [deny('s3:*')] }]);
    expect(certify(before, after, actionIndex()).groups.map(({ accounts, changes }) => [accounts, [...new Set(changes.map(({ direction }) => direction))]])).toEqual([
      [['web', 'payments'], ['allowed']], [[], []], [['lab'], ['denied']],
    ]);
  });
});

test('accounts that a policy names are compared by themselves', () => {
  const web = organization(TREE).account('web')!.id;
  const statements = [web, [web]].map((account, index) => deny(`s3:${['Put', 'Get'][index]}Object`, { Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } } }));
  const { certificate } = packed([{ name: 'p', on: ['Root/Prod'], statements }]);
  expect(certificate.isEquivalent).toBe(true);
  expect(certificate.groups.map(({ accounts }) => accounts)).toContainEqual(['web']);
});
