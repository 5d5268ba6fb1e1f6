/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { BackupClient } from '@aws-sdk/client-backup';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RAMClient } from '@aws-sdk/client-ram';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
/* eslint-enable import/no-extraneous-dependencies */
import { SettingsClients, settingOf } from './settings';
import { CustomResourceEvent, settle } from '../../custom-resource/custom-resource';

/** Retries stop when so much is left of the function's time, … */
const LAST_ATTEMPT = 30_000;
/** … and the answer is due when so much is. */
const LAST_ANSWER = 10_000;

interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

const sleep = async (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Entry point of the Lambda function behind `OrganizationSettings`. Organizations and the templates of Service Quotas are in us-east-1. */
export async function handler(event: CustomResourceEvent, context: LambdaContext): Promise<void> {
  const clients: SettingsClients = {
    backup: new BackupClient({ maxAttempts: 1 }),
    iam: new IAMClient({ maxAttempts: 1 }),
    organizations: new OrganizationsClient({ region: 'us-east-1', maxAttempts: 1 }),
    quotas: new ServiceQuotasClient({ region: 'us-east-1', maxAttempts: 1 }),
    ram: new RAMClient({ maxAttempts: 1 }),
    sleep,
    deadline: () => context.getRemainingTimeInMillis() < LAST_ATTEMPT,
    random: Math.random,
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, context.getRemainingTimeInMillis() - LAST_ANSWER));
  });
  const put = async (url: string, body: string): Promise<void> => {
    // Bytes, because text would get a content type that the signature of the URL does not have.
    const response = await fetch(url, { method: 'PUT', body: Buffer.from(body), headers: { 'content-type': '' } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
  };
  await settle(event, () => settingOf(event.ResourceType, event.ResourceProperties, clients), { put, sleep, late });
  clearTimeout(timer);
}
