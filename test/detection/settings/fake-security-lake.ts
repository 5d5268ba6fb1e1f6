import { ListDelegatedAdministratorsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  CreateDataLakeOrganizationConfigurationCommand, GetDataLakeOrganizationConfigurationCommand, RegisterDataLakeDelegatedAdministratorCommand, SecurityLakeClient,
} from '@aws-sdk/client-securitylake';
import { mockClient } from 'aws-sdk-client-mock';
import { named } from './fake-guardduty';

/** Security Lake of an organization, as far as accounts that come and who administers it go: it keeps what it is told. */
export class FakeSecurityLake {
  public readonly mock = mockClient(SecurityLakeClient);
  public readonly organizations = mockClient(OrganizationsClient);
  public administrators: string[] = [];
  /** Sources of accounts that come, by Region; undefined where nobody ever set any. */
  public configuration?: Map<string, Map<string, string | undefined>>;
  /** Code by which an account that is the administrator already is refused. */
  public refusal = 'BadRequestException';

  public constructor() {
    const on = (mock: any, command: any, answer: (input: any) => object) => mock.on(command).callsFake((input: any) => {
      this.before(command.name);
      const given = answer(input);
      this.after(command.name);
      return given;
    });
    on(this.organizations, ListDelegatedAdministratorsCommand, ({ ServicePrincipal, NextToken }) => {
      if (ServicePrincipal !== 'securitylake.amazonaws.com') throw named('InvalidInputException', 'Another service');
      return NextToken === undefined ? { DelegatedAdministrators: [], NextToken: '2' } : { DelegatedAdministrators: this.administrators.map((Id) => ({ Id })) };
    });
    on(this.mock, RegisterDataLakeDelegatedAdministratorCommand, ({ accountId }) => {
      if (this.administrators.length > 0) throw named(this.refusal, 'There is an administrator already');
      this.administrators.push(accountId);
      return {};
    });
    on(this.mock, GetDataLakeOrganizationConfigurationCommand, () => {
      if (this.configuration === undefined) throw named('ResourceNotFoundException', 'There is no configuration');
      return { autoEnableNewAccount: this.shown() };
    });
    on(this.mock, CreateDataLakeOrganizationConfigurationCommand, ({ autoEnableNewAccount }) => {
      this.configuration ??= new Map();
      for (const { region, sources } of autoEnableNewAccount) {
        const there = this.configuration.get(region) ?? new Map<string, string | undefined>();
        for (const { sourceName, sourceVersion } of sources) there.set(sourceName, sourceVersion);
        this.configuration.set(region, there);
      }
      return {};
    });
  }

  /** Called before and after each call with its name; throws what should go wrong. */
  public before: (command: string) => void = () => {};
  public after: (command: string) => void = () => {};

  /** What it answers. */
  public shown(): { region: string; sources: { sourceName: string; sourceVersion: string | undefined }[] }[] {
    return [...this.configuration ?? []].map(([region, sources]) => ({ region, sources: [...sources].map(([sourceName, sourceVersion]) => ({ sourceName, sourceVersion })) }));
  }

  public restore(): void {
    this.mock.restore();
    this.organizations.restore();
  }

  public calls(command: any): any[] {
    return this.mock.commandCalls(command).map(({ args }: any) => args[0].input);
  }
}
