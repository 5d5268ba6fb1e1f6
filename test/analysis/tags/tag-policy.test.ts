import * as fc from 'fast-check';
import { TaggingStandard } from '../../../src';
import { isAllowed } from '../../../src/analysis/tags/tag-key';
import { complies, effectiveTags, isRefused } from '../../../src/analysis/tags/tag-policy';

const tag = (key: string, values?: object, more: object = {}) => ({ tags: { [key.toLowerCase()]: { tag_key: { '@@assign': key }, ...(values && { tag_value: values }), ...more } } });

describe('AWS\'s six examples of inheritance', () => {
  const ROOT = [tag('CostCenter', { '@@assign': ['Development', 'Support'] })];
  const ENFORCED = ['redshift:*', 'dynamodb:table'];
  const APPENDED = [tag('CostCenter', { '@@append': ['Marketing'] }, { enforced_for: { '@@append': ENFORCED } })];

  test('1: a policy below takes the place of values, and adds what is enforced', () => {
    expect(effectiveTags([ROOT, [tag('CostCenter', { '@@assign': ['Sandbox'] }, { enforced_for: { '@@assign': ENFORCED } })]])).toEqual([
      { key: 'CostCenter', values: ['Sandbox'], enforcedFor: ENFORCED, reportedFor: [] },
    ]);
  });

  test('2: it adds values', () => {
    expect(effectiveTags([ROOT, APPENDED])).toEqual([{ key: 'CostCenter', values: ['Development', 'Support', 'Marketing'], enforcedFor: ENFORCED, reportedFor: [] }]);
  });

  test('3: it takes values away, and what is enforced', () => {
    expect(effectiveTags([ROOT, APPENDED, [tag('CostCenter', { '@@remove': ['Development', 'Marketing'] }, { enforced_for: { '@@remove': ENFORCED } })]])).toEqual([
      { key: 'CostCenter', values: ['Support'], enforcedFor: [], reportedFor: [] },
    ]);
  });

  test('4: what a policy above does not allow is passed over', () => {
    const locked = {
      tags: {
        project: {
          tag_key: { '@@operators_allowed_for_child_policies': ['@@none'], '@@assign': 'Project' },
          tag_value: { '@@operators_allowed_for_child_policies': ['@@append'], '@@assign': ['Maintenance', 'Escalations'] },
        },
      },
    };
    expect(effectiveTags([[locked], [tag('PROJECT', { '@@append': ['Escalations - research'] })]])).toEqual([
      { key: 'Project', values: ['Maintenance', 'Escalations', 'Escalations - research'], enforcedFor: [], reportedFor: [] },
    ]);
    expect(effectiveTags([[locked], [tag('Project', { '@@assign': [], '@@remove': ['Maintenance'] })]])[0]!.values).toEqual(['Maintenance', 'Escalations']);
  });

  test('5: policies below may use what all policies of a level allow', () => {
    const first = { tags: { project: { tag_value: { '@@operators_allowed_for_child_policies': ['@@append'], '@@assign': ['Maintenance'] } } } };
    const second = { tags: { project: { tag_value: { '@@operators_allowed_for_child_policies': ['@@append', '@@remove'] } } } };
    for (const level of [[first, second], [second, first]]) {
      expect(effectiveTags([level, [tag('project', { '@@append': ['b'], '@@remove': ['Maintenance'] })]])[0]!.values).toEqual(['Maintenance', 'b']);
    }
  });

  test('6: of what policies of a level assign, the first one\'s is taken', () => {
    const [first, second] = [tag('PROJECT', { '@@append': ['Maintenance'] }), { tags: { project: { tag_key: { '@@assign': 'project' } } } }];
    expect(effectiveTags([[first, second]])).toEqual([{ key: 'PROJECT', values: ['Maintenance'], enforcedFor: [], reportedFor: [] }]);
    expect(effectiveTags([[second, first]])[0]!.key).toBe('project');
    expect(effectiveTags([[first], [second]])[0]!.key).toBe('project');
  });
});

test('what two levels allow is what both do; nobody below loosens it, and policies of one level do not bind each other', () => {
  const allow = (...operators: string[]) => tag('Team', { '@@operators_allowed_for_child_policies': operators, '@@assign': ['a'] });
  expect(effectiveTags([[allow('@@append', '@@assign')], [allow('@@append', '@@remove')], [tag('Team', { '@@remove': ['a'], '@@append': ['b'] })]])[0]!.values).toEqual(['a', 'b']);
  expect(effectiveTags([[allow('@@none')], [allow('@@all')], [tag('Team', { '@@append': ['b'] })]])[0]!.values).toEqual(['a']);
  expect(effectiveTags([[allow('@@none'), tag('Team', { '@@append': ['b'] })]])[0]!.values).toEqual(['a', 'b']);
});

test('a tag without a key of its own is in lower case, as AWS takes it', () => {
  expect(effectiveTags([[{ tags: { CostCenter: { tag_value: { '@@assign': ['a'] } } } }]])[0]!.key).toBe('costcenter');
});

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const keys = fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[a-zA-Z][a-z-]{0,8}$/), values: fc.option(fc.uniqueArray(fc.tuple(word, fc.constantFrom('', '*')).map((parts) => parts.join('')), { minLength: 1, maxLength: 4 }), { nil: undefined }) }), {
  selector: ({ key }) => key.toLowerCase(), minLength: 1, maxLength: 5,
});

test('the tag policy of a standard accepts what the standard accepts, and nothing else', () => {
  let refused = 0;
  fc.assert(fc.property(keys, fc.array(fc.tuple(word, word)), (tags, others) => {
    const standard = new TaggingStandard({ tags: tags.map(({ key, values }) => ({ key, ...(values && { values }) })) });
    const effective = effectiveTags([[standard.standardize().preventive[0]!.content]]);
    for (const { key, ...declared } of standard._declared()) {
      const candidates = [...declared.values ?? [], ...(declared.values ?? []).map((value) => value.replace('*', 'x')), ...others.flat()];
      for (const value of candidates) {
        const accepts = isAllowed(declared, value);
        if (!accepts) refused += 1;
        expect([value, complies(effective, key, value)]).toEqual([value, accepts]);
        if (key.toUpperCase() !== key) expect(complies(effective, key.toUpperCase(), value)).toBe(false);
      }
    }
    expect(complies(effective, 'a-key-of-ones-own', 'x')).toBe(true);
  }), { numRuns: 200 });
  expect(refused).toBeGreaterThan(50);
});

test('nobody below changes the policy of a standard', () => {
  const [content] = new TaggingStandard({ tags: [{ key: 'owner', values: ['a', 'b'] }] }).standardize().preventive.map((mechanism) => mechanism.content);
  const others = [tag('Owner', { '@@assign': ['c'] }), tag('OWNER', { '@@append': ['c'] }), tag('owner', { '@@remove': ['a'] })];
  expect(effectiveTags([[content], ...others.map((other) => [other])])[0]).toMatchObject({ key: 'owner', values: ['a', 'b'] });
});

describe('what AWS refuses', () => {
  const effective = effectiveTags([[new TaggingStandard({
    tags: [{ key: 'owner', values: ['web'] }, { key: 'environment', values: ['prod', 'test*'], enforcedFor: ['s3:bucket', 'ec2:ALL_SUPPORTED'] }, { key: 'Team', enforcedFor: ['rds:ALL_SUPPORTED'] }],
  }).standardize().preventive[0]!.content]]);

  test.each<[string, string, string, string, boolean]>([
    ['a value that the key may not have', 's3:bucket', 'environment', 'dev', true],
    ['a value that it may have', 's3:bucket', 'environment', 'prod', false],
    ['one by a wildcard', 's3:bucket', 'environment', 'test-1', false],
    ['another spelling', 's3:bucket', 'Environment', 'prod', true],
    ['any type of a service', 'ec2:vpn-gateway', 'environment', 'dev', true],
    ['a type of it that AWS does not enforce', 'ec2:capacity-block', 'environment', 'dev', false],
    ['another type', 'sqs:queue', 'environment', 'dev', false],
    ['a service whose name begins alike', 's3express:bucket', 'environment', 'dev', false],
    ['a key that is reported only', 's3:bucket', 'owner', 'db', false],
    ['another spelling of a key without values', 'rds:pg', 'team', 'any', true],
    ['any value of such a key', 'rds:pg', 'Team', 'any', false],
    ['what a service does not have enforced', 'rds:db', 'team', 'any', false],
    ['a key of nobody', 's3:bucket', 'colour', 'red', false],
  ])('%s', (_name, type, key, value, refused) => {
    expect(isRefused(effective, type, key, value)).toBe(refused);
  });

  test('the former way to say all types of a service', () => {
    expect(isRefused(effectiveTags([[tag('Color', { '@@assign': [] }, { enforced_for: { '@@assign': ['redshift:*'] } })]]), 'redshift:cluster', 'Color', 'red')).toBe(true);
  });

  test('nobody below has it taken away', () => {
    const content = new TaggingStandard({ tags: [{ key: 'owner', values: ['web'], enforcedFor: ['s3:bucket'] }] }).standardize().preventive[0]!.content;
    for (const operator of ['@@remove', '@@assign', '@@append']) {
      expect(effectiveTags([[content], [tag('owner', undefined, { enforced_for: { [operator]: operator === '@@assign' ? [] : ['s3:bucket'] } })]])[0]!.enforcedFor).toEqual(['s3:bucket']);
    }
  });
});
