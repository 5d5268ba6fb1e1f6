/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  AssociateServiceQuotaTemplateCommand, DeleteServiceQuotaIncreaseRequestFromTemplateCommand, DisassociateServiceQuotaTemplateCommand, GetAssociationForServiceQuotaTemplateCommand,
  GetServiceQuotaIncreaseRequestFromTemplateCommand, ListServiceQuotaIncreaseRequestsInTemplateCommand, PutServiceQuotaIncreaseRequestIntoTemplateCommand, ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
/* eslint-enable import/no-extraneous-dependencies */
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { RetryTime, withRetries } from '../../custom-resource/retry';

/** What the template needs from outside. */
export interface QuotaTemplateClients extends RetryTime {
  /** Of us-east-1: templates are there alone. */
  readonly quotas: ServiceQuotasClient;
}

/** A request that each new account makes. */
export interface QuotaTemplateEntry {
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly region: string;
  readonly value: number;
}

/** Trusted access that was enabled a moment ago is not seen everywhere yet. */
const TRUST_ATTEMPTS = 12;
const TRUST_WAIT = 5_000;

const NOT_TRUSTED = 'AWSServiceAccessNotEnabledException';

/** Without trust, an organization or a template, nothing is on. */
const GONE = [NOT_TRUSTED, 'NoAvailableOrganizationException', 'ServiceQuotaTemplateNotInUseException', 'NoSuchResourceException'];

/**
 * Whether new accounts of the organization make the requests of its template. It is turned off only where the template has no requests left.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_AssociateServiceQuotaTemplate.html (read 2026-11-23)
 */
export function quotaTemplate(clients: QuotaTemplateClients): Setting {
  const { quotas } = clients;
  return {
    id: 'quota-template',
    isOn: async () => {
      const found = await unless(['ServiceQuotaTemplateNotInUseException'], async () => trusted(async () => quotas.send(new GetAssociationForServiceQuotaTemplateCommand({})), clients));
      return found?.ServiceQuotaTemplateAssociationStatus === 'ASSOCIATED';
    },
    turnOn: async () => {
      await trusted(async () => quotas.send(new AssociateServiceQuotaTemplateCommand({})), clients);
      return true;
    },
    turnOff: async () => {
      await unless(GONE, async () => {
        const read = async (NextToken: string | undefined) => quotas.send(new ListServiceQuotaIncreaseRequestsInTemplateCommand({ NextToken }));
        const left = await pages(clients, read, (page) => page.ServiceQuotaIncreaseRequestInTemplateList);
        if (left.length > 0) return;
        await withRetries(async () => quotas.send(new DisassociateServiceQuotaTemplateCommand({})), clients);
      });
    },
  };
}

/** A request of the template. Another value of the same quota and Region takes its place. */
export function quotaTemplateEntry({ serviceCode: ServiceCode, quotaCode: QuotaCode, region: AwsRegion, value }: QuotaTemplateEntry, clients: QuotaTemplateClients): Setting {
  const { quotas } = clients;
  const key = { ServiceCode, QuotaCode, AwsRegion };
  return {
    id: `quota-template:${ServiceCode}:${QuotaCode}:${AwsRegion}`,
    isOn: async () => {
      const found = await unless(['NoSuchResourceException'], async () => trusted(async () => quotas.send(new GetServiceQuotaIncreaseRequestFromTemplateCommand(key)), clients));
      return found?.ServiceQuotaIncreaseRequestInTemplate?.DesiredValue === value;
    },
    turnOn: async () => {
      await trusted(async () => quotas.send(new PutServiceQuotaIncreaseRequestIntoTemplateCommand({ ...key, DesiredValue: value })), clients);
      return true;
    },
    turnOff: async () => {
      await unless(GONE, async () => withRetries(async () => quotas.send(new DeleteServiceQuotaIncreaseRequestFromTemplateCommand(key)), clients));
    },
  };
}

async function trusted<T>(call: () => Promise<T>, clients: QuotaTemplateClients): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withRetries(call, clients);
    } catch (error) {
      if ((error as Error).name !== NOT_TRUSTED || attempt === TRUST_ATTEMPTS || clients.deadline()) throw error;
      await clients.sleep(TRUST_WAIT);
    }
  }
}

async function unless<T>(errors: readonly string[], call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (errors.includes((error as Error).name)) return undefined;
    throw error;
  }
}
