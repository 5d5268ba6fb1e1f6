import { SettingTime } from './lambda';

const WAIT = 5_000;

/** Attempts at what a role made a moment ago may not do yet: two minutes. */
const ATTEMPTS = 24;

/** What EC2, IAM and other services say. */
const NOT_ALLOWED_YET = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];

/** Looks until there is an answer other than undefined. Fails at the deadline with what it waits for. */
export async function until<T>(look: () => Promise<T | undefined>, what: () => string, time: SettingTime): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (time.deadline()) throw new Error(`${what()}. Deploy again`);
    await time.sleep(WAIT);
  }
}

/** Repeats a call that fails with one of the given codes, or because the role of the function is new, which services say in three ways. Other errors, and those that last, are thrown. */
export async function patiently<T>(call: () => Promise<T>, time: SettingTime, ...codes: string[]): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const { name } = error as Error;
      if (![...codes, ...NOT_ALLOWED_YET].includes(name) || attempt === ATTEMPTS || time.deadline()) throw error;
      await time.sleep(WAIT);
    }
  }
}
