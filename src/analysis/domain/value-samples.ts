import { Distinction, KeyRange } from './distinction';
import { textCells } from './text-cells';
import { parseIpRange } from '../ip-range';

/** Values of a key: one at least for every way in which its tests can come out together. */
export interface Samples {
  readonly values: readonly string[];
  /** Whether every way is among them. */
  readonly isComplete: boolean;
}

/**
 * Values on every side of the distinctions. A key has values of the type its operators ask for: numbers where numbers are compared, addresses where ranges are.
 * Tests of two types on one key are not told apart completely.
 */
export function valueSamples(distinctions: readonly Distinction[], range: KeyRange): Samples {
  const kinds = new Map<Distinction['kind'], Distinction[]>();
  for (const distinction of distinctions) {
    kinds.set(distinction.kind, [...kinds.get(distinction.kind) ?? [], distinction]);
  }
  const parts = [...kinds].map(([kind, list]) => samplesOf(kind, list, range));
  if (parts.length === 0) {
    return { values: textCells(range.within ?? [], []).samples, isComplete: true };
  }
  return { values: [...new Set(parts.flatMap(({ values }) => values))], isComplete: parts.length === 1 && parts[0].isComplete };
}

function samplesOf(kind: Distinction['kind'], list: readonly Distinction[], range: KeyRange): Samples {
  switch (kind) {
    case 'text': {
      const patterns = new Map(list.flatMap((distinction) => (distinction.kind === 'text' ? distinction.patterns : [])).map((pattern) => [pattern.id, pattern]));
      const { samples, isComplete } = textCells(range.within ?? [], [...patterns.values()]);
      return { values: samples, isComplete };
    }
    case 'binary': return { values: [...list.map((distinction) => (distinction.kind === 'binary' ? distinction.value : '')), 'YW55'], isComplete: true };
    case 'number': return { values: between(points(list)).map(plainNumber), isComplete: true };
    case 'date': return { values: between(points(list), 86_400_000).map((time) => new Date(time).toISOString().replace('.000Z', 'Z')), isComplete: true };
    default: return { values: addresses(list.map((distinction) => (distinction.kind === 'address' ? distinction.range : ''))), isComplete: true };
  }
}

function points(list: readonly Distinction[]): number[] {
  const all = list.flatMap((distinction) => (distinction.kind === 'number' || distinction.kind === 'date' ? [distinction.at] : []));
  return [...new Set(all.filter((point) => !isNaN(point)))].sort((a, b) => a - b);
}

/** Each point, one below the first, one between neighbours, one above the last. */
function between(sorted: readonly number[], step = 1): number[] {
  if (sorted.length === 0) {
    return [0];
  }
  const gaps = sorted.slice(1).map((point, index) => (Number.isInteger(sorted[index] + step) && sorted[index] + step < point ? sorted[index] + step : (sorted[index] + point) / 2));
  return [...sorted, ...gaps, sorted[sorted.length - 1] + step, sorted[0] - step];
}

/** Without an exponent, which not every reader of numbers knows. */
function plainNumber(value: number): string {
  return /e/.test(String(value)) ? value.toFixed(20).replace(/\.?0+$/, '') : String(value);
}

const DOCUMENTATION_ADDRESSES = ['203.0.113.10', '2001:db8::10'];

/** The first address of every range, the first one behind it, and the first of all, in both families. */
function addresses(ranges: readonly string[]): string[] {
  const boundaries = ranges.flatMap((text) => {
    const range = parseIpRange(text);
    if (!range) {
      return [];
    }
    const size = 2n ** BigInt(range.bits - range.prefix);
    const start = range.address - (range.address % size);
    return [start, start + size].filter((address) => address < 2n ** BigInt(range.bits)).map((address) => addressText(address, range.bits));
  });
  return [...DOCUMENTATION_ADDRESSES, ...boundaries, '0.0.0.0', '::'];
}

function addressText(address: bigint, bits: 32 | 128): string {
  const [size, count, radix, separator] = bits === 32 ? [256n, 4, 10, '.'] as const : [65536n, 8, 16, ':'] as const;
  const parts: string[] = [];
  for (let rest = address; parts.length < count; rest /= size) {
    parts.unshift((rest % size).toString(radix));
  }
  return parts.join(separator);
}
