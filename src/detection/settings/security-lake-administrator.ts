/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { ListDelegatedAdministratorsCommand } from '@aws-sdk/client-organizations';
import { RegisterDataLakeDelegatedAdministratorCommand } from '@aws-sdk/client-securitylake';
/* eslint-enable import/no-extraneous-dependencies */
import { DetectionClients } from './clients';
import { serviceAdministrator } from './service-administrator';
import { Setting } from '../../custom-resource/custom-resource';

/**
 * Who administers Security Lake, in all Regions (https://docs.aws.amazon.com/security-lake/latest/userguide/multi-account-management.html, read 2026-11-23). It has no call that says who it is: AWS Organizations does. To tell AWS
 * Organizations alone is not supported, so the service is told.
 *
 * AWS does not say by which code it refuses an account that is the administrator already, so both codes for bad requests lead to a look. A conflict is mostly a change on its way, after which AWS asks to come again.
 */
export function securityLakeAdministrator(region: string, accountId: string, clients: DetectionClients): Setting {
  const securityLake = clients.securityLake(region);
  return serviceAdministrator(region, accountId, {
    service: 'Security Lake',
    disableCommand: () => 'securitylake deregister-data-lake-delegated-administrator',
    consequence: 'AWS deletes the data lake by that',
    list: async (NextToken) => {
      const { DelegatedAdministrators = [], NextToken: next } = await clients.organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: 'securitylake.amazonaws.com', NextToken }));
      return { administrators: DelegatedAdministrators.map(({ Id }) => ({ accountId: Id, isOn: true })), next };
    },
    enable: async (id) => securityLake.send(new RegisterDataLakeDelegatedAdministratorCommand({ accountId: id })),
    doneAlready: ['BadRequestException', 'ConflictException'],
    passing: ['ConflictException'],
  }, clients);
}
