import { AccountState, dayAfter, daysBetween, KEPT_DAYS } from './account-life';

/** Whether AWS has the account: the lock file knows its id, or lacks it, or there is no lock file. */
export type Existence = 'exists' | 'not yet' | 'unknown';

/** An account in one version of the organization. */
export interface AccountVersion {
  readonly state: AccountState;
  readonly closedOn?: string;
  readonly existence: Existence;
}

/** Why a change is not one that an account's life has, and what to do instead. */
export interface IllegalChange {
  readonly why: string;
  readonly instead: string;
}

/**
 * Whether an account may come from one version to the next; undefined when it may. A version that is undefined has no such account.
 * `today` decides about the days for which AWS keeps a closed account.
 */
export function illegalChange(before: AccountVersion | undefined, after: AccountVersion | undefined, today: string): IllegalChange | undefined {
  if (!before) return after && illegalBeginning(after);
  if (!after) return illegalEnd(before, today);
  if (before.state === after.state) return undefined;
  switch (after.state) {
    case 'vending': return { why: `goes back from ${before.state} to vending`, instead: 'It has its baselines already. Suspend it instead: state: suspended.' };
    case 'active': return illegalActivation(before, after);
    case 'suspended': return before.state === 'closed' ? illegalReopening(before, today) : notMade(after);
    case 'closed': return before.state === 'active'
      ? { why: 'is closed while it is active', instead: 'Suspend it first, in a change of its own: who needs it after all is heard of while it can be undone.' }
      : notMade(after);
  }
}

function illegalBeginning(after: AccountVersion): IllegalChange | undefined {
  if (after.state === 'vending' || after.existence === 'exists') return undefined;
  return {
    why: `is new and ${after.state}`,
    instead: 'A new account begins with state: vending, below a unit with the control set quarantine. One that AWS has already is in organization.lock.json: run "npx landing-zone pull".',
  };
}

/** An entry may go when AWS has no account for it: never made, or closed for longer than AWS keeps it. */
function illegalEnd(before: AccountVersion, today: string): IllegalChange | undefined {
  if (before.existence === 'not yet' && before.state === 'vending') return undefined;
  if (before.state !== 'closed') {
    return { why: `vanishes while it is ${before.state}`, instead: 'The account would go on without anybody knowing of it. Suspend it, close it, and take its entry away after the 90 days.' };
  }
  if (isKept(before, today)) {
    const until = before.closedOn === undefined ? '' : `: until ${dayAfter(before.closedOn, KEPT_DAYS)}`;
    return { why: 'vanishes while AWS still keeps it', instead: `Leave its entry for ${KEPT_DAYS} days after it was closed${until}.` };
  }
  return undefined;
}

function illegalActivation(before: AccountVersion, after: AccountVersion): IllegalChange | undefined {
  if (before.state === 'closed') {
    return { why: 'is active again after it was closed', instead: 'Nobody opens it but AWS Support, within 90 days; it is then suspended first: state: suspended.' };
  }
  return notMade(after);
}

function illegalReopening(before: AccountVersion, today: string): IllegalChange | undefined {
  return isKept(before, today) ? undefined
    : { why: `is suspended again more than ${KEPT_DAYS} days after it was closed`, instead: 'AWS has no such account any more. Vend a new one, with another key and e-mail.' };
}

function notMade({ existence, state }: AccountVersion): IllegalChange | undefined {
  return existence !== 'not yet' ? undefined
    : { why: `is ${state} before AWS made it`, instead: 'Deploy the organization\'s stack and run "npx landing-zone pull"; or withdraw it: take its entry away.' };
}

/** Whether AWS may still have a closed account; without a day it may. */
function isKept({ closedOn }: AccountVersion, today: string): boolean {
  return closedOn === undefined || daysBetween(closedOn, today) <= KEPT_DAYS;
}
