/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  DisableOrganizationsRootCredentialsManagementCommand, DisableOrganizationsRootSessionsCommand, EnableOrganizationsRootCredentialsManagementCommand, EnableOrganizationsRootSessionsCommand, IAMClient,
  ListOrganizationsFeaturesCommand,
} from '@aws-sdk/client-iam';
/* eslint-enable import/no-extraneous-dependencies */
import { Setting } from '../../custom-resource/custom-resource';
import { RetryTime, withRetries } from '../../custom-resource/retry';

/** What a feature needs from outside. */
export interface RootAccessClients extends RetryTime {
  readonly iam: IAMClient;
}

/** A feature of central root access: root credentials of member accounts are taken away, root does single tasks in sessions. */
export type RootFeature = 'RootCredentialsManagement' | 'RootSessions';

const COMMANDS = {
  RootCredentialsManagement: { enable: EnableOrganizationsRootCredentialsManagementCommand, disable: DisableOrganizationsRootCredentialsManagementCommand },
  RootSessions: { enable: EnableOrganizationsRootSessionsCommand, disable: DisableOrganizationsRootSessionsCommand },
} as const;

/** Trusted access of IAM that was enabled a moment ago is not seen everywhere yet. */
const TRUST_ATTEMPTS = 12;
const TRUST_WAIT = 5_000;

/** A feature of central root access in the organization (IAM API reference, EnableOrganizationsRootCredentialsManagement and EnableOrganizationsRootSessions, read 2026-11-23). */
export function centralRootAccess(feature: RootFeature, clients: RootAccessClients): Setting {
  const { iam } = clients;
  const { enable, disable } = COMMANDS[feature];
  return {
    id: `central-root-access:${feature}`,
    isOn: async () => (await trusted(async () => iam.send(new ListOrganizationsFeaturesCommand({})), clients)).EnabledFeatures?.includes(feature) ?? false,
    turnOn: async () => {
      await trusted(async () => iam.send(new enable({})), clients);
      return true;
    },
    turnOff: async () => {
      await gone(async () => withRetries(async () => iam.send(new disable({})), clients));
    },
  };
}

async function trusted<T>(call: () => Promise<T>, clients: RootAccessClients): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withRetries(call, clients);
    } catch (error) {
      if ((error as Error).name !== 'ServiceAccessNotEnabledException' || attempt === TRUST_ATTEMPTS || clients.deadline()) throw error;
      await clients.sleep(TRUST_WAIT);
    }
  }
}

/** Without trust or without an organization, nothing is on. */
async function gone(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!['ServiceAccessNotEnabledException', 'OrganizationNotFoundException'].includes((error as Error).name)) throw error;
  }
}
