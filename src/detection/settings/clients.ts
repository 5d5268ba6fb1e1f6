/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import type { GuardDutyClient } from '@aws-sdk/client-guardduty';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { Inspector2Client } from '@aws-sdk/client-inspector2';
import type { Macie2Client } from '@aws-sdk/client-macie2';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SecurityLakeClient } from '@aws-sdk/client-securitylake';
/* eslint-enable import/no-extraneous-dependencies */
import { SettingTime } from '../../custom-resource/lambda';
import { withRetries } from '../../custom-resource/retry';
import { patiently } from '../../custom-resource/waiting';

/** What a setting of detection needs from outside. */
export interface DetectionClients extends SettingTime {
  /** Of a Region. */
  readonly guardDuty: (region: string) => GuardDutyClient;
  /** Of a Region. */
  readonly inspector: (region: string) => Inspector2Client;
  /** Of a Region. */
  readonly macie: (region: string) => Macie2Client;
  /** Of a Region. */
  readonly securityLake: (region: string) => SecurityLakeClient;
  readonly iam: IAMClient;
  readonly organizations: OrganizationsClient;
}

/** What services that detect say when they fail by themselves. */
const BROKEN = ['InternalServerErrorException', 'InternalServerException'];

/** Repeats a call while AWS is busy or broken, does not know the function's role yet, or says one of the given codes. */
export async function call<T>(send: () => Promise<T>, time: SettingTime, ...passing: string[]): Promise<T> {
  return patiently(async () => withRetries(send, time), time, ...BROKEN, ...passing);
}
