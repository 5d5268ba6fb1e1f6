/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EnableOrganizationAdminAccountCommand, ListOrganizationAdminAccountsCommand } from '@aws-sdk/client-guardduty';
/* eslint-enable import/no-extraneous-dependencies */
import { call, DetectionClients } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { until } from '../../custom-resource/waiting';

/**
 * The account that administers GuardDuty for the organization in a Region. Called by the management account. That AWS Organizations knows it as a delegated administrator is not enough: GuardDuty has a list of its own
 * in each Region (GuardDuty API Reference, EnableOrganizationAdminAccount, read 2026-11-23).
 *
 * It stays when it is removed here, as all members would be cut off: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DisableOrganizationAdminAccount.html (read 2026-11-23)
 */
export function guardDutyAdministrator(region: string, accountId: string, clients: DetectionClients): Setting {
  const guardDuty = clients.guardDuty(region);
  const isAdministrator = async () => {
    const list = await pages(
      clients, async (NextToken) => call(async () => guardDuty.send(new ListOrganizationAdminAccountsCommand({ NextToken })), clients), ({ AdminAccounts }) => AdminAccounts,
    );
    const other = list.find(({ AdminAccountId, AdminStatus }) => AdminStatus === 'ENABLED' && AdminAccountId !== accountId);
    if (other) {
      throw new Error(`Account ${other.AdminAccountId} administers GuardDuty in ${region} already, and AWS has one administrator. To change it, run as the management account: `
        + `aws guardduty disable-organization-admin-account --region ${region} --admin-account-id ${other.AdminAccountId}; members are cut off until the next deployment`);
    }
    return list.some(({ AdminAccountId, AdminStatus }) => AdminStatus === 'ENABLED' && AdminAccountId === accountId);
  };
  return {
    id: `guardduty-administrator:${region}:${accountId}`,
    isOn: isAdministrator,
    turnOn: async () => {
      try {
        await call(async () => guardDuty.send(new EnableOrganizationAdminAccountCommand({ AdminAccountId: accountId })), clients);
        return true;
      } catch (error) {
        // GuardDuty has one code for all that it refuses, also for what is done already.
        if ((error as Error).name === 'BadRequestException' && await isAdministrator()) return false;
        throw error;
      }
    },
    ready: async () => {
      await until(async () => await isAdministrator() || undefined, () => `GuardDuty in ${region} does not show account ${accountId} as its administrator yet`, clients);
    },
    turnOff: async () => {},
  };
}
