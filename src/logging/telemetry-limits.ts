import { LogGroupFilter } from './log-group-filter';
import { Telemetry } from './telemetry';

/**
 * What AWS allows of links, read 2026-11-23: https://docs.aws.amazon.com/OAM/latest/APIReference/API_CreateLink.html and
 * https://docs.aws.amazon.com/OAM/latest/APIReference/API_CreateSink.html
 */
export const TELEMETRY_LIMITS = {
  /** Accounts that share with one monitoring account. */
  sources: 100_000,
  /** Monitoring accounts that one account shares with. */
  sinks: 5,
} as const;

/** Why accounts cannot share as they should, as sentences; the accounts that share are given by the key of each monitoring account. */
export function telemetryProblems(sharing: ReadonlyMap<string, readonly string[]>): string[] {
  const { sources, sinks } = TELEMETRY_LIMITS;
  const tooMany = [...sharing].filter(([, accounts]) => accounts.length > sources);
  const counts = new Map<string, number>();
  for (const account of [...sharing.values()].flat()) counts.set(account, (counts.get(account) ?? 0) + 1);
  const [account, count] = [...counts].find(([, found]) => found > sinks) ?? [];
  return [
    ...tooMany.map(([key, accounts]) => `${accounts.length.toLocaleString('en-US')} accounts share with ${key}, and AWS allows ${sources.toLocaleString('en-US')}: name units with fewer accounts in waves`),
    ...(account === undefined ? [] : [`account ${account} shares with ${count} monitoring accounts, and AWS allows ${sinks}: leave its unit out of the waves of some`]),
  ];
}

/** What is wrong of what is shared, as parts of a sentence. */
export function sharingProblems(telemetry: readonly Telemetry[], logGroups?: LogGroupFilter): string[] {
  const types = telemetry.map(({ resourceType }) => resourceType);
  return [
    ...(types.length === 0 ? ['nothing is shared: telemetry is empty'] : []),
    ...[...new Set(types.filter((type, at) => types.indexOf(type) !== at))].map((type) => `${type} is shared twice`),
    ...(logGroups !== undefined && !telemetry.includes(Telemetry.LOG_GROUPS) ? ['logGroups filters log groups, which are not shared: add Telemetry.LOG_GROUPS'] : []),
  ];
}
