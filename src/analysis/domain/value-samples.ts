import { Distinction, KeyRange } from './distinction';
import { textCells } from './text-cells';
import { dateOf, numberOf } from '../condition-value';
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
    return { values: textCells(range.within ?? [], [], range.without).samples, isComplete: true };
  }
  return { values: [...new Set(parts.flatMap(({ values }) => values))], isComplete: parts.length === 1 && parts[0].isComplete };
}

function samplesOf(kind: Distinction['kind'], list: readonly Distinction[], range: KeyRange): Samples {
  switch (kind) {
    case 'text': {
      const patterns = new Map(list.flatMap((distinction) => (distinction.kind === 'text' ? distinction.patterns : [])).map((pattern) => [pattern.id, pattern]));
      const { samples, isComplete } = textCells(range.within ?? [], [...patterns.values()], range.without);
      return { values: samples, isComplete };
    }
    case 'binary': return { values: binaries(list.map((distinction) => (distinction.kind === 'binary' ? distinction.value : ''))), isComplete: true };
    case 'number': return { values: between(points(list), 1, numberText, numberOf), isComplete: true };
    case 'date': return { values: between(points(list), 86_400_000, dateText, dateOf), isComplete: true };
    default: return { values: addresses(list.map((distinction) => (distinction.kind === 'address' ? distinction.range : ''))), isComplete: true };
  }
}

/** The values, and one that is none of them. */
function binaries(values: readonly string[]): string[] {
  let other = 'YW55';
  while (values.some((value) => value.replace(/=+$/, '') === other)) {
    other += 'YW55';
  }
  return [...values, other];
}

interface Point {
  readonly at: number;
  readonly text: string;
}

/** The points of a line that policies name, in order and each once, as a policy writes it. */
function points(list: readonly Distinction[]): Point[] {
  const all = list.flatMap((distinction) => ((distinction.kind === 'number' || distinction.kind === 'date') && !isNaN(distinction.at) ? [distinction] : []));
  return [...new Map(all.map(({ at, text }) => [at, { at, text }])).values()].sort((a, b) => a.at - b.at);
}

/** Each point, one below the first, one between neighbours, one above the last; none where no text stands for one. */
function between(sorted: readonly Point[], step: number, textOf: (value: number) => string, parse: (text: string) => number): string[] {
  if (sorted.length === 0) {
    return [textOf(0)];
  }
  const inside = (low: number, high: number, candidates: readonly number[]): string[] => (
    candidates.map(textOf).filter((text) => parse(text) > low && parse(text) < high).slice(0, 1)
  );
  const [first, last] = [sorted[0].at, sorted[sorted.length - 1].at];
  return [
    ...sorted.map(({ text }) => text),
    ...sorted.slice(1).flatMap(({ at }, index) => {
      const low = sorted[index].at;
      return inside(low, at, [...Number.isInteger(low + step) ? [low + step] : [], low + (at - low) / 2, low / 2 + at / 2]);
    }),
    // A step from a very large number does not lead away from it.
    ...inside(last, Infinity, [last + step, last + Math.abs(last) / 2, Number.MAX_VALUE]),
    ...inside(-Infinity, first, [first - step, first - Math.abs(first) / 2, -Number.MAX_VALUE]),
  ];
}

/** Without an exponent where that can be, for not every reader of numbers knows it. */
function numberText(value: number): string {
  const plain = /e/.test(String(value)) ? value.toFixed(20).replace(/\.?0+$/, '') : String(value);
  return Number(plain) === value ? plain : String(value);
}

const LAST_DATE = 8.64e15;

/** ISO 8601 for years of four digits, else seconds since 1970. */
function dateText(time: number): string {
  const date = Math.abs(time) <= LAST_DATE ? new Date(time).toISOString() : '';
  return /^\d{4}-/.test(date) && Number.isInteger(time) ? date.replace('.000Z', 'Z') : numberText(time / 1000);
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
