/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand, ListRequestedServiceQuotaChangeHistoryByQuotaCommand, RequestServiceQuotaIncreaseCommand,
} from '@aws-sdk/client-service-quotas';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call, callUnlessGone } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { withRetries } from '../../custom-resource/retry';
import { patiently } from '../../custom-resource/waiting';

/** A quota of a service, and how much is wanted of it. */
export interface WantedQuota {
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly value: number;
}

/** Requests that AWS has not refused: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_RequestedServiceQuotaChange.html (read 2026-11-23) */
const ASKED = ['PENDING', 'CASE_OPENED', 'APPROVED'];

/**
 * A quota of this account and Region that is at least so high, or asked to be: AWS decides later, sometimes people do, and nothing waits for that. It is never lowered, and stays when the resource goes.
 * One request for a quota is open at a time, and 20 in an account, 2 of them in an opt-in Region: https://docs.aws.amazon.com/servicequotas/latest/userguide/reference_limits.html (read 2026-11-23)
 */
export function serviceQuota({ serviceCode: ServiceCode, quotaCode: QuotaCode, value }: WantedQuota, clients: AccountClients): Setting {
  const { quotas } = clients;
  const quota = { ServiceCode, QuotaCode };
  const name = `${ServiceCode} ${QuotaCode}`;
  /** AWS has no applied value where nobody asked for another one before. */
  const applied = async (): Promise<number> => {
    const own = await callUnlessGone(async () => quotas.send(new GetServiceQuotaCommand(quota)), clients, 'NoSuchResourceException');
    const { Quota } = own ?? await callUnlessGone(async () => quotas.send(new GetAWSDefaultServiceQuotaCommand(quota)), clients, 'NoSuchResourceException') ?? {};
    if (Quota?.Value === undefined) throw new Error(`There is no quota ${name} in this Region, or AWS does not tell its value. Quotas of global services are in us-east-1 alone`);
    if (Quota.Adjustable === false && Quota.Value < value) throw new Error(`The quota ${name} is ${Quota.Value}, and AWS raises it for nobody`);
    return Quota.Value;
  };
  const requests = async () => {
    const read = async (NextToken: string | undefined) => call(async () => quotas.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand({ ...quota, NextToken })), clients);
    const all = await pages(clients, read, ({ RequestedQuotas }) => RequestedQuotas);
    return all.filter(({ Status }) => ASKED.includes(Status!));
  };
  const isAsked = async () => (await requests()).some(({ DesiredValue = 0 }) => DesiredValue >= value);
  return {
    id: `service-quota:${ServiceCode}:${QuotaCode}:${value}`,
    isOn: async () => await applied() >= value || isAsked(),
    turnOn: async () => {
      try {
        // As many requests as AWS takes at once may be open, of this deployment or of people, and some are decided in a minute.
        await patiently(async () => withRetries(async () => quotas.send(new RequestServiceQuotaIncreaseCommand({ ...quota, DesiredValue: value })), clients), clients, 'QuotaExceededException');
        return true;
      } catch (error) {
        const { name: code } = error as Error;
        if (code === 'QuotaExceededException') throw new Error(`AWS takes no further request for more of a quota until it has decided on others, so ${name} is not asked for. Deploy again when some are decided`);
        if (code !== 'ResourceAlreadyExistsException') throw error;
        // An attempt whose answer was lost, or a smaller request of somebody else.
        if (await isAsked()) return true;
        const others = (await requests()).filter(({ Status }) => Status !== 'APPROVED').map(({ DesiredValue }) => DesiredValue);
        throw new Error(`AWS is asked already for ${others.join(', ') || 'another value'} of ${name}, and takes one request at a time. Deploy again when it is decided`);
      }
    },
    turnOff: async () => {},
  };
}
