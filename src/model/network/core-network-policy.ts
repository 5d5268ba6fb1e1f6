/** A core network policy as far as it is understood: the names of its language, in ours. */
export interface CorePolicy {
  readonly edges: readonly string[];
  readonly segments: readonly CoreSegment[];
  readonly functionGroups: readonly string[];
  readonly shares: readonly { readonly segment: string; readonly with: readonly string[] }[];
  readonly insertions: readonly Insertion[];
  readonly routes: readonly { readonly segment: string; readonly blocks: readonly string[]; readonly destinations: readonly string[] }[];
  readonly rules: readonly AttachmentRule[];
  /** What the policy says and is not understood, by name. */
  readonly strange: readonly string[];
}

export interface CoreSegment {
  readonly name: string;
  readonly isIsolated: boolean;
  /** Whether it takes routes of another segment. */
  accepts(other: string): boolean;
}

/** Traffic that is sent through network functions: to other segments, or, without any, to the internet. */
export interface Insertion {
  readonly segment: string;
  readonly to?: readonly string[];
  readonly group: string;
  readonly isDualHop: boolean;
  /** Edge whose functions serve two edges, or one that has none. */
  edgeFor(one: string, other: string): string | undefined;
}

/** What decides where an attachment belongs: the first that fits, by number. */
export interface AttachmentRule {
  readonly number: number;
  readonly isAnd: boolean;
  readonly conditions: readonly any[];
  readonly action: any;
}

/** What an attachment is, for the rules. */
export interface AttachmentFacts {
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly tags: ReadonlyMap<string, string>;
}

const KNOWN_KEYS: { readonly [action: string]: readonly string[] } = {
  'share': ['action', 'segment', 'mode', 'share-with', 'description'],
  'create-route': ['action', 'segment', 'destination-cidr-blocks', 'destinations', 'description'],
  'send-via': ['action', 'segment', 'mode', 'when-sent-to', 'via', 'description'],
  'send-to': ['action', 'segment', 'via', 'description'],
};
const KNOWN_SECTIONS = ['version', 'core-network-configuration', 'segments', 'network-function-groups', 'segment-actions', 'attachment-policies'];

/**
 * Reads a policy document, all of whose values are known.
 * Source: https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html (read 2026-11-23).
 */
export function readCorePolicy(document: any): CorePolicy {
  const strange = Object.keys(document).filter((key) => !KNOWN_SECTIONS.includes(key) && listOf(document[key]).length > 0);
  const names = listOf(document.segments).map(({ name }) => String(name));
  const others = (given: any, self: string): string[] => {
    const all = names.filter((name) => name !== self);
    if (given === '*' || (Array.isArray(given) && given.includes('*'))) return all;
    return Array.isArray(given) ? given.map(String) : Array.isArray(given?.except) ? all.filter((name) => !given.except.includes(name)) : [];
  };
  const actions = listOf(document['segment-actions']).filter((action) => {
    const known = KNOWN_KEYS[action.action];
    const odd = known ? Object.keys(action).filter((key) => !known.includes(key)) : ['action'];
    if (odd.length > 0) strange.push(`segment action ${action.action}${known ? ` with ${odd.join(', ')}` : ''} of segment ${action.segment}`);
    return known !== undefined;
  });
  const of = (name: string) => actions.filter(({ action }) => action === name);
  return {
    edges: listOf(document['core-network-configuration']?.['edge-locations']).map(({ location }) => String(location)),
    segments: listOf(document.segments).map((segment) => {
      const { 'allow-filter': allowed, 'deny-filter': denied = [] } = segment;
      if (Array.isArray(segment['edge-locations'])) strange.push(`edge-locations of segment ${segment.name}`);
      return { name: String(segment.name), isIsolated: segment['isolate-attachments'] === true, accepts: (other) => !denied.includes(other) && (!Array.isArray(allowed) || allowed.includes(other)) };
    }),
    functionGroups: listOf(document['network-function-groups']).map(({ name }) => String(name)),
    shares: of('share').map((action) => ({ segment: String(action.segment), with: others(action['share-with'], action.segment) })),
    insertions: [...of('send-via'), ...of('send-to')].map((action) => insertionOf(action, (given) => others(given, action.segment), strange)),
    routes: of('create-route').map((action) => ({ segment: String(action.segment), blocks: listOf(action['destination-cidr-blocks']), destinations: listOf(action.destinations).map(String) })),
    rules: listOf(document['attachment-policies']).map((rule) => ({
      number: Number(rule['rule-number']), isAnd: rule['condition-logic'] !== 'or', conditions: listOf(rule.conditions), action: rule.action ?? {},
    })).sort((one, other) => one.number - other.number),
    strange,
  };
}

function insertionOf(action: any, others: (given: any) => string[], strange: string[]): Insertion {
  const groups = listOf(action.via?.['network-function-groups']).map(String);
  if (groups.length !== 1) strange.push(`${groups.length} network function groups of a segment action of segment ${action.segment}`);
  const overrides = listOf(action.via?.['with-edge-overrides']).map((one) => ({ sets: listOf(one['edge-sets']), edge: one['use-edge-location'] ?? one['use-edge'] }));
  return {
    segment: String(action.segment),
    ...(action.action === 'send-via' ? { to: others(action['when-sent-to']?.segments ?? '*') } : {}),
    group: groups[0] ?? '',
    isDualHop: action.mode === 'dual-hop',
    edgeFor: (one, other) => overrides.find(({ sets }) => sets.some((set: any) => {
      const edges = [set].flat();
      return edges.includes(one) && edges.includes(other);
    }))?.edge,
  };
}

/** Segment or network function group of an attachment; undefined where no rule fits: then it is connected with nothing. */
export function placeOf(facts: AttachmentFacts, { rules, segments, functionGroups, strange }: CorePolicy): { readonly kind: 'segment' | 'group'; readonly name: string } | 'unknown' | undefined {
  for (const { conditions, isAnd, action } of rules) {
    const results = conditions.map((condition) => holds(condition, facts));
    const decided = isAnd ? (results.includes(false) ? false : !results.includes(undefined)) : results.includes(true);
    if (!decided && results.includes(undefined) && !(isAnd && results.includes(false))) return 'unknown';
    if (!decided) continue;
    if (action['add-to-network-function-group'] !== undefined) {
      const name = String(action['add-to-network-function-group']);
      return functionGroups.includes(name) ? { kind: 'group', name } : undefined;
    }
    const name = action['association-method'] === 'tag' ? facts.tags.get(action['tag-value-of-key']) : action.segment;
    return segments.some((segment) => segment.name === name) ? { kind: 'segment', name: name! } : undefined;
  }
  return strange.length > 0 && rules.length === 0 ? 'unknown' : undefined;
}

/** Undefined where the condition is not understood, or is about what the templates do not say. */
function holds({ type, operator, key, value }: any, { type: kind, account, region, tags }: AttachmentFacts): boolean | undefined {
  switch (type) {
    case 'any': return true;
    case 'tag-exists': return tags.has(key);
    case 'tag-value': return tags.has(key) ? compare(tags.get(key)!, operator, value) : false;
    case 'account':
    case 'account-id': return account === 'any' ? undefined : compare(account, operator, value);
    case 'region': return region === 'any' ? undefined : compare(region, operator, value);
    case 'attachment-type': return compare(kind, operator, value);
    default: return undefined;
  }
}

function compare(own: string, operator: string, value: any): boolean | undefined {
  switch (operator) {
    case 'equals': return own === String(value);
    case 'not-equals': return own !== String(value);
    case 'contains': return own.includes(String(value));
    case 'begins-with': return own.startsWith(String(value));
    default: return undefined;
  }
}

function listOf(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
