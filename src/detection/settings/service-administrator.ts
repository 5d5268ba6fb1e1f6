import { call, DetectionClients } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { until } from '../../custom-resource/waiting';

/** An account that a service shows as an administrator. */
export interface ShownAdministrator {
  readonly accountId?: string;
  /** Whether it is one, and not about to be none. */
  readonly isOn: boolean;
}

/** How a service is told who administers it for the organization in a Region. Called by the management account. */
export interface AdministratorCalls {
  /** Name for people: `GuardDuty`. */
  readonly service: string;
  /** Command by which the management account takes it away from an account, without `aws`: `guardduty disable-organization-admin-account --admin-account-id 111122223333`. */
  readonly disableCommand: (accountId: string) => string;
  /** What that command does besides. @default 'members are cut off until the next deployment' */
  readonly consequence?: string;
  /** A page of administrators. */
  readonly list: (token: string | undefined) => Promise<{ readonly administrators: readonly ShownAdministrator[]; readonly next?: string }>;
  readonly enable: (accountId: string) => Promise<unknown>;
  /** Codes by which the service refuses, among other things, what is done already. */
  readonly doneAlready: readonly string[];
  /** Codes by which it says to come again. @default - none but those that all services have */
  readonly passing?: readonly string[];
}

/**
 * The account that administers a service for the organization in a Region. That AWS Organizations knows it as a delegated administrator is not enough: these services have lists of their own, in each Region.
 *
 * It stays when it is removed here, as its members would be cut off, and where it is another account, nothing is changed, for the same reason.
 */
export function serviceAdministrator(region: string, accountId: string, calls: AdministratorCalls, clients: DetectionClients): Setting {
  const { service, passing = [], consequence = 'members are cut off until the next deployment' } = calls;
  const isAdministrator = async (): Promise<boolean> => {
    let isThere = false;
    let token: string | undefined;
    do {
      const { administrators, next } = await call(async () => calls.list(token), clients);
      for (const one of administrators.filter(({ isOn }) => isOn)) {
        if (one.accountId !== accountId) {
          throw new Error(`Account ${one.accountId} administers ${service} in ${region} already, and AWS has one administrator. To change it, run as the management account: `
            + `aws ${calls.disableCommand(one.accountId!)} --region ${region}; ${consequence}`);
        }
        isThere = true;
      }
      token = next;
    } while (token !== undefined);
    return isThere;
  };
  return {
    id: `${service.toLowerCase().replace(' ', '-')}-administrator:${region}:${accountId}`,
    isOn: isAdministrator,
    turnOn: async () => {
      try {
        await call(async () => calls.enable(accountId), clients, ...passing);
        return true;
      } catch (error) {
        // An attempt whose answer got lost, or somebody who was faster.
        if (calls.doneAlready.includes((error as Error).name) && await isAdministrator()) return false;
        throw error;
      }
    },
    ready: async () => {
      await until(async () => await isAdministrator() || undefined, () => `${service} in ${region} does not show account ${accountId} as its administrator yet`, clients);
    },
    turnOff: async () => {},
  };
}
