import { App, Stack } from 'aws-cdk-lib';
import { LogArchive, LogArchiveOptions } from '../../src';

export const ORGANIZATION = 'o-abcdefghij';
export const MANAGEMENT = '111122223333';
export const LOG_ACCOUNT = '222233334444';
export const TRAIL = `arn:aws:cloudtrail:eu-west-1:${MANAGEMENT}:trail/landing-zone-acme`;

/** A log archive in a stack of its own. */
export function archive(options: LogArchiveOptions & { archiveName?: string; region?: string } = {}): { readonly stack: Stack; readonly made: LogArchive } {
  const { archiveName = 'acme', region = 'eu-west-1', ...chosen } = options;
  const stack = new Stack(new App({ analyticsReporting: false }), 'Logs', { env: { account: LOG_ACCOUNT, region } });
  return { stack, made: archiveIn(stack, archiveName, chosen) };
}

export function archiveIn(stack: Stack, archiveName = 'acme', options: LogArchiveOptions = {}): LogArchive {
  return new LogArchive(stack, 'Archive', { archiveName, organizationId: ORGANIZATION, managementAccountId: MANAGEMENT, trailArn: TRAIL, ...options });
}
