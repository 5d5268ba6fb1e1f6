import { createHash } from 'crypto';
import { AddressBook } from './address-book';
import { SpokeSize } from './spoke-size';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** Addresses that the plan leaves alone. */
export interface ReservedRange {
  /** `10.255.0.0/16`. */
  readonly cidr: string;
  /** Who uses it: `data centre Dublin`. */
  readonly purpose: string;
}

/** Properties of an address plan. */
export interface AddressPlanProps {
  /** Region to its slot in the plan, from 0. A slot is a promise: other Regions get other slots, this one keeps its own. */
  readonly regions: { [region: string]: number };
  /** Segment to its slot in each Region, from 0. */
  readonly segments: { [segment: string]: number };
  /** Slots for Regions, a power of two; it cannot change later. @default 8 */
  readonly regionSlots?: number;
  /** Slots for segments in each Region, a power of two; it cannot change later. @default 8 */
  readonly segmentSlots?: number;
  /** Addresses inside the plan that others use. @default - none */
  readonly reserved?: ReservedRange[];
  /** Networks on premises that spokes must be able to reach, inside the plan or not. @default - none */
  readonly onPremises?: ReservedRange[];
  /** Where spokes are written down. @default - none: a spoke's place follows from its key, and two that meet must be written down */
  readonly book?: AddressBook;
}

/** A spoke that needs addresses. */
export interface SpokeRequest {
  /** Stable key, unique in the plan; the account's key in most zones. */
  readonly key: string;
  /** Region of the plan. */
  readonly region: string;
  /** Segment of the plan. */
  readonly segment: string;
  /** How many addresses. @default SpokeSize.MEDIUM */
  readonly size?: SpokeSize;
}

/** Addresses of a spoke. */
export interface SpokeRange {
  /** Key of the spoke. */
  readonly key: string;
  /** `10.0.16.0/22`. */
  readonly cidr: string;
  /** Whether the address book says so; else the place follows from the key. */
  readonly isWrittenDown: boolean;
}

/**
 * Which addresses each Region, segment and spoke has. Each Region is one block, each segment in it is one block, so one route reaches a whole segment. Nothing moves when Regions,
 * segments or spokes are added, renamed in AWS or reordered: Regions and segments have slots, a spoke's place follows from its key or is written down.
 *
 * @example
 * const plan = AddressPlan.of('10.0.0.0/8', {
 *   regions: { 'eu-west-1': 0, 'us-east-1': 1 },
 *   segments: { prod: 0, dev: 1, shared: 2 },
 *   onPremises: [{ cidr: '192.168.0.0/16', purpose: 'data centre Dublin' }],
 * });
 * const range = plan.spoke({ key: 'payments-prod', region: 'eu-west-1', segment: 'prod', size: SpokeSize.LARGE });
 */
export class AddressPlan {
  /** A plan of one block of private addresses. Fails with everything that is wrong with it. */
  public static of(cidr: string, props: AddressPlanProps): AddressPlan {
    return new AddressPlan(cidr, props);
  }

  /** The whole plan. */
  public readonly cidr: string;
  /** Regions, in order of their slots. */
  public readonly regions: string[];
  /** Segments, in order of their slots. */
  public readonly segments: string[];
  /** Networks on premises. */
  public readonly onPremises: ReservedRange[];
  /** Addresses inside the plan that others use. */
  public readonly reserved: ReservedRange[];
  private readonly block: Cidr;
  private readonly regionPrefix: number;
  private readonly segmentPrefix: number;
  private readonly taken: { readonly block: Cidr; readonly by: string }[];
  private readonly spokes = new Map<string, { readonly block: Cidr; readonly request: SpokeRequest; readonly isWrittenDown: boolean }>();

  private constructor(cidr: string, private readonly props: AddressPlanProps) {
    const problems: string[] = [];
    this.block = blockOf(cidr, 'the plan', problems) ?? Cidr.parse('10.0.0.0/8')!;
    this.cidr = this.block.toString();
    this.reserved = props.reserved ?? [];
    this.onPremises = props.onPremises ?? [];
    const regionSlots = powerOfTwo(props.regionSlots ?? 8, 'regionSlots', problems);
    const segmentSlots = powerOfTwo(props.segmentSlots ?? 8, 'segmentSlots', problems);
    this.regionPrefix = this.block.prefix + Math.log2(regionSlots);
    this.segmentPrefix = this.regionPrefix + Math.log2(segmentSlots);
    this.regions = slotted(props.regions, 'Region', regionSlots, problems);
    this.segments = slotted(props.segments, 'segment', segmentSlots, problems);
    if (this.segmentPrefix > 24) {
      problems.push(`${this.cidr} in ${regionSlots} Region slots and ${segmentSlots} segment slots leaves /${this.segmentPrefix} (${2 ** (32 - this.segmentPrefix)} addresses) a segment; at least a /24 is needed: `
        + 'plan more addresses, or fewer slots');
    }
    this.taken = [...this.reserved, ...this.onPremises].flatMap(({ cidr: text, purpose }) => {
      const block = blockOf(text, purpose, problems);
      return block ? [{ block, by: purpose }] : [];
    });
    this.overlapping(problems);
    if (problems.length > 0) throw new InputError(`AddressPlan ${cidr} has ${count(problems.length, 'problem')}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }

  /** The block of a Region: `10.0.0.0/11`. Fails when the plan has no such Region. */
  public regionCidr(region: string): string {
    return this.regionBlock(region).toString();
  }

  /** The block of a segment in a Region: `10.0.0.0/14`. Fails when the plan has no such Region or segment. */
  public segmentCidr(region: string, segment: string): string {
    return this.segmentBlock(region, segment).toString();
  }

  /** The addresses of a spoke; asking twice is asking once. Fails, with a free block to write down, where they would overlap others. */
  public spoke(request: SpokeRequest): SpokeRange {
    const segment = this.segmentBlock(request.region, request.segment);
    const prefix = (request.size ?? SpokeSize.MEDIUM).prefixLength;
    const known = this.spokes.get(request.key);
    if (known && (known.request.region !== request.region || known.request.segment !== request.segment || known.block.prefix !== prefix)) {
      throw new InputError(`Spoke ${request.key} is asked for twice: as ${placeOf(known.request, known.block.prefix)} and as ${placeOf(request, prefix)}. Use one key a spoke.`);
    }
    const entry = known ?? this.place(request, segment, prefix);
    this.spokes.set(request.key, entry);
    return { key: request.key, cidr: entry.block.toString(), isWrittenDown: entry.isWrittenDown };
  }

  /** How much of a segment its spokes have, from 0 to 1. */
  public usage(region: string, segment: string): number {
    const block = this.segmentBlock(region, segment);
    return [...this.spokes.values()].filter((spoke) => block.contains(spoke.block)).reduce((sum, spoke) => sum + spoke.block.size, 0) / block.size;
  }

  /** @internal */
  public _regionSlot(region: string): number {
    this.regionBlock(region);
    return this.props.regions[region]!;
  }

  private place(request: SpokeRequest, segment: Cidr, prefix: number) {
    const where = `${request.segment} of ${request.region} (${segment.toString()})`;
    if (segment.count(prefix) === 0) {
      throw new InputError(`Spoke ${request.key} wants a /${prefix}, ${where} has ${segment.size.toLocaleString('en-US')} addresses. Choose a smaller SpokeSize, or a plan with fewer slots.`);
    }
    const written = this.props.book?.cidrOf(request.key);
    const block = written === undefined ? this.fromKey(request.key, segment, prefix) : this.fromBook(written, request, segment, prefix);
    const others = this.blockers(block, request.key);
    if (others.length === 0) return { block, request, isWrittenDown: written !== undefined };
    const free = this.firstFree(segment, prefix);
    throw new InputError(`Spoke ${request.key} at ${block.toString()}${written === undefined ? ', where its key places it,' : ', as the address book says,'} overlaps ${others.join(', ')}. `
      + (free ? `Write it down where it is free: "${request.key}": "${free.toString()}"` : `${where} has no free /${prefix}: ${Math.round(this.usage(request.region, request.segment) * 100)} % is used by ${this.spokes.size} spokes`));
  }

  private fromBook(text: string, request: SpokeRequest, segment: Cidr, prefix: number): Cidr {
    const block = Cidr.parse(text)!;
    if (segment.contains(block) && block.prefix === prefix) return block;
    const book = this.props.book!.source;
    throw new InputError(`${book} says ${text} for spoke ${request.key}, ${block.prefix === prefix ? `which lies outside of ${request.segment} of ${request.region} (${segment.toString()})`
      : `but it wants a /${prefix}`}. A VPC keeps its addresses: change the spoke, or replace it on purpose under another key.`);
  }

  /** The same key always has the same place, whoever else is there. */
  private fromKey(key: string, segment: Cidr, prefix: number): Cidr {
    const number = createHash('sha256').update(`spoke:${key}`).digest().readUIntBE(0, 6);
    return segment.part(prefix, number % segment.count(prefix));
  }

  private firstFree(segment: Cidr, prefix: number): Cidr | undefined {
    for (let index = 0; index < segment.count(prefix); index++) {
      const block = segment.part(prefix, index);
      if (this.blockers(block, '').length === 0) return block;
    }
    return undefined;
  }

  /** Who has addresses of a block: spokes, those that the book keeps for spokes, reserved ranges. */
  private blockers(block: Cidr, key: string): string[] {
    const spokes = [...this.spokes].filter(([, spoke]) => spoke.block.overlaps(block)).map(([other, spoke]) => `spoke ${other} (${spoke.block.toString()})`);
    const kept = (this.props.book?._entries() ?? []).filter(([other, text]) => other !== key && !this.spokes.has(other) && Cidr.parse(text)!.overlaps(block))
      .map(([other, text]) => `${text}, which is kept for ${other}`);
    return [...spokes, ...kept, ...this.taken.filter(({ block: range }) => range.overlaps(block)).map(({ block: range, by }) => `${range.toString()} (${by})`)];
  }

  private regionBlock(region: string): Cidr {
    const slot = Object.hasOwn(this.props.regions, region) ? this.props.regions[region] : undefined;
    if (slot === undefined) throw new InputError(`The address plan has no Region ${region}. Regions: ${this.regions.join(', ')}. Give it a free slot in regions.`);
    return this.block.part(this.regionPrefix, slot);
  }

  private segmentBlock(region: string, segment: string): Cidr {
    const block = this.regionBlock(region);
    const slot = Object.hasOwn(this.props.segments, segment) ? this.props.segments[segment] : undefined;
    if (slot === undefined) throw new InputError(`The address plan has no segment ${segment}. Segments: ${this.segments.join(', ')}. Give it a free slot in segments.`);
    return block.part(this.segmentPrefix, slot);
  }

  /** Networks on premises inside of a segment would take its route away. */
  private overlapping(problems: string[]): void {
    for (const { block, by } of this.taken.filter(({ block: range }) => range.overlaps(this.block) && !this.block.contains(range))) {
      problems.push(`${block.toString()} (${by}) covers the whole plan ${this.cidr}: plan other addresses`);
    }
    this.taken.forEach((one, at) => this.taken.slice(at + 1).filter((other) => one.block.overlaps(other.block))
      .forEach((other) => problems.push(`${one.block.toString()} (${one.by}) and ${other.block.toString()} (${other.by}) overlap`)));
  }
}

function placeOf({ region, segment }: SpokeRequest, prefix: number): string {
  return `/${prefix} in ${segment} of ${region}`;
}

function blockOf(text: string, what: string, problems: string[]): Cidr | undefined {
  const block = Cidr.parse(text);
  const meant = block ? undefined : Cidr.meant(text);
  if (!block) problems.push(`"${text}" (${what}) is not a block of IPv4 addresses, such as 10.0.0.0/8${meant ? `; did you mean ${meant.toString()}?` : ''}`);
  return block;
}

function powerOfTwo(slots: number, name: string, problems: string[]): number {
  if (Number.isInteger(slots) && slots > 0 && Number.isInteger(Math.log2(slots))) return slots;
  problems.push(`${name} is ${slots}, a power of two is needed: 4, 8, 16`);
  return 8;
}

function slotted(slots: { [name: string]: number }, kind: string, available: number, problems: string[]): string[] {
  const entries = Object.entries(slots);
  if (entries.length === 0) problems.push(`no ${kind} is given`);
  for (const [name, slot] of entries) {
    if (!Number.isInteger(slot) || slot < 0 || slot >= available) problems.push(`${kind} ${name} has slot ${slot}, slots are 0 to ${available - 1}`);
    const other = entries.find(([first, taken]) => taken === slot && first !== name);
    if (other && other[0] < name) problems.push(`${kind}s ${other[0]} and ${name} both have slot ${slot}`);
  }
  return entries.sort(([, a], [, b]) => a - b).map(([name]) => name);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
