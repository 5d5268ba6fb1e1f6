/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import type { AccountClient } from '@aws-sdk/client-account';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SSMClient } from '@aws-sdk/client-ssm';
/* eslint-enable import/no-extraneous-dependencies */
import { SettingTime } from '../../custom-resource/lambda';
import { withRetries } from '../../custom-resource/retry';
import { patiently } from '../../custom-resource/waiting';

/** What a setting of an account needs from outside. */
export interface AccountClients extends SettingTime {
  readonly account: AccountClient;
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly quotas: ServiceQuotasClient;
  readonly ssm: SSMClient;
}

/** Repeats a call while AWS is busy, or does not know the function's role yet. */
export async function call<T>(send: () => Promise<T>, time: SettingTime): Promise<T> {
  return patiently(async () => withRetries(send, time), time);
}

/** The same, and undefined where AWS says that there is none. */
export async function callUnlessGone<T>(send: () => Promise<T>, time: SettingTime, ...gone: string[]): Promise<T | undefined> {
  try {
    return await call(send, time);
  } catch (error) {
    if (gone.includes((error as Error).name)) return undefined;
    throw error;
  }
}
