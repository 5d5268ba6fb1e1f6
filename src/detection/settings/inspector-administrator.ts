/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EnableDelegatedAdminAccountCommand, ListDelegatedAdminAccountsCommand } from '@aws-sdk/client-inspector2';
/* eslint-enable import/no-extraneous-dependencies */
import { DetectionClients } from './clients';
import { serviceAdministrator } from './service-administrator';
import { Setting } from '../../custom-resource/custom-resource';

/**
 * Who administers Inspector (https://docs.aws.amazon.com/inspector/latest/user/designating-admin.html, read 2026-11-23). It refuses two changes at a time, also in different Regions, by the code of what is done already, so such a
 * call is repeated before anybody looks whether it was done.
 */
export function inspectorAdministrator(region: string, accountId: string, clients: DetectionClients): Setting {
  const inspector = clients.inspector(region);
  return serviceAdministrator(region, accountId, {
    service: 'Inspector',
    disableCommand: (id) => `inspector2 disable-delegated-admin-account --delegated-admin-account-id ${id}`,
    list: async (nextToken) => {
      const { delegatedAdminAccounts = [], nextToken: next } = await inspector.send(new ListDelegatedAdminAccountsCommand({ nextToken }));
      return { administrators: delegatedAdminAccounts.map((one) => ({ accountId: one.accountId, isOn: one.status === 'ENABLED' })), next };
    },
    enable: async (delegatedAdminAccountId) => inspector.send(new EnableDelegatedAdminAccountCommand({ delegatedAdminAccountId })),
    doneAlready: ['ConflictException'],
    passing: ['ConflictException'],
  }, clients);
}
