/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EnableOrganizationAdminAccountCommand, ListOrganizationAdminAccountsCommand } from '@aws-sdk/client-macie2';
/* eslint-enable import/no-extraneous-dependencies */
import { call, DetectionClients } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { until } from '../../custom-resource/waiting';

/**
 * The account that administers Macie for the organization in a Region. Called by the management account (Amazon Macie API Reference, administrator, read 2026-11-23). It stays when it is removed here, as all
 * members would be cut off.
 */
export function macieAdministrator(region: string, accountId: string, clients: DetectionClients): Setting {
  const macie = clients.macie(region);
  const isAdministrator = async (): Promise<boolean> => {
    let isThere = false;
    let nextToken: string | undefined;
    do {
      const page = await call(async () => macie.send(new ListOrganizationAdminAccountsCommand({ nextToken })), clients);
      for (const { accountId: found, status } of page.adminAccounts ?? []) {
        if (status === 'ENABLED' && found !== accountId) {
          throw new Error(`Account ${found} administers Macie in ${region} already, and AWS has one administrator. To change it, run as the management account: `
            + `aws macie2 disable-organization-admin-account --region ${region} --admin-account-id ${found}; members are cut off until the next deployment`);
        }
        isThere ||= status === 'ENABLED';
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return isThere;
  };
  return {
    id: `macie-administrator:${region}:${accountId}`,
    isOn: isAdministrator,
    turnOn: async () => {
      try {
        await call(async () => macie.send(new EnableOrganizationAdminAccountCommand({ adminAccountId: accountId })), clients);
        return true;
      } catch (error) {
        // An attempt whose answer got lost, or somebody who was faster.
        if ((error as Error).name === 'ConflictException' && await isAdministrator()) return false;
        throw error;
      }
    },
    ready: async () => {
      await until(async () => await isAdministrator() || undefined, () => `Macie in ${region} does not show account ${accountId} as its administrator yet`, clients);
    },
    turnOff: async () => {},
  };
}
