import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RequiredTagsRules, TagKeyProps, TaggingStandard } from '../../src';

const rulesOf = (tags: TagKeyProps[], more: object = {}) => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Management');
  new RequiredTagsRules(stack, 'RequiredTags', { standard: new TaggingStandard({ tags }), ...more });
  return Template.fromStack(stack).findResources('AWS::Config::OrganizationConfigRule');
};
const parametersOf = (rules: ReturnType<typeof rulesOf>) => Object.values<any>(rules).map(({ Properties }) => JSON.parse(Properties.OrganizationManagedRuleMetadata.InputParameters));
const keys = (count: number): TagKeyProps[] => Array.from({ length: count }, (_, at) => ({ key: `key${at}` }));

test('six keys a rule, of those that all resources must have', () => {
  const parameters = parametersOf(rulesOf([...keys(8), { key: 'optional', required: false }, { key: 'some', requiredFor: ['AWS::S3::Bucket'] }]));
  expect(parameters).toEqual([
    { tag1Key: 'key0', tag2Key: 'key1', tag3Key: 'key2', tag4Key: 'key3', tag5Key: 'key4', tag6Key: 'key5' }, { tag1Key: 'key6', tag2Key: 'key7' },
  ]);
});

test('whole values are compared, wildcards are not', () => {
  expect(parametersOf(rulesOf([{ key: 'environment', values: ['prod', 'nonprod'] }, { key: 'team', values: ['a', 'b-*'] }]))).toEqual([{ tag1Key: 'environment', tag1Value: 'prod,nonprod', tag2Key: 'team' }]);
});

test('appended keys move no other', () => {
  for (const [few, more] of [[3, 5], [6, 7], [7, 13]] as const) {
    const [before, after] = [rulesOf(keys(few)), rulesOf(keys(more))];
    for (const [id, rule] of Object.entries<any>(before)) {
      expect(after[id]!.Properties.OrganizationConfigRuleName).toBe(rule.Properties.OrganizationConfigRuleName);
      const [old, now] = [rule, after[id]!].map(({ Properties }) => JSON.parse(Properties.OrganizationManagedRuleMetadata.InputParameters));
      expect(now).toMatchObject(old);
    }
  }
});

test('what it makes', () => {
  expect(rulesOf([{ key: 'owner' }], { excludedAccounts: ['111122223333'], ruleNamePrefix: 'tags' })).toMatchInlineSnapshot(`
{
  "RequiredTagsRule1F39B660C": {
    "Properties": {
      "ExcludedAccounts": [
        "111122223333",
      ],
      "OrganizationConfigRuleName": "tags-1",
      "OrganizationManagedRuleMetadata": {
        "Description": "Resources have the tags owner",
        "InputParameters": "{"tag1Key":"owner"}",
        "RuleIdentifier": "REQUIRED_TAGS",
      },
    },
    "Type": "AWS::Config::OrganizationConfigRule",
  },
}
`);
  expect(() => rulesOf([{ key: 'data', required: false }])).toThrow('no key of the standard is required of all resources');
});
