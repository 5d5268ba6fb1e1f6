/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
/* eslint-enable import/no-extraneous-dependencies */
import { call, DetectionClients } from './clients';
import { SERVICE_LINKED_ROLES } from './service-linked-role-names';
import { Setting } from '../../custom-resource/custom-resource';

/** A role that a service works by. `AWS::IAM::ServiceLinkedRole` fails where an account has it already; this one takes it as it is. It stays: the service would stop working. */
export function serviceLinkedRole(service: string, clients: DetectionClients): Setting {
  const RoleName = SERVICE_LINKED_ROLES[service];
  if (RoleName === undefined) throw new Error(`${service} has no role that is known here: ${Object.keys(SERVICE_LINKED_ROLES).join(', ')}`);
  const isThere = async () => {
    try {
      await call(async () => clients.iam.send(new GetRoleCommand({ RoleName })), clients);
      return true;
    } catch (error) {
      if ((error as Error).name === 'NoSuchEntityException') return false;
      throw error;
    }
  };
  return {
    id: `service-linked-role:${service}`,
    isOn: isThere,
    turnOn: async () => {
      try {
        await call(async () => clients.iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service })), clients);
        return true;
      } catch (error) {
        // The name is taken: by an attempt whose answer got lost, or by somebody who was faster.
        if ((error as Error).name === 'InvalidInputException' && await isThere()) return false;
        throw error;
      }
    },
    turnOff: async () => {},
  };
}
