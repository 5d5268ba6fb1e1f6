/** One price, with where and when it was said. */
export interface Price {
  /** What is charged: `nat-gateway`. */
  readonly item: string;
  /** `eu-west-1`; `*` where it is the same in all Regions. */
  readonly region: string;
  readonly amount: number;
  readonly per: 'hour' | 'day' | 'month';
  /** Address of the page or of the price list. */
  readonly source: string;
  /** Date on which the source said so: `2026-09-25`. */
  readonly said: string;
}

/** AWS's own convention for a month: https://calculator.aws (read 2026-11-23). */
export const HOURS = 730;

const PER_MONTH = { hour: HOURS, day: HOURS / 24, month: 1 };

/** Prices by item and Region. What it does not have is not known, and never zero. */
export class PriceTable {
  private readonly known: ReadonlyMap<string, Price>;

  public constructor(public readonly currency: string, prices: readonly Price[]) {
    this.known = new Map(prices.map((price) => [`${price.item} ${price.region}`, price]));
  }

  /** The price of an item in a Region; undefined where none is known. */
  public of(item: string, region: string): Price | undefined {
    return this.known.get(`${item} ${region}`) ?? this.known.get(`${item} *`);
  }
}

/** What one costs a month. */
export function monthlyOf({ amount, per }: Price): number {
  return amount * PER_MONTH[per];
}
