/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AccountClient } from '@aws-sdk/client-account';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
/* eslint-enable import/no-extraneous-dependencies */
import { settingOf } from './settings';
import { CustomResourceEvent } from '../../custom-resource/custom-resource';
import { LambdaContext, runInLambda } from '../../custom-resource/lambda';

const options = { maxAttempts: 10 };

/** Entry point of the Lambda function behind `AccountSettings`, `SystemsManager` and `AccountQuotas`. */
export async function handler(event: CustomResourceEvent, context: LambdaContext): Promise<void> {
  const clients = {
    account: new AccountClient(options), ec2: new EC2Client(options), iam: new IAMClient(options), quotas: new ServiceQuotasClient(options), ssm: new SSMClient(options),
  };
  await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, { ...clients, ...time }));
}
