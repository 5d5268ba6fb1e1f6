import { existsSync, writeFileSync } from 'fs';
import { EXIT, Terminal } from './terminal';
import { InputError } from '../model/input-error';
import { formatLock, readLockFile } from '../model/lock-file';
import type { LiveOrganization } from '../organization/live/pull';

/** Options of `landing-zone pull`. */
export interface PullOptions {
  readonly out: string;
}

/** Reads the live organization and writes the lock file. */
export async function pull(options: PullOptions, terminal: Terminal): Promise<number> {
  terminal.progress('Reading the organization');
  const before = existsSync(options.out) ? readLockFile(options.out).lock : undefined;
  const live = await readLive();
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

async function readLive(): Promise<LiveOrganization> {
  const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const { pullOrganization } = await import('../organization/live/pull');
  try {
    return await pullOrganization(new OrganizationsClient({ region: process.env.AWS_REGION ?? 'us-east-1' }));
  } catch (error) {
    throw new InputError(`The organization could not be read: ${(error as Error).message}\n`
      + 'Expected AWS credentials of the management account with organizations:Describe* and organizations:List* (docs/deploy.md).');
  }
}
