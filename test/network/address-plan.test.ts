import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { AddressBook, AddressPlan, AddressPlanProps, SpokeSize } from '../../src';
import { Cidr } from '../../src/analysis/cidr';

const REGIONS = { 'eu-west-1': 0, 'us-east-1': 1 };
const SEGMENTS = { prod: 0, dev: 1, shared: 2 };
const planOf = (props: Partial<AddressPlanProps> = {}) => AddressPlan.of('10.0.0.0/8', { regions: REGIONS, segments: SEGMENTS, ...props });
const block = (text: string) => Cidr.parse(text)!;

describe('Regions and segments', () => {
  test('are disjoint blocks of a power of two', () => {
    const plan = planOf();
    expect(plan.regionCidr('eu-west-1')).toBe('10.0.0.0/11');
    expect(plan.regionCidr('us-east-1')).toBe('10.32.0.0/11');
    expect(['prod', 'dev', 'shared'].map((segment) => plan.segmentCidr('us-east-1', segment))).toEqual(['10.32.0.0/14', '10.36.0.0/14', '10.40.0.0/14']);
  });

  test('stay where they are when others are added or listed in another order', () => {
    const blocks = (plan: AddressPlan) => ['eu-west-1', 'us-east-1'].flatMap((region) => ['prod', 'dev', 'shared'].map((segment) => plan.segmentCidr(region, segment)));
    const grown = planOf({ regions: { 'ap-south-1': 5, 'us-east-1': 1, 'eu-west-1': 0 }, segments: { partner: 7, shared: 2, dev: 1, prod: 0 } });
    expect(blocks(grown)).toEqual(blocks(planOf()));
    expect([grown.regions, grown.segments]).toEqual([['eu-west-1', 'us-east-1', 'ap-south-1'], ['prod', 'dev', 'shared', 'partner']]);
  });
});

describe('spokes', () => {
  const spoke = fc.record({
    key: fc.string({ minLength: 1, maxLength: 8 }), region: fc.constantFrom('eu-west-1', 'us-east-1'), segment: fc.constantFrom('prod', 'dev', 'shared'),
    size: fc.constantFrom(SpokeSize.SMALL, SpokeSize.MEDIUM, SpokeSize.LARGE),
  });
  const spokes = fc.uniqueArray(spoke, { selector: ({ key }) => key, maxLength: 40 });

  test('lie in their segment and overlap nobody, and where one would, what it says to write down is free', () => {
    fc.assert(fc.property(spokes, (wanted) => {
      const book: { [key: string]: string } = {};
      // Whoever is refused is written down as the message says, and everything is asked again.
      for (let attempt = 0; attempt <= wanted.length; attempt++) {
        const plan = planOf({ book: AddressBook.of(book) });
        const placed: Cidr[] = [];
        let isDone = true;
        for (const one of wanted) {
          try {
            const cidr = block(plan.spoke(one).cidr);
            expect(block(plan.segmentCidr(one.region, one.segment)).contains(cidr)).toBe(true);
            expect(cidr.prefix).toBe(one.size.prefixLength);
            expect(placed.filter((other) => other.overlaps(cidr))).toEqual([]);
            placed.push(cidr);
          } catch (error) {
            const advice = /Write it down where it is free: ("(?:[^"\\]|\\.)*"): "([\d./]+)"$/.exec((error as Error).message.replace(`"${one.key}"`, JSON.stringify(one.key)));
            if (!advice) throw error;
            book[one.key] = advice[2]!;
            isDone = false;
            break;
          }
        }
        if (isDone) return;
      }
      throw new Error('it is never done');
    }), { numRuns: 60, seed: 20261122 });
  });

  test('stay where they are whoever else comes, and in whatever order', () => {
    fc.assert(fc.property(spokes, fc.nat(), (wanted, seed) => {
      const place = (list: typeof wanted) => {
        const plan = planOf();
        return new Map(list.flatMap((one) => {
          try {
            return [[one.key, plan.spoke(one).cidr]];
          } catch {
            return [];
          }
        }));
      };
      const some = place(wanted.filter((_, index) => (index + seed) % 3 > 0));
      const all = place([...wanted].reverse());
      for (const [key, cidr] of some) if (all.has(key)) expect(all.get(key)).toBe(cidr);
    }), { numRuns: 100, seed: 20261122 });
  });

  test('are written down in a book, which keeps addresses for spokes that are away', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'book-')), 'addresses.yaml');
    writeFileSync(file, 'payments-prod: 10.0.16.0/20\nlegacy: 10.0.32.0/22 # switched off for now\n');
    const plan = planOf({ book: AddressBook.load(file) });
    expect(plan.spoke({ key: 'payments-prod', region: 'eu-west-1', segment: 'prod', size: SpokeSize.LARGE })).toEqual({ key: 'payments-prod', cidr: '10.0.16.0/20', isWrittenDown: true });
    expect(planOf({ book: AddressBook.of({ a: '10.0.0.0/15', b: '10.2.0.0/15' }), segments: { prod: 0 } }).usage('eu-west-1', 'prod')).toBe(0);
    const full = planOf({ book: AddressBook.of({ a: '10.0.0.0/15', b: '10.2.0.0/15' }) });
    expect(() => full.spoke({ key: 'c', region: 'eu-west-1', segment: 'prod' })).toThrow(/kept for [ab].*has no free \/22: 0 % is used by 0 spokes/);
  });

  test('leave reserved ranges and networks on premises alone', () => {
    const reserved = [{ cidr: '10.0.0.0/15', purpose: 'old data centre' }];
    const plan = planOf({ reserved, book: AddressBook.of({ web: '10.1.0.0/22' }) });
    expect(() => plan.spoke({ key: 'web', region: 'eu-west-1', segment: 'prod' }))
      .toThrow('Spoke web at 10.1.0.0/22, as the address book says, overlaps 10.0.0.0/15 (old data centre). Write it down where it is free: "web": "10.2.0.0/22"');
  });

  test('cannot change their size, Region or segment in place', () => {
    const plan = planOf({ book: AddressBook.of({ web: '10.0.16.0/20', dev: '10.4.0.0/22' }) });
    expect(() => plan.spoke({ key: 'web', region: 'eu-west-1', segment: 'prod', size: SpokeSize.SMALL })).toThrow('says 10.0.16.0/20 for spoke web, but it wants a /24. A VPC keeps its addresses');
    expect(() => plan.spoke({ key: 'dev', region: 'eu-west-1', segment: 'prod' })).toThrow('lies outside of prod of eu-west-1 (10.0.0.0/14)');
    plan.spoke({ key: 'new', region: 'eu-west-1', segment: 'prod' });
    expect(() => plan.spoke({ key: 'new', region: 'eu-west-1', segment: 'dev' })).toThrow('asked for twice: as /22 in prod of eu-west-1 and as /22 in dev of eu-west-1');
  });

  test('a thousand fit in a plan', () => {
    const plan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0 }, segments: { prod: 0 }, regionSlots: 2, segmentSlots: 2 });
    const book: { [key: string]: string } = {};
    for (let at = 0; at < 1000; at++) {
      try {
        plan.spoke({ key: `spoke-${at}`, region: 'eu-west-1', segment: 'prod', size: SpokeSize.SMALL });
      } catch {
        book[`spoke-${at}`] = '';
      }
    }
    // One in sixty meets another one: those are written down once.
    expect(Object.keys(book).length).toBeLessThan(60);
    expect(plan.usage('eu-west-1', 'prod')).toBeGreaterThan(0.05);
  });
});

test('everything that is wrong with a plan is said at once, with the numbers', () => {
  const wrong = () => AddressPlan.of('10.1.0.0/8', {
    regions: { 'eu-west-1': 0, 'us-east-1': 0, 'ap-south-1': 9 }, segments: {}, segmentSlots: 6,
    reserved: [{ cidr: '10.0.0.0/33', purpose: 'lab' }], onPremises: [{ cidr: '10.0.0.0/7', purpose: 'offices' }],
  });
  expect(wrong).toThrow(`AddressPlan 10.1.0.0/8 has 7 problems
  "10.1.0.0/8" (the plan) is not a block of IPv4 addresses, such as 10.0.0.0/8; did you mean 10.0.0.0/8?
  segmentSlots is 6, a power of two is needed: 4, 8, 16
  Regions eu-west-1 and us-east-1 both have slot 0
  Region ap-south-1 has slot 9, slots are 0 to 7
  no segment is given
  "10.0.0.0/33" (lab) is not a block of IPv4 addresses, such as 10.0.0.0/8
  10.0.0.0/7 (offices) covers the whole plan 10.0.0.0/8: plan other addresses`);
  expect(() => planOf({ regionSlots: 256, segmentSlots: 1024 })).toThrow('leaves /26 (64 addresses) a segment; at least a /24 is needed');
  expect(() => planOf().regionCidr('eu-north-1')).toThrow('has no Region eu-north-1. Regions: eu-west-1, us-east-1');
  expect(() => planOf().segmentCidr('eu-west-1', 'test')).toThrow('has no segment test. Segments: prod, dev, shared');
  expect(() => planOf().spoke({ key: 'web', region: 'eu-west-1', segment: 'prod', size: SpokeSize.prefix(29) })).toThrow('AWS takes VPCs from /16');
  expect(() => AddressPlan.of('10.0.0.0/16', { regions: { 'eu-west-1': 0 }, segments: { prod: 0 } }).spoke({ key: 'web', region: 'eu-west-1', segment: 'prod', size: SpokeSize.LARGE }))
    .toThrow('Spoke web wants a /20, prod of eu-west-1 (10.0.0.0/22) has 1,024 addresses');
});

test('mistakes of an address book, each with its line', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'book-')), 'addresses.yaml');
  writeFileSync(file, 'a: 10.0.0.0/20\nb: 10.0.8.0/22\nc: 10.0.1.0/20\nd: 12\n');
  expect(() => AddressBook.load(file)).toThrow(/has 3 problems[^]*addresses.yaml:2:\d+ +b \(10.0.8.0\/22\) overlaps a[^]*:3:\d+ +c has "10.0.1.0\/20"[^]*did you mean 10.0.0.0\/20\?[^]*:4:\d+ +d has 12/);
  expect(() => AddressBook.load('missing.yaml')).toThrow('missing.yaml does not exist');
  writeFileSync(file, '- a\n');
  expect(() => AddressBook.load(file)).toThrow('should be a list of keys and blocks');
});
