/** AWS is busy, or another change of the organization is under way: the same call may pass later. */
const TRANSIENT = new Set([
  'TooManyRequestsException', 'ThrottlingException', 'ConcurrentModificationException', 'ServiceException', 'PolicyChangesInProgressException',
  'FinalizingOrganizationException', 'ServerInternalException', 'ServiceUnavailableException', 'TimeoutError', 'ECONNRESET',
]);

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 20_000;

/** Time for retries. */
export interface RetryTime {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Whether too little time is left for another attempt. */
  readonly deadline: () => boolean;
}

/** Repeats a call while it fails for passing reasons, waiting twice as long each time, until the deadline. */
export async function withRetries<T>(call: () => Promise<T>, time: RetryTime): Promise<T> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call();
    } catch (error) {
      if (!TRANSIENT.has((error as Error).name) || time.deadline()) throw error;
      await time.sleep(wait);
    }
  }
}
