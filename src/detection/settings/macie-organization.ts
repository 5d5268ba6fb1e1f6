/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  CreateMemberCommand, DescribeOrganizationConfigurationCommand, GetAutomatedDiscoveryConfigurationCommand, ListMembersCommand, UpdateAutomatedDiscoveryConfigurationCommand,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-macie2';
import { Account, ListAccountsCommand } from '@aws-sdk/client-organizations';
/* eslint-enable import/no-extraneous-dependencies */
import { call, DetectionClients } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { until } from '../../custom-resource/waiting';

/** What Macie does in the accounts of an organization in a Region. */
export interface MacieOrganization {
  readonly region: string;
  /** Id of the account that administers it, which is no member. */
  readonly administrator: string;
  /** Whether buckets of all accounts are sampled for sensitive data. */
  readonly isDiscovering: boolean;
}

/** How an account is a member, or will be by itself (Amazon Macie API Reference, RelationshipStatus, read 2026-11-23). */
const MEMBERS = ['Enabled', 'Paused', 'RegionDisabled', 'AccountSuspended'];

/** Looks at what is missing, some seconds apart. */
const ATTEMPTS = 24;

/**
 * Macie in all accounts of the organization in a Region, with automated discovery of sensitive data. Called by the account that administers it. Macie enables by itself what comes to the organization later, and not what is
 * there: that is looked up and made a member (Amazon Macie API Reference, UpdateOrganizationConfiguration, read 2026-11-23). All stays on when it is removed here.
 */
export function macieOrganization({ region, administrator, isDiscovering }: MacieOrganization, clients: DetectionClients): Setting {
  const macie = clients.macie(region);
  const wanted = { status: isDiscovering ? 'ENABLED' : 'DISABLED', autoEnableOrganizationMembers: isDiscovering ? 'ALL' : 'NONE' } as const;
  const isConfigured = async (): Promise<boolean> => {
    const { autoEnable } = await call(async () => macie.send(new DescribeOrganizationConfigurationCommand({})), clients);
    const { status, autoEnableOrganizationMembers } = await call(async () => macie.send(new GetAutomatedDiscoveryConfigurationCommand({})), clients);
    return autoEnable === true && status === wanted.status && (!isDiscovering || autoEnableOrganizationMembers === wanted.autoEnableOrganizationMembers);
  };
  const outside = async (): Promise<Account[]> => {
    const accounts = await pages(clients, async (NextToken) => call(async () => clients.organizations.send(new ListAccountsCommand({ NextToken })), clients), ({ Accounts }) => Accounts);
    const members = new Set<string>();
    let nextToken: string | undefined;
    do {
      const page = await call(async () => macie.send(new ListMembersCommand({ onlyAssociated: 'false', nextToken })), clients);
      for (const { accountId, relationshipStatus } of page.members ?? []) if (MEMBERS.includes(relationshipStatus ?? '')) members.add(accountId!);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return accounts.filter(({ Id, State }) => State === 'ACTIVE' && Id !== administrator && !members.has(Id!));
  };
  return {
    id: `macie-organization:${region}`,
    isOn: async () => await isConfigured() && (await outside()).length === 0,
    turnOn: async () => {
      await call(async () => macie.send(new UpdateOrganizationConfigurationCommand({ autoEnable: true })), clients);
      await call(async () => macie.send(new UpdateAutomatedDiscoveryConfigurationCommand(wanted)), clients);
      return true;
    },
    ready: async () => {
      let attempts = 0;
      const reasons = new Map<string, string>();
      await until(async () => {
        const missing = await outside();
        if (missing.length === 0) return true;
        attempts++;
        reasons.clear();
        for (const { Id, Email } of missing) {
          // One account that Macie refuses does not keep the others out.
          await call(async () => macie.send(new CreateMemberCommand({ account: { accountId: Id, email: Email } })), clients)
            .catch(({ name, message }: Error) => {
              if (!['ConflictException', 'ValidationException', 'ResourceNotFoundException'].includes(name)) throw Object.assign(new Error(message), { name });
              reasons.set(Id!, message);
            });
        }
        return undefined;
      }, () => `Macie in ${region} does not have all members yet (${[...reasons].slice(0, 5).map(([account, reason]) => `${account}: ${reason}`).join('; ') || 'AWS gives no reason'})`,
      { ...clients, deadline: () => attempts >= ATTEMPTS || clients.deadline() });
    },
    turnOff: async () => {},
  };
}
