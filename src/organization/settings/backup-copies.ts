// eslint-disable-next-line import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime
import { BackupClient, DescribeGlobalSettingsCommand, UpdateGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { Setting } from '../../custom-resource/custom-resource';
import { RetryTime, withRetries } from '../../custom-resource/retry';

/** What the setting needs from outside. */
export interface BackupCopiesClients extends RetryTime {
  readonly backup: BackupClient;
}

const NAME = 'isCrossAccountBackupEnabled';

/**
 * Whether AWS Backup copies backups between accounts of the organization. Copies of others would fail without it, so it stays on.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateGlobalSettings.html (read 2026-11-23)
 */
export function backupCopies(clients: BackupCopiesClients): Setting {
  const { backup } = clients;
  return {
    id: 'backup-copies',
    isOn: async () => (await withRetries(async () => backup.send(new DescribeGlobalSettingsCommand({})), clients)).GlobalSettings?.[NAME] === 'true',
    turnOn: async () => {
      await withRetries(async () => backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings: { [NAME]: 'true' } })), clients);
      return true;
    },
    turnOff: async () => {},
  };
}
