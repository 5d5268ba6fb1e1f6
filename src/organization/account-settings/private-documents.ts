/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { GetServiceSettingCommand, UpdateServiceSettingCommand } from '@aws-sdk/client-ssm';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call } from './clients';
import { PUBLIC_SHARING } from './systems-manager-names';
import { Setting } from '../../custom-resource/custom-resource';

/** No Systems Manager document of this Region is shared with everybody. It stays so. */
export function privateDocuments(clients: AccountClients): Setting {
  const { ssm } = clients;
  return {
    id: 'private-documents',
    isOn: async () => (await call(async () => ssm.send(new GetServiceSettingCommand({ SettingId: PUBLIC_SHARING })), clients)).ServiceSetting?.SettingValue === 'Disable',
    turnOn: async () => {
      await call(async () => ssm.send(new UpdateServiceSettingCommand({ SettingId: PUBLIC_SHARING, SettingValue: 'Disable' })), clients);
      return true;
    },
    turnOff: async () => {},
  };
}
