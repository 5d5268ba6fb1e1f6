import {
  CreateMembersCommand, DescribeOrganizationConfigurationCommand, EnableOrganizationAdminAccountCommand, GetMembersCommand, GuardDutyClient, ListDetectorsCommand, ListOrganizationAdminAccountsCommand,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-guardduty';
import { mockClient } from 'aws-sdk-client-mock';

export function named(name: string, message = `${name} happened`): Error {
  return Object.assign(new Error(message), { name });
}

/** GuardDuty of one Region, as far as an organization goes: it keeps what it is told, in small pages. */
export class FakeGuardDuty {
  public readonly mock = mockClient(GuardDutyClient);
  public administrators: string[] = [];
  public detectors: string[] = ['d1'];
  public configuration: { AutoEnableOrganizationMembers?: string; Features: any[] } = { AutoEnableOrganizationMembers: 'NEW', Features: [] };
  public members = new Map<string, string>();
  /** Accounts without a detector of their own: AWS does not make members of them. */
  public withoutDetector = new Set<string>();

  public constructor() {
    const on = (command: any, answer: (input: any) => object) => this.mock.on(command).callsFake((input) => {
      this.before(command.name);
      const given = answer(input);
      this.after(command.name);
      return given;
    });
    on(ListOrganizationAdminAccountsCommand, ({ NextToken }) => (NextToken === undefined
      ? { AdminAccounts: [], NextToken: '2' } : { AdminAccounts: this.administrators.map((AdminAccountId) => ({ AdminAccountId, AdminStatus: 'ENABLED' })) }));
    on(EnableOrganizationAdminAccountCommand, ({ AdminAccountId }) => {
      if (this.administrators.length > 0) throw named('BadRequestException', 'The request failed because there is an administrator already');
      this.administrators.push(AdminAccountId);
      return {};
    });
    on(ListDetectorsCommand, () => ({ DetectorIds: this.detectors }));
    on(DescribeOrganizationConfigurationCommand, ({ NextToken }) => {
      const { AutoEnableOrganizationMembers, Features } = this.configuration;
      const at = Number(NextToken ?? 0);
      return { AutoEnableOrganizationMembers, Features: Features.slice(at, at + 2), ...(at + 2 < Features.length ? { NextToken: String(at + 2) } : {}) };
    });
    on(UpdateOrganizationConfigurationCommand, ({ AutoEnableOrganizationMembers, Features }) => {
      this.configuration = { AutoEnableOrganizationMembers, Features };
      return {};
    });
    on(GetMembersCommand, ({ AccountIds }) => {
      const known = (AccountIds as string[]).filter((id) => this.members.has(id));
      return { Members: known.map((AccountId) => ({ AccountId, RelationshipStatus: this.members.get(AccountId) })) };
    });
    on(CreateMembersCommand, ({ AccountDetails }) => ({
      UnprocessedAccounts: AccountDetails.flatMap(({ AccountId }: any) => {
        if (this.withoutDetector.has(AccountId)) return [{ AccountId, Result: 'The organization management account must enable GuardDuty first' }];
        this.members.set(AccountId, 'Enabled');
        return [];
      }),
    }));
  }

  /** Called before and after each call with its name; throws what should go wrong. */
  public before: (command: string) => void = () => {};
  public after: (command: string) => void = () => {};

  public calls(command: any): any[] {
    return this.mock.commandCalls(command).map(({ args }: any) => args[0].input);
  }
}
