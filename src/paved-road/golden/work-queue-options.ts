import { Duration } from 'aws-cdk-lib';

/** What golden paths ask for that work on the messages of a queue. */
export interface WorkQueueOptions {
  /** How often a message is tried before it is put aside, 1 to 1000; AWS recommends at least five. @default 5 */
  readonly attempts?: number;
  /** How soon a message should be worked on. @default Duration.minutes(15) */
  readonly handledWithin?: Duration;
  /** Share of minutes, of those with messages, in which none waits longer, in percent. @default 99 */
  readonly freshnessTarget?: number;
}
