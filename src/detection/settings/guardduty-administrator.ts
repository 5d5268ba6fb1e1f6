/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EnableOrganizationAdminAccountCommand, ListOrganizationAdminAccountsCommand } from '@aws-sdk/client-guardduty';
/* eslint-enable import/no-extraneous-dependencies */
import { DetectionClients } from './clients';
import { serviceAdministrator } from './service-administrator';
import { Setting } from '../../custom-resource/custom-resource';

/** Who administers GuardDuty (GuardDuty API Reference, EnableOrganizationAdminAccount and DisableOrganizationAdminAccount, read 2026-11-23). It has one code for all that it refuses. */
export function guardDutyAdministrator(region: string, accountId: string, clients: DetectionClients): Setting {
  const guardDuty = clients.guardDuty(region);
  return serviceAdministrator(region, accountId, {
    service: 'GuardDuty',
    disableCommand: (id) => `guardduty disable-organization-admin-account --admin-account-id ${id}`,
    list: async (NextToken) => {
      const { AdminAccounts = [], NextToken: next } = await guardDuty.send(new ListOrganizationAdminAccountsCommand({ NextToken }));
      return { administrators: AdminAccounts.map((one) => ({ accountId: one.AdminAccountId, isOn: one.AdminStatus === 'ENABLED' })), next };
    },
    enable: async (AdminAccountId) => guardDuty.send(new EnableOrganizationAdminAccountCommand({ AdminAccountId })),
    doneAlready: ['BadRequestException'],
  }, clients);
}
