/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  AccountDetail, CreateMembersCommand, DescribeOrganizationConfigurationCommand, GetMembersCommand, ListDetectorsCommand, OrganizationFeatureConfiguration, OrganizationFeatureConfigurationResult,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-guardduty';
/* eslint-enable import/no-extraneous-dependencies */
import { call, DetectionClients } from './clients';
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { until } from '../../custom-resource/waiting';

/** What GuardDuty does in the accounts of an organization in a Region. */
export interface GuardDutyOrganization {
  readonly region: string;
  /** Protections, and whether all accounts have them. */
  readonly features: OrganizationFeatureConfiguration[];
  /** Accounts that do not become members by themselves: the management account. */
  readonly members: AccountDetail[];
}

/** GuardDuty's code for all that it refuses, a call of an administrator that it does not know yet among it. */
const REFUSED = 'BadRequestException';

/** Attempts at making members, some seconds apart. */
const ATTEMPTS = 24;

/**
 * GuardDuty in all accounts of the organization in a Region, with its protections. Called by the account that administers it. AWS takes up to 24 hours to reach all accounts (GuardDuty API Reference,
 * UpdateOrganizationConfiguration, read 2026-11-23). All stays on when it is removed here.
 */
export function guardDutyOrganization({ region, features, members }: GuardDutyOrganization, clients: DetectionClients): Setting {
  const guardDuty = clients.guardDuty(region);
  const detector = async (): Promise<string> => {
    const ids = await pages(clients, async (NextToken) => call(async () => guardDuty.send(new ListDetectorsCommand({ NextToken })), clients), ({ DetectorIds }) => DetectorIds);
    if (ids[0] === undefined) throw new Error(`This account has no detector of GuardDuty in ${region}, although it administers GuardDuty: deploy its stack of that Region first`);
    return ids[0];
  };
  const isConfigured = async (DetectorId: string): Promise<boolean> => {
    const found: OrganizationFeatureConfigurationResult[] = [];
    let all: string | undefined;
    let NextToken: string | undefined;
    do {
      const page = await call(async () => guardDuty.send(new DescribeOrganizationConfigurationCommand({ DetectorId, NextToken })), clients, REFUSED);
      found.push(...page.Features ?? []);
      all = page.AutoEnableOrganizationMembers ?? all;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return all === 'ALL' && features.every((wanted) => found.some((one) => isSame(wanted, one)));
  };
  const outside = async (DetectorId: string): Promise<AccountDetail[]> => {
    if (members.length === 0) return [];
    const { Members = [] } = await call(async () => guardDuty.send(new GetMembersCommand({ DetectorId, AccountIds: members.map(({ AccountId }) => AccountId!) })), clients);
    return members.filter(({ AccountId }) => !Members.some((one) => one.AccountId === AccountId && one.RelationshipStatus === 'Enabled'));
  };
  return {
    id: `guardduty-organization:${region}`,
    isOn: async () => {
      const id = await detector();
      return await isConfigured(id) && (await outside(id)).length === 0;
    },
    turnOn: async () => {
      const DetectorId = await detector();
      await call(async () => guardDuty.send(new UpdateOrganizationConfigurationCommand({ DetectorId, AutoEnableOrganizationMembers: 'ALL', Features: features })), clients, REFUSED);
      return true;
    },
    // AWS answers with success where it left accounts out, so what is there is looked at, and the rest is tried again.
    ready: async () => {
      const DetectorId = await detector();
      let attempts = 0;
      let reasons = 'AWS gives no reason';
      await until(async () => {
        const missing = await outside(DetectorId);
        if (missing.length === 0) return true;
        attempts++;
        const { UnprocessedAccounts = [] } = await call(async () => guardDuty.send(new CreateMembersCommand({ DetectorId, AccountDetails: missing })), clients, REFUSED);
        if (UnprocessedAccounts.length > 0) reasons = UnprocessedAccounts.map(({ AccountId, Result }) => `${AccountId}: ${Result}`).join('; ');
        return undefined;
      }, () => `GuardDuty in ${region} does not have all members yet (${reasons})`, { ...clients, deadline: () => attempts >= ATTEMPTS || clients.deadline() });
    },
    turnOff: async () => {},
  };
}

function isSame(wanted: OrganizationFeatureConfiguration, found: OrganizationFeatureConfigurationResult): boolean {
  return found.Name === wanted.Name && found.AutoEnable === wanted.AutoEnable
    && (wanted.AdditionalConfiguration ?? []).every((one) => found.AdditionalConfiguration?.some(({ Name, AutoEnable }) => Name === one.Name && AutoEnable === one.AutoEnable));
}
