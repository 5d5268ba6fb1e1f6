import * as fc from 'fast-check';
import { TaggingStandard } from '../../../src';
import { isAllowed } from '../../../src/analysis/tags/tag-key';
import { complies, effectiveTags } from '../../../src/analysis/tags/tag-policy';

const tag = (key: string, values?: object, more: object = {}) => ({ tags: { [key.toLowerCase()]: { tag_key: { '@@assign': key }, ...(values && { tag_value: values }), ...more } } });

describe('operators, as in AWS\'s examples of inheritance', () => {
  const ROOT = tag('CostCenter', { '@@assign': ['Development', 'Support'] });

  test('a policy below takes the place of values, and adds what is enforced', () => {
    expect(effectiveTags([ROOT, tag('CostCenter', { '@@assign': ['Sandbox'] }, { enforced_for: { '@@assign': ['redshift:*', 'dynamodb:table'] } })])).toEqual([
      { key: 'CostCenter', values: ['Sandbox'], enforcedFor: ['redshift:*', 'dynamodb:table'], reportedFor: [] },
    ]);
  });

  test('it adds values, and takes values away', () => {
    expect(effectiveTags([ROOT, tag('CostCenter', { '@@append': ['Marketing'] })])[0]!.values).toEqual(['Development', 'Support', 'Marketing']);
    expect(effectiveTags([ROOT, tag('CostCenter', { '@@append': ['Marketing'] }), tag('CostCenter', { '@@remove': ['Development', 'Marketing'] })])[0]!.values).toEqual(['Support']);
  });

  test('what a policy above does not allow is passed over', () => {
    const locked = { tags: { project: { tag_key: { '@@operators_allowed_for_child_policies': ['@@none'], '@@assign': 'PROJECT' }, tag_value: { '@@operators_allowed_for_child_policies': ['@@append'], '@@assign': ['Maintenance', 'Escalations'] } } } };
    const below = { tags: { project: { tag_key: { '@@assign': 'project' }, tag_value: { '@@append': ['Research'], '@@remove': ['Maintenance'] } } } };
    expect(effectiveTags([locked, below])).toEqual([{ key: 'PROJECT', values: ['Maintenance', 'Escalations', 'Research'], enforcedFor: [], reportedFor: [] }]);
    expect(effectiveTags([locked, tag('PROJECT', { '@@assign': [] })])[0]!.values).toEqual(['Maintenance', 'Escalations']);
  });

  test('what two levels allow is what both do; nobody below loosens it', () => {
    const allow = (...operators: string[]) => tag('Team', { '@@operators_allowed_for_child_policies': operators, '@@assign': ['a'] });
    expect(effectiveTags([allow('@@append', '@@assign'), allow('@@append', '@@remove'), tag('Team', { '@@remove': ['a'], '@@append': ['b'] })])[0]!.values).toEqual(['a', 'b']);
    expect(effectiveTags([allow('@@none'), allow('@@all'), tag('Team', { '@@append': ['b'] })])[0]!.values).toEqual(['a']);
  });
});

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const keys = fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[a-zA-Z][a-z-]{0,8}$/), values: fc.option(fc.uniqueArray(fc.tuple(word, fc.constantFrom('', '*')).map((parts) => parts.join('')), { minLength: 1, maxLength: 4 }), { nil: undefined }) }), {
  selector: ({ key }) => key.toLowerCase(), minLength: 1, maxLength: 5,
});

test('the tag policy of a standard accepts what the standard accepts, and nothing else', () => {
  let refused = 0;
  fc.assert(fc.property(keys, fc.array(fc.tuple(word, word)), (tags, others) => {
    const standard = new TaggingStandard({ tags: tags.map(({ key, values }) => ({ key, ...(values && { values }) })) });
    const effective = effectiveTags([standard.standardize().preventive[0]!.content]);
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
  expect(effectiveTags([content, ...others])[0]).toMatchObject({ key: 'owner', values: ['a', 'b'] });
});
