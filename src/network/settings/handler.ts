/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { EC2Client } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import { settingOf } from './settings';
import { CustomResourceEvent } from '../../custom-resource/custom-resource';
import { LambdaContext, runInLambda } from '../../custom-resource/lambda';

/** The SDK knows EC2's names for throttling and waits up to 20 seconds between attempts. */
const MAX_ATTEMPTS = 10;

/** Entry point of the Lambda function behind `NetworkSettings`. */
export async function handler(event: CustomResourceEvent, context: LambdaContext): Promise<void> {
  const ec2 = (region?: string) => new EC2Client({ ...(region !== undefined ? { region } : {}), maxAttempts: MAX_ATTEMPTS });
  await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, { ...time, ec2 }));
}
