/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AccountClient } from '@aws-sdk/client-account';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
/* eslint-enable import/no-extraneous-dependencies */
import { enableWhatIsMissing, RegionClients } from './organization-regions';
import { settingOf, wantedOf } from './settings';
import { CustomResourceEvent } from '../../../custom-resource/custom-resource';
import { LambdaContext, runInLambda, SettingTime } from '../../../custom-resource/lambda';

/** What the rule sends each hour. */
interface ScheduledEvent {
  readonly Regions: unknown;
  readonly ManagementAccountId: unknown;
}

/** A scheduled run stops waiting when so much is left of the function's time. */
const LAST_WAIT = 30_000;

const sleep = async (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Entry point of the Lambda function behind `OptInRegions`: CloudFormation's events and those of each hour. Account Management and Organizations are in us-east-1. */
export async function handler(event: CustomResourceEvent | ScheduledEvent, context: LambdaContext): Promise<void> {
  const options = { region: 'us-east-1', maxAttempts: 1 };
  const [account, organizations] = [new AccountClient(options), new OrganizationsClient(options)];
  // eslint-disable-next-line no-console -- the function's log
  const clientsOf = (time: SettingTime): RegionClients => ({ account, organizations, say: (message) => console.log(message), ...time });
  if ('RequestType' in event) await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, clientsOf(time)));
  else await enableWhatIsMissing(wantedOf({ ...event }), clientsOf({ sleep, deadline: () => context.getRemainingTimeInMillis() < LAST_WAIT }));
}
