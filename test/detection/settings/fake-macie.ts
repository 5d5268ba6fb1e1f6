import {
  CreateMemberCommand, DescribeOrganizationConfigurationCommand, EnableOrganizationAdminAccountCommand, GetAutomatedDiscoveryConfigurationCommand, ListMembersCommand,
  ListOrganizationAdminAccountsCommand, Macie2Client, UpdateAutomatedDiscoveryConfigurationCommand, UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-macie2';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { named } from './fake-guardduty';

/** Macie of one Region, and the accounts of its organization, as far as an organization goes: it keeps what it is told, in small pages. */
export class FakeMacie {
  public readonly mock = mockClient(Macie2Client);
  public readonly organizations = mockClient(OrganizationsClient);
  public administrators: string[] = [];
  public accounts = [...['111111111111', '222222222222', '333333333333', '444444444444'].map((Id) => ({ Id, State: 'ACTIVE' })), { Id: '555555555555', State: 'SUSPENDED' }];
  public autoEnable = false;
  public discovery: { status: string; autoEnableOrganizationMembers: string } = { status: 'DISABLED', autoEnableOrganizationMembers: 'NONE' };
  public members = new Map<string, string>();
  /** Accounts that Macie refuses, and why. */
  public refused = new Map<string, string>();

  public constructor() {
    const on = (mock: any, command: any, answer: (input: any) => object) => mock.on(command).callsFake((input: any) => {
      this.before(command.name);
      const given = answer(input);
      this.after(command.name);
      return given;
    });
    on(this.organizations, ListAccountsCommand, ({ NextToken }) => {
      const at = Number(NextToken ?? 0);
      return { Accounts: this.accounts.slice(at, at + 2).map((one) => ({ ...one, Email: `${one.Id}@acme.example` })), ...(at + 2 < this.accounts.length ? { NextToken: String(at + 2) } : {}) };
    });
    on(this.mock, ListOrganizationAdminAccountsCommand, ({ nextToken }) => (nextToken === undefined
      ? { adminAccounts: [], nextToken: '2' } : { adminAccounts: this.administrators.map((accountId) => ({ accountId, status: 'ENABLED' })) }));
    on(this.mock, EnableOrganizationAdminAccountCommand, ({ adminAccountId }) => {
      if (this.administrators.length > 0) throw named('ConflictException', 'There is an administrator already');
      this.administrators.push(adminAccountId);
      return {};
    });
    on(this.mock, DescribeOrganizationConfigurationCommand, () => ({ autoEnable: this.autoEnable }));
    on(this.mock, UpdateOrganizationConfigurationCommand, ({ autoEnable }) => {
      this.autoEnable = autoEnable;
      return {};
    });
    on(this.mock, GetAutomatedDiscoveryConfigurationCommand, () => this.discovery);
    on(this.mock, UpdateAutomatedDiscoveryConfigurationCommand, ({ status, autoEnableOrganizationMembers }) => {
      this.discovery = { status, autoEnableOrganizationMembers };
      return {};
    });
    on(this.mock, ListMembersCommand, ({ nextToken, onlyAssociated }) => {
      const all = [...this.members].filter(([, status]) => onlyAssociated === 'false' || status === 'Enabled');
      const at = Number(nextToken ?? 0);
      return { members: all.slice(at, at + 1).map(([accountId, relationshipStatus]) => ({ accountId, relationshipStatus })), ...(at + 1 < all.length ? { nextToken: String(at + 1) } : {}) };
    });
    on(this.mock, CreateMemberCommand, ({ account: { accountId } }) => {
      if (this.refused.has(accountId)) throw named('ValidationException', this.refused.get(accountId));
      if (this.members.get(accountId) === 'Enabled') throw named('ConflictException', 'The account is a member already');
      this.members.set(accountId, 'Enabled');
      return {};
    });
  }

  /** Called before and after each call with its name; throws what should go wrong. */
  public before: (command: string) => void = () => {};
  public after: (command: string) => void = () => {};

  public restore(): void {
    this.mock.restore();
    this.organizations.restore();
  }

  public calls(command: any): any[] {
    return this.mock.commandCalls(command).map(({ args }: any) => args[0].input);
  }
}
