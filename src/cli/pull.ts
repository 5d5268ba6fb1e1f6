import { existsSync, writeFileSync } from 'fs';
import { EXIT, Terminal } from './terminal';
import { formatLock, readLockFile } from '../model/lock-file';

/** Options of `landing-zone pull`. */
export interface PullOptions {
  readonly out: string;
}

/** Reads the live organization and writes the lock file. */
export async function pull(options: PullOptions, terminal: Terminal): Promise<number> {
  terminal.progress('Reading the organization');
  const before = existsSync(options.out) ? readLockFile(options.out).lock : undefined;
  // Loaded only here: the AWS SDK is large.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readLiveOrganization } = require('./live-organization') as typeof import('./live-organization');
  const live = await readLiveOrganization();
  const lock = {
    version: 1 as const,
    organizationId: live.organizationId,
    rootId: live.rootId,
    managementAccountId: live.managementAccountId,
    units: Object.fromEntries(live.units.map(({ path, id }) => [path, id])),
    accounts: Object.fromEntries(live.accounts.map(({ email, id }) => [email.toLowerCase(), id])),
  };
  writeFileSync(options.out, formatLock(lock));
  const added = live.accounts.filter(({ email }) => before?.accounts[email.toLowerCase()] === undefined);
  terminal.print(`${options.out}: ${live.accounts.length} accounts, ${live.units.length} units of ${live.organizationId}`
    + (added.length > 0 ? `\nnew: ${added.map(({ name }) => name).join(', ')}` : '\nno new account'));
  return EXIT.clean;
}
