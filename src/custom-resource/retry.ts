/** AWS is busy, or another change of the organization is under way: the same call may pass later. */
const TRANSIENT = new Set([
  'TooManyRequestsException', 'Throttling', 'ThrottlingException', 'RequestLimitExceeded', 'ConcurrentModificationException', 'ServiceException', 'PolicyChangesInProgressException',
  'FinalizingOrganizationException', 'ServerInternalException', 'ServiceUnavailableException', 'TimeoutError', 'ECONNRESET',
]);

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 20_000;

/** Time for retries. */
export interface RetryTime {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Whether too little time is left for another attempt. */
  readonly deadline: () => boolean;
  /** From 0 to below 1: spreads the attempts of calls that failed together over up to half as long again. @default - not spread */
  readonly random?: () => number;
}

/** Repeats a call while it fails for passing reasons, waiting twice as long each time, until the deadline. The call is told which attempt it is. */
export async function withRetries<T>(call: (attempt: number) => Promise<T>, time: RetryTime): Promise<T> {
  for (let attempt = 1, wait = FIRST_WAIT; ; attempt++, wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call(attempt);
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      if ((!TRANSIENT.has(name ?? '') && !TRANSIENT.has(code ?? '')) || time.deadline()) throw error;
      await time.sleep(wait * (1 + (time.random?.() ?? 0) / 2));
    }
  }
}
