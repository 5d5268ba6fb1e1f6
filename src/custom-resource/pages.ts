import { RetryTime, withRetries } from './retry';

/** All items of a list, each page retried; a page can be empty although more follow. */
export async function pages<P extends { NextToken?: string }, T>(
  time: RetryTime, read: (token: string | undefined) => Promise<P>, items: (page: P) => T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const page = await withRetries(() => read(token), time);
    all.push(...items(page) ?? []);
    token = page.NextToken;
  } while (token !== undefined);
  return all;
}
