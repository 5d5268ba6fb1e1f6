/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AccountClient, EnableRegionCommand, ListRegionsCommand, RegionOptStatus } from '@aws-sdk/client-account';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
/* eslint-enable import/no-extraneous-dependencies */
import { Setting } from '../../../custom-resource/custom-resource';
import { SettingTime } from '../../../custom-resource/lambda';
import { pages } from '../../../custom-resource/pages';
import { withRetries } from '../../../custom-resource/retry';
import { patiently, until } from '../../../custom-resource/waiting';

/** What the opt-in of accounts needs from outside. */
export interface RegionClients extends SettingTime {
  /** Of us-east-1, where Account Management is. */
  readonly account: AccountClient;
  /** Of us-east-1. */
  readonly organizations: OrganizationsClient;
  /** Says something to people, in the function's log. */
  readonly say: (message: string) => void;
}

/** Regions for all accounts of an organization. */
export interface OrganizationRegions {
  readonly regions: readonly string[];
  /** The management account, which asks for itself without naming itself. */
  readonly managementAccountId: string;
}

/** Regions that an account, and all accounts of an organization, can be enabling at a time: https://docs.aws.amazon.com/accounts/latest/reference/quotas.html (read 2026-11-23) */
const AT_ONCE_IN_ACCOUNT = 6;
const AT_ONCE = 50;

/** Between looks: it takes minutes for most accounts. */
const LOOK_AGAIN = 30_000;

/** Accounts in a message. */
const SHOWN = 5;

/** What is known already in a run of the function. */
interface Run {
  /** Accounts that have all Regions, which need not be asked again. */
  readonly opened: Set<string>;
  /** Whether AWS knows the function's role and the organization's trust: what it denies from then on, it denies. */
  isTrusted: boolean;
}

/** An account that cannot use all Regions yet, and why. */
interface Waiting {
  readonly account: string;
  readonly enabling: readonly string[];
  readonly disabled: readonly string[];
  readonly reason?: string;
}

/**
 * Regions that every active account of the organization has opted in to. AWS enables a Region in minutes, sometimes in hours, and goes on when nobody waits; so does the next deployment. Nothing is ever disabled: accounts
 * would lose what they have there.
 */
export function organizationRegions(wanted: OrganizationRegions, clients: RegionClients): Setting {
  const run: Run = { opened: new Set(), isTrusted: false };
  let waiting: Waiting[] = [];
  return {
    id: `opt-in-regions:${wanted.regions.join('+')}`,
    isOn: async () => {
      waiting = await look(wanted, run, clients);
      return waiting.length === 0;
    },
    turnOn: async () => {
      waiting = await enable(waiting, wanted, run, clients);
      return true;
    },
    ready: async () => {
      if (waiting.length === 0) return;
      // The first look is what turned it on; the account that AWS refuses is told when the time is up, and keeps no other waiting.
      await until(async () => {
        await clients.sleep(LOOK_AGAIN);
        waiting = await enable(await look(wanted, run, clients), wanted, run, clients);
        return waiting.length === 0 ? true : undefined;
      }, () => inWords(waiting), clients);
    },
    turnOff: async () => {},
  };
}

/** Opts accounts in that came otherwise than by a deployment: starts what can be started, and leaves the rest to the next time. */
export async function enableWhatIsMissing(wanted: OrganizationRegions, clients: RegionClients): Promise<void> {
  const run: Run = { opened: new Set(), isTrusted: false };
  const waiting = await enable(await look(wanted, run, clients), wanted, run, clients);
  if (waiting.length > 0) clients.say(inWords(waiting));
}

async function look(wanted: OrganizationRegions, run: Run, clients: RegionClients): Promise<Waiting[]> {
  const { opened } = run;
  const { regions } = wanted;
  const read = async (NextToken: string | undefined) => patient(async () => clients.organizations.send(new ListAccountsCommand({ NextToken })), clients);
  const accounts = await pages(clients, read, ({ Accounts }) => Accounts);
  const waiting: Waiting[] = [];
  for (const { Id } of accounts.filter((one) => one.State === 'ACTIVE' && !opened.has(one.Id!))) {
    const account = Id!;
    const states = await perhaps(async () => statesOf(account, wanted, run, clients));
    if (typeof states === 'string') {
      waiting.push({ account, enabling: [], disabled: [], reason: states });
      continue;
    }
    const enabling = regions.filter((region) => states.get(region) === 'ENABLING');
    const disabled = regions.filter((region) => !['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING'].includes(states.get(region) ?? ''));
    if (enabling.length + disabled.length === 0) opened.add(account);
    else waiting.push({ account, enabling, disabled });
  }
  return waiting;
}

async function statesOf(account: string, wanted: OrganizationRegions, run: Run, clients: RegionClients): Promise<Map<string, RegionOptStatus>> {
  const read = async (NextToken: string | undefined) => of(account, wanted, run, clients, async (AccountId) => clients.account.send(new ListRegionsCommand({ AccountId, MaxResults: 50, NextToken })));
  return new Map((await pages(clients, read, ({ Regions }) => Regions)).map(({ RegionName, RegionOptStatus: status }) => [RegionName!, status!]));
}

/** Starts as much as AWS takes at a time. An account that AWS refuses keeps no other from it. */
async function enable(waiting: readonly Waiting[], wanted: OrganizationRegions, run: Run, clients: RegionClients): Promise<Waiting[]> {
  let left = AT_ONCE - waiting.reduce((sum, { enabling }) => sum + enabling.length, 0);
  const after: Waiting[] = [];
  for (const one of waiting) {
    const { account } = one;
    const started: string[] = [];
    let { reason } = one;
    for (const region of one.disabled) {
      if (left <= 0 || one.enabling.length + started.length >= AT_ONCE_IN_ACCOUNT) break;
      const refused = await perhaps(async () => { await of(account, wanted, run, clients, async (AccountId) => clients.account.send(new EnableRegionCommand({ AccountId, RegionName: region }))); });
      if (typeof refused === 'string') {
        reason = `${region}: ${refused}`;
        continue;
      }
      started.push(region);
      left--;
    }
    after.push({ account, enabling: [...one.enabling, ...started], disabled: one.disabled.filter((region) => !started.includes(region)), ...(reason !== undefined && { reason }) });
  }
  return after;
}

/** A call about an account: patient until AWS has answered one about a member. */
async function of<T>(account: string, { managementAccountId }: OrganizationRegions, run: Run, clients: RegionClients, send: (AccountId: string | undefined) => Promise<T>): Promise<T> {
  const isMember = account !== managementAccountId;
  const ask = async () => send(isMember ? account : undefined);
  const given = await (run.isTrusted ? withRetries(ask, clients) : patient(ask, clients));
  run.isTrusted ||= isMember;
  return given;
}

/** Repeats a call while AWS is busy, or does not know the function's role or the organization's trust yet. */
async function patient<T>(send: () => Promise<T>, clients: RegionClients): Promise<T> {
  return patiently(async () => withRetries(send, clients), clients);
}

/** What AWS says of one account, where it refuses that account, as one that is being closed or a Region that is being disabled, or breaks at it: the others go on. */
async function perhaps<T>(send: () => Promise<T>): Promise<T | string> {
  try {
    return await send();
  } catch (error) {
    const { name, message } = error as Error;
    if (!['AccessDeniedException', 'ConflictException', 'InternalServerException', 'ResourceNotFoundException', 'ValidationException'].includes(name)) throw error;
    return `${name}: ${message}`;
  }
}

function inWords(waiting: readonly Waiting[]): string {
  const shown = waiting.slice(0, SHOWN).map(({ account, enabling, disabled, reason }) => {
    const states = [...(enabling.length > 0 ? [`AWS is enabling ${enabling.join(', ')}`] : []), ...(disabled.length > 0 ? [`${disabled.join(', ')} not begun`] : []), ...(reason !== undefined ? [reason] : [])];
    return `${account} (${states.join('; ')})`;
  });
  const more = waiting.length > SHOWN ? ` and ${waiting.length - SHOWN} more` : '';
  return `${waiting.length === 1 ? '1 account cannot' : `${waiting.length} accounts cannot`} use all Regions yet: ${shown.join(', ')}${more}. AWS takes minutes, sometimes hours, and goes on by itself`;
}
