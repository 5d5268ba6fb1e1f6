import * as fc from 'fast-check';
import { coverageOf, TaggedResource, together } from '../../../src/analysis/tags/tag-coverage';
import { TagKey } from '../../../src/analysis/tags/tag-key';

const KEYS: TagKey[] = [
  { key: 'owner', requiredFor: ['*'], isInherited: true, enforcedFor: [], allocatesCosts: true },
  { key: 'data', values: ['public', 'secret'], requiredFor: ['AWS::S3::Bucket'], isInherited: true, enforcedFor: [], allocatesCosts: false },
];

const resource: fc.Arbitrary<TaggedResource> = fc.record({
  stack: fc.constant('Stack'), logicalId: fc.constant('Id'), type: fc.constantFrom('AWS::S3::Bucket', 'AWS::EC2::VPC'),
  tags: fc.option(fc.dictionary(fc.constantFrom('owner', 'data', 'Owner'), fc.constantFrom('secret', 'other')).map((tags) => new Map<string, string | undefined>(Object.entries(tags))), { nil: undefined }),
});

test('groups together are covered as all of their resources are', () => {
  let partly = 0;
  fc.assert(fc.property(fc.array(fc.array(resource, { maxLength: 6 }), { maxLength: 5 }), (groups) => {
    const all = coverageOf(groups.flat(), KEYS);
    if (all.keys.some(({ percent }) => percent > 0 && percent < 100)) partly += 1;
    expect(together(groups.map((group) => coverageOf(group, KEYS)), KEYS)).toEqual(all);
  }), { numRuns: 200 });
  expect(partly).toBeGreaterThan(50);
});
