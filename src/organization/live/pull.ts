/* eslint-disable import/no-extraneous-dependencies -- the command is released as one file with the SDK in it */
import {
  DescribeOrganizationCommand, ListAccountsForParentCommand, ListOrganizationalUnitsForParentCommand, ListRootsCommand, OrganizationsClient,
} from '@aws-sdk/client-organizations';
/* eslint-enable import/no-extraneous-dependencies */
import { pages } from '../../custom-resource/pages';
import { RetryTime, withRetries } from '../../custom-resource/retry';
import { unitPath } from '../../model/lock-file';

/** An account as AWS shows it; `unitPath` is empty in the root. */
export interface LiveAccount {
  readonly name: string;
  readonly email: string;
  readonly id: string;
  readonly unitPath: string;
  readonly status: string;
}

/** The live organization, in order of path and e-mail. */
export interface LiveOrganization {
  readonly organizationId: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  /** `path` below the root, by the names AWS shows: `Workloads/Prod`. */
  readonly units: readonly { readonly path: string; readonly id: string }[];
  readonly accounts: readonly LiveAccount[];
}

const ATTEMPTS = 8;

function patience(): RetryTime {
  let left = ATTEMPTS;
  return { sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)), deadline: () => --left <= 0 };
}

/** Reads the whole tree, page by page, unit by unit: AWS allows few calls a second. Needs `organizations:Describe*` and `organizations:List*`. */
export async function pullOrganization(client: OrganizationsClient, time: () => RetryTime = patience): Promise<LiveOrganization> {
  const { Organization: organization } = await withRetries(() => client.send(new DescribeOrganizationCommand({})), time());
  const roots = await pages(time(), (NextToken) => client.send(new ListRootsCommand({ NextToken })), ({ Roots }) => Roots);
  const units: { path: string; id: string }[] = [];
  const accounts: LiveAccount[] = [];
  const visit = async (parentId: string, names: readonly string[]): Promise<void> => {
    const inHere = await pages(
      time(), (NextToken) => client.send(new ListAccountsForParentCommand({ ParentId: parentId, NextToken })), ({ Accounts }) => Accounts,
    );
    accounts.push(...inHere.map((account) => ({
      name: account.Name!, email: account.Email!, id: account.Id!, unitPath: unitPath(names), status: String(account.State ?? account.Status ?? 'UNKNOWN'),
    })));
    const children = await pages(
      time(), (NextToken) => client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: parentId, NextToken })),
      (page) => page.OrganizationalUnits,
    );
    for (const child of children) {
      const here = [...names, child.Name!];
      units.push({ path: unitPath(here), id: child.Id! });
      await visit(child.Id!, here);
    }
  };
  await visit(roots[0]!.Id!, []);
  return {
    organizationId: organization!.Id!,
    rootId: roots[0]!.Id!,
    managementAccountId: organization!.MasterAccountId!,
    units: units.sort(by(({ path }) => path)),
    accounts: accounts.sort(by(({ email }) => email.toLowerCase())),
  };
}

function by<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
