/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EnableEbsEncryptionByDefaultCommand, GetEbsDefaultKmsKeyIdCommand, GetEbsEncryptionByDefaultCommand, ModifyEbsDefaultKmsKeyIdCommand } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call } from './clients';
import { Setting } from '../../custom-resource/custom-resource';

/**
 * Encryption of new EBS volumes in this Region, with AWS's key or another one. It stays on: volumes that are there would not change, and new ones would be open.
 * @param keyArn the key. Default: it is left as it is, which is AWS's where nobody chose one
 */
export function ebsEncryption(keyArn: string | undefined, clients: AccountClients): Setting {
  const { ec2 } = clients;
  const isEncrypted = async () => (await call(async () => ec2.send(new GetEbsEncryptionByDefaultCommand({})), clients)).EbsEncryptionByDefault === true;
  const hasKey = async () => keyArn === undefined || (await call(async () => ec2.send(new GetEbsDefaultKmsKeyIdCommand({})), clients)).KmsKeyId === keyArn;
  return {
    id: `ebs-encryption:${keyArn ?? 'any-key'}`,
    isOn: async () => await isEncrypted() && hasKey(),
    turnOn: async () => {
      if (keyArn !== undefined) await call(async () => ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: keyArn })), clients);
      await call(async () => ec2.send(new EnableEbsEncryptionByDefaultCommand({})), clients);
      return true;
    },
    turnOff: async () => {},
  };
}
