import * as fc from 'fast-check';
import { Cidr } from '../../src/analysis/cidr';
import { MAX_ZONES, subnetPlace } from '../../src/network/spoke-layout';

const TIERS = ['private', 'isolated', 'public', 'transit'];
const blockOf = (vpc: Cidr, tier: string, zone: number): Cidr | undefined => subnetPlace(vpc.prefix, tier, zone)?.steps.reduce((block, { bits, index }) => block.part(block.prefix + bits, index), vpc);

test('subnets of all tiers and zones lie in the VPC and never overlap, and AWS takes their sizes', () => {
  fc.assert(fc.property(fc.integer({ min: 16, max: 24 }), (prefix) => {
    const vpc = Cidr.parse(`10.0.0.0/${prefix}`)!;
    const blocks = TIERS.flatMap((tier) => Array.from({ length: MAX_ZONES }, (_, zone) => blockOf(vpc, tier, zone)).flatMap((block) => (block ? [block] : [])));
    expect(blocks.length).toBeGreaterThanOrEqual(12);
    for (const block of blocks) {
      expect(vpc.contains(block)).toBe(true);
      expect(block.prefix).toBeLessThanOrEqual(28);
      expect(block.prefix).toBe(subnetPlace(prefix, TIERS[0]!, 0)!.prefix <= 28 ? block.prefix : NaN);
    }
    blocks.forEach((one, at) => blocks.slice(at + 1).forEach((other) => expect(one.overlaps(other)).toBe(false)));
  }));
});

test.each([
  [22, 'private', 0, '10.0.0.0/25'],
  [22, 'isolated', 0, '10.0.0.128/26'],
  [22, 'public', 0, '10.0.0.192/27'],
  [22, 'transit', 0, '10.0.0.224/28'],
  [22, 'private', 2, '10.0.2.0/25'],
  [24, 'private', 1, '10.0.0.64/27'],
  [24, 'isolated', 1, '10.0.0.96/28'],
  [24, 'transit', 1, '10.0.0.112/28'],
  [24, 'public', 1, undefined],
  [16, 'transit', 3, '10.0.248.0/28'],
  [25, 'isolated', 0, undefined],
])('in a /%i, the %s subnet of zone %i is %s', (prefix, tier, zone, expected) => {
  expect(blockOf(Cidr.parse(`10.0.0.0/${prefix}`)!, tier, zone)?.toString()).toBe(expected);
});
