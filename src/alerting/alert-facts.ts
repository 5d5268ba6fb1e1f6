import { Severity } from '../controls/severity';

/** What a source of alerts is. */
export interface AlertSourceFacts {
  /** Part of logical ids. */
  readonly id: string;
  /** Whether the account that administers gets the events of all accounts by itself, or each account has its own. */
  readonly arrives: 'administrator' | 'every account';
  /** All events of it, of whatever severity. */
  readonly pattern: EventPattern;
  /** What narrows the pattern to a severity. */
  readonly bySeverity: ReadonlyMap<Severity, EventPattern>;
  /** Path of what is told of an event, and of what tells it from others. */
  readonly titlePath: string;
  readonly keyPath: string;
  /** Path of the account that it is about. */
  readonly accountPath: string;
  /** Words in front of the title. */
  readonly words: string;
}

/** An event pattern of EventBridge. */
export type EventPattern = { readonly [field: string]: any };

/** What a target of alerts is; ids are parts of logical ids. */
export type AlertTargetFacts =
  | { readonly kind: 'email'; readonly id: string; readonly address: string }
  | { readonly kind: 'slack'; readonly id: string; readonly workspaceId: string; readonly channelId: string }
  | { readonly kind: 'teams'; readonly id: string; readonly teamId: string; readonly tenantId: string; readonly channelId: string }
  | { readonly kind: 'pagerDuty' | 'opsgenie'; readonly id: string; readonly endpoint: string; readonly secretArn: string; readonly field: string };
