import { createHash } from 'crypto';
import { ON_PREMISES } from './hub-routes';

/** What the policy of a core network follows from. */
export interface CoreNetworkFacts {
  /** Regions and their slots in the plan. Between two Regions, the one with the lower slot inspects. */
  readonly regions: readonly { readonly name: string; readonly slot: number }[];
  /** Number among BGP speakers of the edge in slot 0. */
  readonly asnStart: number;
  readonly plan: string;
  readonly onPremises: readonly string[];
  /** Segments of the plan; that of networks on premises where the plan has any. */
  readonly segments: readonly CoreSegmentFacts[];
  /** Which accounts may attach to which segments. */
  readonly members: readonly { readonly segment: string; readonly account: string }[];
  /** The network account: nobody else adds to the network functions. */
  readonly owner: string;
  readonly hasEgress: boolean;
  readonly inspectsEastWest: boolean;
  /** Whether connections between two segments are allowed, in one direction or both. */
  connects(one: string, other: string): boolean;
}

/** A segment, as far as the policy hangs on it. */
export interface CoreSegmentFacts {
  readonly name: string;
  readonly isIsolated: boolean;
  readonly hasEgress: boolean;
  readonly requiresAcceptance: boolean;
}

/** A core network policy, as AWS reads it. */
export interface CoreNetworkPolicy {
  readonly 'version': '2025.11';
  readonly 'core-network-configuration': object;
  readonly 'segments': readonly PolicySegment[];
  readonly 'network-function-groups'?: readonly object[];
  readonly 'segment-actions': readonly SegmentAction[];
  readonly 'attachment-policies': readonly AttachmentRule[];
}

/** A segment of a policy. */
export interface PolicySegment {
  readonly 'name': string;
  readonly 'isolate-attachments': boolean;
  readonly 'require-attachment-acceptance': boolean;
  readonly 'deny-filter'?: readonly string[];
}

/** What becomes of the traffic of a segment. */
export interface SegmentAction {
  readonly 'action': 'share' | 'send-via' | 'send-to' | 'create-route';
  readonly 'segment': string;
  readonly 'mode'?: string;
  readonly 'share-with'?: readonly string[];
  readonly 'when-sent-to'?: { readonly segments: readonly string[] };
  readonly 'via'?: object;
  readonly 'destination-cidr-blocks'?: readonly string[];
  readonly 'destinations'?: readonly ['blackhole'];
}

/** Who is associated with what. */
export interface AttachmentRule {
  readonly 'rule-number': number;
  readonly 'condition-logic': 'and';
  readonly 'conditions': readonly { readonly type: string; readonly operator: 'equals' | 'not-equals'; readonly key?: string; readonly value: string }[];
  readonly 'action': object;
}

/** Tag of an attachment that names its segment. */
export const SEGMENT_TAG = 'core-network-segment';
/** Tag of an attachment that names its network function group. */
export const FUNCTION_TAG = 'core-network-function-group';
/** The one network function group: a VPC a Region, with the firewall and the way to the internet. */
export const FUNCTIONS = 'functions';
/** Numbers that edges have; AWS excludes the end of a range. */
export const EDGE_SLOTS = 64;

/** Cloud WAN's name of a segment: it takes letters and digits. */
export function segmentName(name: string): string {
  return name === ON_PREMISES ? 'onpremises' : name;
}

/**
 * The policy of a core network. Segments are closed to each other; a pair that is allowed is shared or, where it is inspected, sent through the network functions; all others refuse
 * each other's routes, whoever shares them later. A black hole of the whole plan ends each segment: its default route leads to a VPC that reaches all segments.
 *
 * The language: AWS Cloud WAN, "Core network policy version parameters" (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html, read 2026-11-23), and
 * https://github.com/aws-samples/aws-cloud-wan-blueprints. Accounts are matched by `account-id`; that page says `account`, which AWS refuses
 * (https://github.com/hashicorp/terraform-provider-aws/pull/45788, whose acceptance tests deploy both versions, read 2026-11-23).
 */
export function coreNetworkPolicy(facts: CoreNetworkFacts): CoreNetworkPolicy {
  const hasFunctions = facts.hasEgress || facts.inspectsEastWest;
  const segments = [...facts.segments].sort((one, other) => compare(segmentName(one.name), segmentName(other.name)));
  const regions = [...facts.regions].sort((one, other) => one.slot - other.slot);
  return {
    'version': '2025.11',
    'core-network-configuration': {
      'vpn-ecmp-support': true,
      'dns-support': true,
      'security-group-referencing-support': false,
      'asn-ranges': [`${facts.asnStart}-${facts.asnStart + EDGE_SLOTS}`],
      'edge-locations': regions.map(({ name, slot }) => ({ location: name, asn: facts.asnStart + slot })),
    },
    'segments': segments.map((segment) => policySegment(segment, segments, facts)),
    ...(hasFunctions ? { 'network-function-groups': [{ 'name': FUNCTIONS, 'require-attachment-acceptance': false }] } : {}),
    'segment-actions': [
      ...segments.flatMap((segment, index) => connections(segment, segments.slice(index + 1), regions.map(({ name }) => name), facts)),
      ...segments.filter(({ hasEgress }) => facts.hasEgress && hasEgress).map(({ name }): SegmentAction => ({ action: 'send-to', segment: segmentName(name), via: { 'network-function-groups': [FUNCTIONS] } })),
      ...segments.map((segment) => blackHoles(segment, facts)),
    ],
    'attachment-policies': [...(hasFunctions ? functionsRules(facts.owner) : []), ...memberRules(facts)],
  };
}

function policySegment({ name, isIsolated, requiresAcceptance }: CoreSegmentFacts, segments: readonly CoreSegmentFacts[], facts: CoreNetworkFacts): PolicySegment {
  const refused = segments.filter((other) => other.name !== name && !facts.connects(name, other.name)).map((other) => segmentName(other.name));
  return {
    'name': segmentName(name), 'isolate-attachments': isIsolated, 'require-attachment-acceptance': requiresAcceptance, ...(refused.length > 0 ? { 'deny-filter': refused } : {}),
  };
}

/** With the segments after it in the order of names, so that a pair has one action. Routes go both ways, whichever of the two is named first. */
function connections({ name }: CoreSegmentFacts, later: readonly CoreSegmentFacts[], regions: readonly string[], facts: CoreNetworkFacts): SegmentAction[] {
  const partners = later.filter((other) => facts.connects(name, other.name)).map((other) => segmentName(other.name));
  const segment = segmentName(name);
  if (partners.length === 0) return [];
  if (!facts.inspectsEastWest) return [{ 'action': 'share', 'mode': 'attachment-route', segment, 'share-with': partners }];
  const pairs = regions.flatMap((one, index) => regions.slice(index + 1).map((other) => ({ 'edge-sets': [[one, other]], 'use-edge-location': one })));
  return [{
    'action': 'send-via', segment, 'mode': 'single-hop', 'when-sent-to': { segments: partners }, 'via': { 'network-function-groups': [FUNCTIONS], ...(pairs.length > 0 ? { 'with-edge-overrides': pairs } : {}) },
  }];
}

/**
 * Static routes come before what attachments announce with the same prefix, so a segment that may reach the networks on premises has no black hole for them.
 * Where they are not attached, its packets to them end in the network functions, which have no route to them either.
 */
function blackHoles({ name }: CoreSegmentFacts, { plan, onPremises, connects }: CoreNetworkFacts): SegmentAction {
  const reaches = name === ON_PREMISES || connects(name, ON_PREMISES);
  return { 'action': 'create-route', 'segment': segmentName(name), 'destination-cidr-blocks': [plan, ...(reaches ? [] : onPremises)], 'destinations': ['blackhole'] };
}

/**
 * Tags are chosen by whoever makes an attachment, in any account that the core network is shared with: so each rule names the account too. But a rule that adds to a network function
 * group takes conditions about tags only (aws-cloud-wan-blueprints, policy/3-attachment_policies.md, read 2026-11-23): attachments of other accounts end in a rule before it, the first
 * that fits decides. That rule tries to map them to a segment of the group's name, which there never is, so they are associated with nothing.
 */
function functionsRules(owner: string): AttachmentRule[] {
  const isFunction = { type: 'tag-value', operator: 'equals', key: FUNCTION_TAG, value: FUNCTIONS } as const;
  return [
    {
      'rule-number': 100,
      'condition-logic': 'and',
      'conditions': [isFunction, { type: 'account-id', operator: 'not-equals', value: owner }],
      'action': { 'association-method': 'tag', 'tag-value-of-key': FUNCTION_TAG },
    },
    { 'rule-number': 200, 'condition-logic': 'and', 'conditions': [isFunction], 'action': { 'add-to-network-function-group': FUNCTIONS } },
  ];
}

/** After those of the network functions. No attachment fits two of them, so their numbers decide nothing. A number follows from segment and account: others that come and go leave it alone, unless they meet. */
function memberRules({ members }: CoreNetworkFacts): AttachmentRule[] {
  const taken = new Set<number>();
  const keys = [...new Map(members.map((member) => [`${segmentName(member.segment)} ${member.account}`, member]))].sort(([one], [other]) => compare(one, other));
  return keys.map(([key, { segment, account }]): AttachmentRule => {
    let number = 1_000 + (createHash('sha256').update(`attachment:${key}`).digest().readUInt32BE(0) % 64_000);
    while (taken.has(number)) number = number === 65_535 ? 1_000 : number + 1;
    taken.add(number);
    return {
      'rule-number': number,
      'condition-logic': 'and',
      'conditions': [
        ...(segment === ON_PREMISES ? [] : [{ type: 'attachment-type', operator: 'equals' as const, value: 'vpc' }]),
        { type: 'tag-value', operator: 'equals', key: SEGMENT_TAG, value: segmentName(segment) },
        { type: 'account-id', operator: 'equals', value: account },
      ],
      'action': { 'association-method': 'constant', 'segment': segmentName(segment) },
    };
  }).sort((one, other) => one['rule-number'] - other['rule-number']);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
