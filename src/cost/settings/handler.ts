/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
/* eslint-enable import/no-extraneous-dependencies */
import { activateWhatIsMissing, CostAllocationClients, settingOf } from './cost-allocation-tags';
import { CustomResourceEvent } from '../../custom-resource/custom-resource';
import { LambdaContext, runInLambda, SettingTime } from '../../custom-resource/lambda';

/** What the rule sends each day. */
interface DailyEvent {
  readonly Keys: unknown;
}

/** A daily run stops waiting when so much is left of the function's time. */
const LAST_WAIT = 30_000;

const sleep = async (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Entry point of the Lambda function behind `CostAllocationTags`: CloudFormation's events and those of each day. Cost Explorer has its endpoint in us-east-1. */
export async function handler(event: CustomResourceEvent | DailyEvent, context: LambdaContext): Promise<void> {
  const costExplorer = new CostExplorerClient({ region: 'us-east-1', maxAttempts: 1 });
  // eslint-disable-next-line no-console -- the function's log
  const clientsOf = (time: SettingTime): CostAllocationClients => ({ costExplorer, say: (message) => console.log(message), ...time });
  if ('RequestType' in event) await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, clientsOf(time)));
  else await activateWhatIsMissing(event.Keys, clientsOf({ sleep, deadline: () => context.getRemainingTimeInMillis() < LAST_WAIT }));
}
