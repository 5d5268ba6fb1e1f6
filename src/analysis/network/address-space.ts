import { Cells, NO_CELLS, union } from './cells';
import { parseIpRange } from '../ip-range';

const V4_SIZE = 2n ** 32n;
const SIZE = V4_SIZE + 2n ** 128n;

/**
 * All addresses, IPv4 before IPv6, cut at every boundary of the given blocks. Between two cuts all addresses are alike, so whatever is decided of a cell is decided of each of its addresses.
 */
export class AddressSpace {
  private readonly starts: readonly bigint[];
  private readonly index = new Map<bigint, number>();
  private readonly known = new Map<string, Cells>();

  public constructor(cidrs: Iterable<string>) {
    const cuts = new Set<bigint>([0n, V4_SIZE]);
    for (const cidr of cidrs) {
      const block = blockOf(cidr);
      if (!block) continue;
      cuts.add(block.from);
      cuts.add(block.to);
    }
    cuts.delete(SIZE);
    this.starts = [...cuts].sort((a, b) => (a < b ? -1 : 1));
    this.starts.forEach((start, at) => this.index.set(start, at));
    this.index.set(SIZE, this.starts.length);
  }

  public get count(): number {
    return this.starts.length;
  }

  /** Everything of a family. */
  public family(family: 'ipv4' | 'ipv6'): Cells {
    const middle = this.index.get(V4_SIZE)!;
    return family === 'ipv4' ? [0, middle] : [middle, this.count];
  }

  /** Cells of a block that the space was cut at. */
  public of(cidr: string): Cells {
    const known = this.known.get(cidr);
    if (known) return known;
    const block = blockOf(cidr);
    const from = block && this.index.get(block.from);
    const to = block && this.index.get(block.to);
    if (from === undefined || to === undefined) throw new Error(`${cidr} was not known when the addresses were cut`);
    const cells = [from, to];
    this.known.set(cidr, cells);
    return cells;
  }

  public ofAll(cidrs: readonly string[]): Cells {
    return cidrs.length === 0 ? NO_CELLS : union(...cidrs.map((cidr) => this.of(cidr)));
  }

  /** Whether a set has an address, given as a block of one. */
  public has(cells: Cells, address: string): boolean {
    const block = blockOf(address);
    if (!block) return false;
    for (let at = 0; at < cells.length; at += 2) if (this.starts[cells[at]!]! <= block.from && block.from < (this.starts[cells[at + 1]!] ?? SIZE)) return true;
    return false;
  }

  /** Some address of a cell: not its first, which is a network's own, where there are more. */
  public sample(cell: number): string {
    const from = this.starts[cell]!;
    const size = (this.starts[cell + 1] ?? SIZE) - from;
    return textOf(size > 4n ? from + 4n : from);
  }

  /** A few blocks that make up a set, for people. */
  public words(cells: Cells, most = 3): string {
    const blocks: string[] = [];
    for (let at = 0; at < cells.length && blocks.length <= most; at += 2) blocks.push(...blocksOf(this.starts[cells[at]!]!, this.starts[cells[at + 1]!] ?? SIZE, most + 1));
    return blocks.length > most ? `${blocks.slice(0, most).join(', ')}, …` : blocks.join(', ');
  }
}

function blockOf(cidr: string): { readonly from: bigint; readonly to: bigint } | undefined {
  const range = parseIpRange(cidr);
  if (!range) return undefined;
  const size = 2n ** BigInt(range.bits - range.prefix);
  const from = (range.address / size) * size + (range.bits === 128 ? V4_SIZE : 0n);
  return { from, to: from + size };
}

/** The largest aligned blocks from the first address on. */
function blocksOf(first: bigint, end: bigint, most: number): string[] {
  const blocks: string[] = [];
  for (let from = first; from < end && blocks.length < most;) {
    const bits = from >= V4_SIZE ? 128 : 32;
    const start = from >= V4_SIZE ? from - V4_SIZE : from;
    let length = 0;
    while (length < bits && start % 2n ** BigInt(length + 1) === 0n && from + 2n ** BigInt(length + 1) <= end) length++;
    blocks.push(length === 0 ? textOf(from) : `${textOf(from)}/${bits - length}`);
    from += 2n ** BigInt(length);
  }
  return blocks;
}

function textOf(address: bigint): string {
  if (address < V4_SIZE) return [24n, 16n, 8n, 0n].map((shift) => (address / 2n ** shift) % 256n).join('.');
  const groups = Array.from({ length: 8 }, (_, at) => (((address - V4_SIZE) / 2n ** BigInt(112 - 16 * at)) % 65_536n).toString(16));
  const zeros = /(?:^|:)0(?::0)+(?:$|:)/.exec(groups.join(':'));
  return zeros ? groups.join(':').replace(zeros[0], '::') : groups.join(':');
}
