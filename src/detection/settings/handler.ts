/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { IAMClient } from '@aws-sdk/client-iam';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityLakeClient } from '@aws-sdk/client-securitylake';
/* eslint-enable import/no-extraneous-dependencies */
import { settingOf } from './settings';
import { CustomResourceEvent } from '../../custom-resource/custom-resource';
import { LambdaContext, runInLambda } from '../../custom-resource/lambda';

/** Entry point of the Lambda function behind `DetectionSettings`. It repeats calls itself, so the SDK does not. Organizations has its endpoint in us-east-1. */
export async function handler(event: CustomResourceEvent, context: LambdaContext): Promise<void> {
  await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, {
    ...time,
    guardDuty: (region) => new GuardDutyClient({ region, maxAttempts: 1 }),
    inspector: (region) => new Inspector2Client({ region, maxAttempts: 1 }),
    macie: (region) => new Macie2Client({ region, maxAttempts: 1 }),
    securityLake: (region) => new SecurityLakeClient({ region, maxAttempts: 1 }),
    iam: new IAMClient({ maxAttempts: 1 }),
    organizations: new OrganizationsClient({ region: 'us-east-1', maxAttempts: 1 }),
  }));
}
