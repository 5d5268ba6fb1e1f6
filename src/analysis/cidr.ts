import { parseIpRange } from './ip-range';

/** A block of IPv4 addresses: `10.0.0.0/16`. */
export class Cidr {
  /** The block of a text; undefined when it is none, or when bits are set behind its prefix. */
  public static parse(text: string): Cidr | undefined {
    const range = text.includes('/') ? parseIpRange(text) : undefined;
    if (!range || range.bits !== 32) {
      return undefined;
    }
    const block = new Cidr(Number(range.address), range.prefix);
    return block.start % block.size === 0 ? block : undefined;
  }

  /** The block a text with bits behind its prefix may mean: `10.1.0.0/8` means `10.0.0.0/8`. */
  public static meant(text: string): Cidr | undefined {
    const range = text.includes('/') ? parseIpRange(text) : undefined;
    return range?.bits === 32 ? new Cidr(Number(range.address), range.prefix).aligned() : undefined;
  }

  private constructor(
    /** First address, as a number. */
    public readonly start: number,
    public readonly prefix: number,
  ) {}

  /** How many addresses it has. */
  public get size(): number {
    return 2 ** (32 - this.prefix);
  }

  public contains(other: Cidr): boolean {
    return other.start >= this.start && other.start + other.size <= this.start + this.size;
  }

  public overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
  }

  /** How many blocks of a longer prefix it holds. */
  public count(prefix: number): number {
    return prefix < this.prefix ? 0 : 2 ** (prefix - this.prefix);
  }

  /** The n-th block of a longer prefix in it, from 0. */
  public part(prefix: number, index: number): Cidr {
    return new Cidr(this.start + index * 2 ** (32 - prefix), prefix);
  }

  public toString(): string {
    return `${[24, 16, 8, 0].map((shift) => Math.floor(this.start / 2 ** shift) % 256).join('.')}/${this.prefix}`;
  }

  private aligned(): Cidr {
    return new Cidr(this.start - (this.start % this.size), this.prefix);
  }
}
