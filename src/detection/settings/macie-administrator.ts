/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EnableOrganizationAdminAccountCommand, ListOrganizationAdminAccountsCommand } from '@aws-sdk/client-macie2';
/* eslint-enable import/no-extraneous-dependencies */
import { DetectionClients } from './clients';
import { serviceAdministrator } from './service-administrator';
import { Setting } from '../../custom-resource/custom-resource';

/** Who administers Macie (https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao-integrate.html, read 2026-11-23). */
export function macieAdministrator(region: string, accountId: string, clients: DetectionClients): Setting {
  const macie = clients.macie(region);
  return serviceAdministrator(region, accountId, {
    service: 'Macie',
    disableCommand: (id) => `macie2 disable-organization-admin-account --admin-account-id ${id}`,
    list: async (nextToken) => {
      const { adminAccounts = [], nextToken: next } = await macie.send(new ListOrganizationAdminAccountsCommand({ nextToken }));
      return { administrators: adminAccounts.map((one) => ({ accountId: one.accountId, isOn: one.status === 'ENABLED' })), next };
    },
    enable: async (adminAccountId) => macie.send(new EnableOrganizationAdminAccountCommand({ adminAccountId })),
    doneAlready: ['ConflictException'],
  }, clients);
}
