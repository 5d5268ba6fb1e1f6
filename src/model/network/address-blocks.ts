import { parseIpRange } from '../../analysis/ip-range';

/** Everything, of both families. */
export const EVERYWHERE: readonly string[] = ['0.0.0.0/0', '::/0'];

interface Interval {
  readonly bits: 32 | 128;
  readonly from: bigint;
  /** Excluded. */
  readonly to: bigint;
}

/** A block as AWS keeps it: bits behind the prefix are zero. Undefined when the text is no block; an address is a block of its own. */
export function normalBlock(text: string): string | undefined {
  const range = parseIpRange(text);
  if (!range) return undefined;
  const size = 2n ** BigInt(range.bits - range.prefix);
  return written(range.bits, range.address - (range.address % size), range.prefix);
}

/**
 * What `Fn::Cidr` gives: so many blocks with so many host bits, from the block's beginning. Undefined when they do not fit.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html (read 2026-11-23).
 */
export function subBlocks(text: string, count: number, hostBits?: number): string[] | undefined {
  const block = parseIpRange(text);
  if (!block || !Number.isInteger(count) || count < 1 || count > 256) return undefined;
  const bits = hostBits ?? (block.bits === 32 ? 8 : 64);
  const prefix = block.bits - bits;
  if (!Number.isInteger(bits) || prefix < block.prefix || BigInt(count) > 2n ** BigInt(prefix - block.prefix)) return undefined;
  const size = 2n ** BigInt(bits);
  const start = block.address - (block.address % 2n ** BigInt(block.bits - block.prefix));
  return Array.from({ length: count }, (_, index) => written(block.bits, start + BigInt(index) * size, prefix));
}

/** What remains of blocks without others. */
export function without(blocks: readonly string[], others: readonly string[]): string[] {
  return others.reduce((rest, other) => rest.flatMap((one) => cut(one, intervalOf(other))), blocks.map(intervalOf)).flatMap(asBlocks);
}

function cut(one: Interval, other: Interval): Interval[] {
  if (one.bits !== other.bits || other.to <= one.from || other.from >= one.to) return [one];
  return [
    ...(one.from < other.from ? [{ ...one, to: other.from }] : []),
    ...(other.to < one.to ? [{ ...one, from: other.to }] : []),
  ];
}

function intervalOf(text: string): Interval {
  const range = parseIpRange(text);
  if (!range) throw new Error(`${text} is no block of addresses`);
  const size = 2n ** BigInt(range.bits - range.prefix);
  const from = range.address - (range.address % size);
  return { bits: range.bits, from, to: from + size };
}

function asBlocks({ bits, from, to }: Interval): string[] {
  const blocks: string[] = [];
  for (let at = from; at < to;) {
    let length = 0;
    while (length < bits && at % 2n ** BigInt(length + 1) === 0n && at + 2n ** BigInt(length + 1) <= to) length++;
    blocks.push(written(bits, at, bits - length));
    at += 2n ** BigInt(length);
  }
  return blocks;
}

function written(bits: 32 | 128, address: bigint, prefix: number): string {
  if (bits === 32) return `${[24n, 16n, 8n, 0n].map((shift) => (address / 2n ** shift) % 256n).join('.')}/${prefix}`;
  const groups = Array.from({ length: 8 }, (_, at) => ((address / 2n ** BigInt(112 - 16 * at)) % 65_536n).toString(16)).join(':');
  const zeros = /(?:^|:)0(?::0)+(?:$|:)/.exec(groups);
  return `${zeros ? groups.replace(zeros[0], '::') : groups}/${prefix}`;
}
