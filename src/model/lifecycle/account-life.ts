/** Where an account is between its making and its end. */
export type AccountState = 'vending' | 'active' | 'suspended' | 'closed';

/** All states, in the order in which an account goes through them. */
export const ACCOUNT_STATES: readonly AccountState[] = ['vending', 'active', 'suspended', 'closed'];

/** What is said of an account's life. An account of which nothing is said is active. */
export interface AccountLife {
  readonly state: AccountState;
  /** The day on which a closed account was or will be closed: `2026-11-23`. */
  readonly closedOn?: string;
  /** Why its move from a unit may take guardrails from it. */
  readonly moved?: AccountMoveFacts;
}

/** A move that somebody decided on. */
export interface AccountMoveFacts {
  /** Path of the unit it came from: `Root/Sandbox`. */
  readonly from: string;
  readonly reason: string;
}

/** Days for which AWS keeps a closed account, and AWS Support can open it again (API reference of CloseAccount, read 2026-11-23). */
export const KEPT_DAYS = 90;

/** How many member accounts can be closed within so many days: a share of them, at least and at most so many (API reference of CloseAccount, read 2026-11-23). */
export const CLOSING = { days: 30, share: 0.1, least: 10, most: 1000 };

/** Accounts that an organization of so many members may close within `CLOSING.days`. */
export function closableOf(members: number): number {
  return Math.min(CLOSING.most, Math.max(CLOSING.least, Math.floor(members * CLOSING.share)));
}

/** Whether a text is a day of the calendar: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(Date.parse(text)).toISOString().startsWith(text);
}

/** Days from one day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** A day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
