import * as fc from 'fast-check';
import { coreNetworkPolicy, CoreNetworkFacts, CoreNetworkPolicy, segmentName, SegmentAction } from '../../src/network/core-network-policy';

const SEGMENTS = ['prod', 'dev', 'shared', 'on-premises'];

function facts(changed: Partial<CoreNetworkFacts> = {}, allowed: readonly string[] = ['prod shared']): CoreNetworkFacts {
  return {
    regions: [{ name: 'eu-west-1', slot: 0 }, { name: 'us-east-1', slot: 1 }],
    asnStart: 64_600,
    plan: '10.0.0.0/8',
    onPremises: ['192.168.0.0/16'],
    segments: SEGMENTS.map((name) => ({ name, isIsolated: name === 'on-premises', hasEgress: name !== 'on-premises', requiresAcceptance: false })),
    members: [{ segment: 'prod', account: '777788889999' }],
    owner: '444455556666',
    hasEgress: true,
    inspectsEastWest: true,
    connects: (one, other) => allowed.includes(`${one} ${other}`) || allowed.includes(`${other} ${one}`),
    ...changed,
  };
}

const actions = (policy: CoreNetworkPolicy, ...kinds: string[]): SegmentAction[] => policy['segment-actions'].filter(({ action }) => kinds.includes(action));
/** Pairs of segments that an action connects, each in the order of names, once for each action. */
const pairs = (policy: CoreNetworkPolicy): string[] => actions(policy, 'share', 'send-via')
  .flatMap(({ segment, 'share-with': shared, 'when-sent-to': sent }) => (shared ?? sent!.segments).map((other) => [segment, other].sort().join(' '))).sort();
const refused = (policy: CoreNetworkPolicy): string[] => policy.segments.flatMap(({ name, 'deny-filter': denied = [] }) => denied.map((other) => `${name} ${other}`)).sort();
const wanted = ({ segments, connects }: CoreNetworkFacts, isConnected: boolean): string[] => segments
  .flatMap(({ name }) => segments.filter((other) => other.name !== name && connects(name, other.name) === isConnected).map((other) => `${segmentName(name)} ${segmentName(other.name)}`)).sort();

test('an inspected pair is sent through the network functions of one Region, which a pair of Regions always names', () => {
  expect(actions(coreNetworkPolicy(facts()), 'send-via', 'share')).toEqual([{
    'action': 'send-via', 'segment': 'prod', 'mode': 'single-hop', 'when-sent-to': { segments: ['shared'] },
    'via': { 'network-function-groups': ['functions'], 'with-edge-overrides': [{ 'edge-sets': [['eu-west-1', 'us-east-1']], 'use-edge-location': 'eu-west-1' }] },
  }]);
});

test('without inspection a pair is shared, and there are network functions for egress only', () => {
  const plain = coreNetworkPolicy(facts({ inspectsEastWest: false }));
  expect(actions(plain, 'send-via', 'share')).toEqual([{ 'action': 'share', 'mode': 'attachment-route', 'segment': 'prod', 'share-with': ['shared'] }]);
  expect(plain['network-function-groups']).toHaveLength(1);
  const nothing = coreNetworkPolicy(facts({ inspectsEastWest: false, hasEgress: false }));
  expect(nothing['network-function-groups']).toBeUndefined();
  expect(actions(nothing, 'send-to', 'send-via')).toEqual([]);
  expect(nothing['attachment-policies']).toHaveLength(1);
});

test('a segment has egress or not, and a black hole for all that it may not reach', () => {
  const policy = coreNetworkPolicy(facts({}, ['prod shared', 'prod on-premises']));
  expect(actions(policy, 'send-to').map(({ segment }) => segment)).toEqual(['dev', 'prod', 'shared']);
  expect(actions(policy, 'create-route').map(({ segment, 'destination-cidr-blocks': blocks }) => `${segment} ${blocks!.join(' ')}`)).toEqual([
    'dev 10.0.0.0/8 192.168.0.0/16', 'onpremises 10.0.0.0/8', 'prod 10.0.0.0/8', 'shared 10.0.0.0/8 192.168.0.0/16',
  ]);
  expect(actions(policy, 'create-route').every(({ destinations }) => destinations!.join() === 'blackhole')).toBe(true);
});

test('edges of the plan, each with a number of its own within the range, whose end AWS excludes', () => {
  expect(coreNetworkPolicy(facts({ regions: [{ name: 'us-east-1', slot: 63 }, { name: 'eu-west-1', slot: 2 }] }))['core-network-configuration']).toMatchObject({
    'asn-ranges': ['64600-64664'], 'edge-locations': [{ location: 'eu-west-1', asn: 64_602 }, { location: 'us-east-1', asn: 64_663 }],
  });
});

test('an attachment gets into its segment by its tag and its account, into the network functions by its tag alone, after those of other accounts were caught', () => {
  const rules = coreNetworkPolicy(facts({ members: [{ segment: 'on-premises', account: '444455556666' }, { segment: 'prod', account: '777788889999' }] }))['attachment-policies'];
  const shown = rules.map(({ conditions, action }) => `${conditions.map(({ type, key, value }) => `${key ?? type}=${value}`).join(' ')} > ${Object.values(action).at(-1)}`);
  expect(shown.sort()).toEqual([
    'attachment-type=vpc core-network-segment=prod account-id=777788889999 > prod',
    'core-network-function-group=functions > functions',
    'core-network-function-group=functions account-id=444455556666 > core-network-function-group',
    'core-network-segment=onpremises account-id=444455556666 > onpremises',
  ]);
});

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/).filter((text) => text !== 'onpremises' && text !== 'functions');
const random = fc.uniqueArray(name, { minLength: 1, maxLength: 6 }).chain((names) => {
  const all = [...names, 'on-premises'];
  return fc.record({
    segments: fc.tuple(...all.map((one) => fc.record({ name: fc.constant(one), isIsolated: fc.boolean(), hasEgress: fc.boolean(), requiresAcceptance: fc.boolean() }))).map((list) => [...list]),
    allowed: fc.subarray(all.flatMap((one, index) => all.slice(index + 1).map((other) => `${one} ${other}`))),
    regions: fc.subarray(['eu-west-1', 'us-east-1', 'ap-south-1', 'eu-north-1'], { minLength: 1 }).map((list) => list.map((region, slot) => ({ name: region, slot }))),
    members: fc.array(fc.record({ segment: fc.constantFrom(...all), account: fc.constantFrom('111111111111', '222222222222', '333333333333', '444455556666') }), { maxLength: 20 }),
    hasEgress: fc.boolean(),
    inspectsEastWest: fc.boolean(),
  });
}).map(({ allowed, ...rest }) => ({ facts: facts(rest, allowed), allowed }));

test('only what is allowed is connected, each pair by one action; every other pair refuses each other', () => {
  fc.assert(fc.property(random, (one) => {
    const policy = coreNetworkPolicy(one.facts);
    expect(pairs(policy)).toEqual([...new Set(wanted(one.facts, true).map((pair) => pair.split(' ').sort().join(' ')))].sort());
    expect(refused(policy)).toEqual(wanted(one.facts, false));
    expect(new Set(actions(policy, 'share', 'send-via').map(({ action }) => action)).size).toBeLessThanOrEqual(1);
  }));
});

test('every segment ends in one black hole of the whole plan', () => {
  fc.assert(fc.property(random, (one) => {
    const policy = coreNetworkPolicy(one.facts);
    const ends = actions(policy, 'create-route').filter(({ 'destination-cidr-blocks': blocks }) => blocks!.includes('10.0.0.0/8')).map(({ segment }) => segment);
    expect(ends).toEqual(policy.segments.map((segment) => segment.name));
  }));
});

test('the order in which things are said does not matter', () => {
  fc.assert(fc.property(random, fc.infiniteStream(fc.nat()), (one, order) => {
    const shuffled = <T>(list: readonly T[]): T[] => list.map((item) => ({ item, at: order.next().value })).sort((a, b) => a.at - b.at).map(({ item }) => item);
    const { segments, regions, members } = one.facts;
    const other = coreNetworkPolicy({ ...one.facts, segments: shuffled(segments), regions: shuffled(regions), members: shuffled(members) });
    expect(JSON.stringify(other)).toBe(JSON.stringify(coreNetworkPolicy(one.facts)));
  }));
});

/** What an attachment is associated with, as AWS says: the first rule that fits decides, and a tag that names no segment associates with nothing. */
function associated(policy: CoreNetworkPolicy, attachment: Attachment): string | undefined {
  const fits = ({ type, operator, key, value }: any) => ((type === 'tag-value' ? attachment.tags[key] : type === 'account-id' ? attachment.account : attachment.type) === value) === (operator === 'equals');
  const rule = [...policy['attachment-policies']].sort((one, other) => one['rule-number'] - other['rule-number']).find(({ conditions }) => conditions.every(fits));
  const action = (rule?.action ?? {}) as { readonly [key: string]: string };
  if (action['add-to-network-function-group'] !== undefined) return `group ${action['add-to-network-function-group']}`;
  const wantedSegment = action['association-method'] === 'tag' ? attachment.tags[action['tag-value-of-key']!] : action.segment;
  return policy.segments.some((segment) => segment.name === wantedSegment) ? wantedSegment : undefined;
}
interface Attachment { readonly account: string; readonly type: string; readonly tags: { readonly [key: string]: string | undefined } }

test('whatever tags an attachment has, it gets where its account is admitted, and among the network functions from the network account alone', () => {
  const attachments = (policy: CoreNetworkPolicy) => {
    const value = fc.option(fc.constantFrom('functions', ...policy.segments.map((segment) => segment.name)), { nil: undefined });
    return fc.record({
      account: fc.constantFrom('111111111111', '222222222222', '444455556666'), type: fc.constantFrom('vpc', 'site-to-site-vpn'), tags: fc.record({ 'core-network-segment': value, 'core-network-function-group': value }),
    });
  };
  fc.assert(fc.property(random.chain((one) => fc.record({ one: fc.constant(one), attachment: attachments(coreNetworkPolicy(one.facts)) })), ({ one, attachment }) => {
    const policy = coreNetworkPolicy(one.facts);
    const place = associated(policy, attachment);
    const { account, type, tags } = attachment;
    const isFunction = policy['network-function-groups'] !== undefined && tags['core-network-function-group'] === 'functions';
    const isMember = one.facts.members.some((member) => member.account === account && segmentName(member.segment) === tags['core-network-segment'] && (type === 'vpc' || member.segment === 'on-premises'));
    expect(place).toBe(isFunction ? (account === '444455556666' ? 'group functions' : undefined) : isMember ? tags['core-network-segment'] : undefined);
  }), { numRuns: 2_000 });
});

test('numbers of rules are unique and within bounds, and those of members, which may have any, fit no attachment twice', () => {
  fc.assert(fc.property(random, (one) => {
    const rules = coreNetworkPolicy(one.facts)['attachment-policies'];
    const numbers = rules.map((rule) => rule['rule-number']);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.every((number) => number >= 1 && number <= 65_535)).toBe(true);
    const members = rules.filter((rule) => rule['rule-number'] >= 1_000);
    expect(new Set(members.map(({ conditions }) => conditions.filter(({ type }) => type !== 'attachment-type').map(({ value }) => value).join(' '))).size).toBe(members.length);
  }));
});

test('names are those that Cloud WAN takes', () => {
  fc.assert(fc.property(random, (one) => {
    const policy = coreNetworkPolicy(one.facts);
    const known = policy.segments.map((segment) => segment.name);
    expect(known.every((text) => /^[A-Za-z][A-Za-z0-9]*$/.test(text))).toBe(true);
    for (const { segment, 'share-with': shared, 'when-sent-to': sent } of policy['segment-actions']) expect(known).toEqual(expect.arrayContaining([segment, ...(shared ?? []), ...(sent?.segments ?? [])]));
  }));
});

test('a Region that is added, or a connection, changes which Region inspects no other pair', () => {
  const overrides = (policy: CoreNetworkPolicy) => actions(policy, 'send-via').flatMap(({ via }) => ((via as any)['with-edge-overrides'] ?? []).map((one: any) => JSON.stringify(one)));
  fc.assert(fc.property(random, (one) => {
    const more = coreNetworkPolicy({ ...one.facts, regions: [...one.facts.regions, { name: 'sa-east-1', slot: 50 }] });
    expect(overrides(more)).toEqual(expect.arrayContaining(overrides(coreNetworkPolicy(one.facts))));
  }));
});

test('an account more leaves the rules of others as they are', () => {
  const numberOf = (policy: CoreNetworkPolicy) => new Map(policy['attachment-policies'].map((rule) => [JSON.stringify(rule.conditions), rule['rule-number']]));
  const accounts = Array.from({ length: 40 }, (_, index) => ({ segment: 'prod', account: `${100_000_000_000 + index * 7}` }));
  const [before, after] = [numberOf(coreNetworkPolicy(facts({ members: accounts.slice(1) }))), numberOf(coreNetworkPolicy(facts({ members: accounts })))];
  for (const [conditions, number] of before) expect(after.get(conditions)).toBe(number);
});
