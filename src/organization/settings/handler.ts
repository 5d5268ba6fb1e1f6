import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RAMClient } from '@aws-sdk/client-ram';
import { CustomResourceEvent, settle } from './custom-resource';
import { SettingsClients, settingOf } from './settings';

const MILLISECONDS_LEFT = 20_000;

interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Entry point of the Lambda function behind `OrganizationSettings`. Organizations has its endpoint in us-east-1. */
export async function handler(event: CustomResourceEvent, context: LambdaContext): Promise<void> {
  const clients: SettingsClients = {
    organizations: new OrganizationsClient({ region: 'us-east-1', maxAttempts: 1 }),
    ram: new RAMClient({ maxAttempts: 1 }),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    deadline: () => context.getRemainingTimeInMillis() < MILLISECONDS_LEFT,
  };
  await settle(event, () => settingOf(event.ResourceType, event.ResourceProperties, clients), async (url, body) => {
    const response = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
  });
}
