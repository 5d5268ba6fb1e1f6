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

/** Why an organization of so many accounts cannot share with so many monitoring accounts, as sentences. */
export function telemetryProblems(accounts: number, monitoringAccounts: number): string[] {
  const { sources, sinks } = TELEMETRY_LIMITS;
  return [
    ...(accounts > sources ? [`${accounts.toLocaleString('en-US')} accounts share with one monitoring account, and AWS allows ${sources.toLocaleString('en-US')}: name units with fewer accounts in waves`] : []),
    ...(monitoringAccounts > sinks ? [`accounts share with ${monitoringAccounts} monitoring accounts, and AWS allows ${sinks}`] : []),
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
