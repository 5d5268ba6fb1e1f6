/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  AwsLogSourceName, CreateDataLakeOrganizationConfigurationCommand, DataLakeAutoEnableNewAccountConfiguration, GetDataLakeOrganizationConfigurationCommand,
} from '@aws-sdk/client-securitylake';
/* eslint-enable import/no-extraneous-dependencies */
import { call, DetectionClients } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { until } from '../../custom-resource/waiting';

/** What Security Lake collects of accounts that come to an organization. */
export interface SecurityLakeOrganization {
  /** Region that is asked; what it answers is of all Regions. */
  readonly region: string;
  readonly regions: readonly string[];
  readonly sources: readonly { readonly SourceName: string; readonly SourceVersion: string }[];
}

/** Security Lake asks to come again after a conflict, which is mostly a change on its way (Amazon Security Lake API Reference, ConflictException, read 2026-11-23). */
const PASSING = 'ConflictException';

/**
 * Security Lake in accounts that come to the organization later. Called by the account that administers it. AWS merges what it is told with what is there, so only what is missing is told, and more than that is left alone:
 * a source that is wanted no longer, and all of it when it is removed here, stay on for accounts that come (Amazon Security Lake API Reference, CreateDataLakeOrganizationConfiguration, read 2026-11-23).
 */
export function securityLakeOrganization({ region, regions, sources }: SecurityLakeOrganization, clients: DetectionClients): Setting {
  const securityLake = clients.securityLake(region);
  const missing = async (): Promise<DataLakeAutoEnableNewAccountConfiguration[]> => {
    const known = await call(async () => securityLake.send(new GetDataLakeOrganizationConfigurationCommand({})), clients, PASSING).catch((error: Error) => {
      if (error.name === 'ResourceNotFoundException') return { autoEnableNewAccount: [] };
      throw error;
    });
    const isThere = (of: string, name: string, version: string) => known.autoEnableNewAccount?.some((one) => one.region === of
      && one.sources?.some(({ sourceName, sourceVersion = version }) => sourceName === name && sourceVersion === version));
    return regions
      .map((of) => ({
        region: of,
        sources: sources.filter(({ SourceName, SourceVersion }) => !isThere(of, SourceName, SourceVersion))
          .map(({ SourceName, SourceVersion }) => ({ sourceName: SourceName as AwsLogSourceName, sourceVersion: SourceVersion })),
      }))
      .filter((one) => one.sources.length > 0);
  };
  return {
    id: `security-lake-organization:${region}`,
    isOn: async () => (await missing()).length === 0,
    turnOn: async () => {
      const autoEnableNewAccount = await missing();
      if (autoEnableNewAccount.length > 0) await call(async () => securityLake.send(new CreateDataLakeOrganizationConfigurationCommand({ autoEnableNewAccount })), clients, PASSING);
      return true;
    },
    ready: async () => {
      let left: DataLakeAutoEnableNewAccountConfiguration[] = [];
      await until(async () => {
        left = await missing();
        return left.length === 0 || undefined;
      }, () => `Security Lake does not show yet, for accounts that come: ${left.map((one) => `${one.sources?.map(({ sourceName }) => sourceName).join(', ')} in ${one.region}`).join('; ')}`, clients);
    },
    turnOff: async () => {},
  };
}
