/** A window that budget is burnt in, and how fast it may not be. */
export interface BurnRate {
  /** `Fast`: part of the alarm's id. */
  readonly id: string;
  readonly isUrgent: boolean;
  readonly longMinutes: number;
  /** Burns here as well, or it is over already: a twelfth of the long window. */
  readonly shortMinutes: number;
  /** Times the speed at which the budget would last exactly as long as it should. */
  readonly rate: number;
}

const DAY = 24 * 60;

/** Share of the budget that is gone when somebody is told (Google, The Site Reliability Workbook, "Alerting on SLOs", table 5-8, as quoted by others, read 2026-11-23). */
const PARTS: readonly (Omit<BurnRate, 'rate' | 'shortMinutes'> & { readonly share: number })[] = [
  { id: 'Fast', isUrgent: true, longMinutes: 60, share: 0.02 },
  { id: 'Steady', isUrgent: true, longMinutes: 6 * 60, share: 0.05 },
  { id: 'Slow', isUrgent: false, longMinutes: 3 * DAY, share: 0.1 },
];

/** For a budget of so many days: 14.4, 6 and 1 for 30. */
export function burnRates(days: number): BurnRate[] {
  return PARTS.map(({ share, ...part }) => ({ ...part, shortMinutes: part.longMinutes / 12, rate: share * days * DAY / part.longMinutes }));
}
