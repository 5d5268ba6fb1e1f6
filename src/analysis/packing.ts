import { PolicyDocument, PolicyStatementJson } from './policy-document';

/** Statements that stay together, such as those of one control. */
export interface PackItem {
  readonly key: string;
  readonly statements: readonly PolicyStatementJson[];
}

export interface PackLimits {
  /** UTF-8 bytes of one minified policy. */
  readonly maxBytes: number;
  /** Policies there is room for. */
  readonly maxCount: number;
}

export interface PackedPolicy {
  /** Keys of the items in it. */
  readonly items: readonly string[];
  readonly document: PolicyDocument;
  readonly bytes: number;
}

export interface Packing {
  readonly policies: readonly PackedPolicy[];
  /** What does not fit, for people. */
  readonly problems: readonly string[];
}

/** A policy as AWS should get it. The API counts white space, so there is none. */
export function minify(document: PolicyDocument): string {
  return JSON.stringify(document);
}

/** UTF-8 bytes of the minified policy: what AWS counts against the quota. */
export function policySize(document: PolicyDocument): number {
  return byteLength(minify(document));
}

const VERSION = '2012-10-17';
const EMPTY_BYTES = policySize({ Version: VERSION, Statement: [] });

/**
 * Puts items into policies, each into the first one with room, in the given order. So an item that is appended moves no other: a statement that moved
 * between two policies would be missing for a moment, as AWS updates one policy after the other. Two statements with one Sid never share a policy.
 */
export function packStatements(items: readonly PackItem[], limits: PackLimits): Packing {
  const policies: Array<{ items: string[]; statements: PolicyStatementJson[]; sids: Set<string>; bytes: number }> = [];
  const problems: string[] = [];
  for (const { key, statements } of items) {
    if (statements.length === 0) {
      continue;
    }
    // The bytes of the statements and of the commas between them.
    const bytes = statements.reduce((sum, statement) => sum + byteLength(JSON.stringify(statement)) + 1, -1);
    const sids = statements.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
    const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
    if (repeated !== undefined) {
      problems.push(`${key} uses the Sid ${repeated} twice; AWS wants each Sid once in a policy: rename one`);
      continue;
    }
    if (EMPTY_BYTES + bytes > limits.maxBytes) {
      problems.push(`${key} alone makes a policy of ${EMPTY_BYTES + bytes} bytes, ${limits.maxBytes} are allowed: split it into smaller parts`);
      continue;
    }
    let policy = policies.find((candidate) => candidate.bytes + 1 + bytes <= limits.maxBytes && !sids.some((sid) => candidate.sids.has(sid)));
    if (policy) {
      policy.bytes += 1 + bytes;
    } else {
      policy = { items: [], statements: [], sids: new Set(), bytes: EMPTY_BYTES + bytes };
      policies.push(policy);
    }
    policy.items.push(key);
    policy.statements.push(...statements);
    sids.forEach((sid) => policy.sids.add(sid));
  }
  if (policies.length > limits.maxCount) {
    const total = policies.reduce((sum, { bytes }) => sum + bytes, 0);
    problems.push(`${policies.length} policies are needed (${total} bytes in all), ${limits.maxCount} can be attached: `
      + 'move some to a unit above or below, or drop what another one covers');
  }
  return {
    policies: policies.map(({ items: keys, statements, bytes }) => ({ items: keys, document: { Version: VERSION, Statement: statements }, bytes })),
    problems,
  };
}

/**
 * How few policies any distribution of the statements needs. A policy of n statements has 39 bytes of its own, `{"Version":"2012-10-17","Statement":[]}`,
 * those of its statements, and n - 1 commas: 38 + the sum of (size + 1). So at most `maxBytes - 38` of the sum fit into one.
 */
export function lowerBound(statements: readonly PolicyStatementJson[], maxBytes: number): number {
  const sum = statements.reduce((bytes, statement) => bytes + byteLength(JSON.stringify(statement)) + 1, 0);
  return Math.ceil(sum / (maxBytes - (EMPTY_BYTES - 1)));
}

/** UTF-8 bytes of the largest statement that a policy can have. */
export function maxStatementBytes(maxBytes: number): number {
  return maxBytes - EMPTY_BYTES;
}

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
