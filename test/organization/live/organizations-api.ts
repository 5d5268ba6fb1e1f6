import {
  DescribeOrganizationCommand, ListAccountsForParentCommand, ListOrganizationalUnitsForParentCommand, ListRootsCommand, OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';

/** A tree as the API would tell it: names to units, e-mails to accounts. */
export interface Tree {
  readonly accounts?: readonly string[];
  readonly units?: { readonly [name: string]: Tree };
}

/** Answers reads of the tree in pages of `size`, each followed by an empty one where more follow, as AWS may. */
export function organizationsApi(tree: Tree, size: number): { readonly calls: () => number } {
  const mock = mockClient(OrganizationsClient);
  const nodes = new Map<string, Tree>([['r-ab12', tree]]);
  const ids = new Map<string, [string, string][]>();
  let next = 0;
  const index = (id: string, node: Tree) => {
    ids.set(id, Object.entries(node.units ?? {}).map(([name, child]) => {
      const childId = `ou-ab12-${String(next++).padStart(8, '0')}`;
      nodes.set(childId, child);
      index(childId, child);
      return [name, childId];
    }));
  };
  index('r-ab12', tree);

  const page = <T>(items: readonly T[], token: string | undefined): { here: T[]; NextToken?: string } => {
    const [start, isEmpty] = (token ?? '0,').split(',') as [string, string];
    if (isEmpty) return { here: [], NextToken: `${start},` };
    const end = Number(start) + size;
    return { here: items.slice(Number(start), end), ...(end < items.length ? { NextToken: `${end},empty` } : {}) };
  };
  let throttled = 0;
  const throttle = () => {
    if (throttled++ % 3 === 0) throw Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
  };
  mock.on(DescribeOrganizationCommand).callsFake(() => {
    throttle();
    return { Organization: { Id: 'o-abcdefghij', MasterAccountId: '000000000001' } };
  });
  mock.on(ListRootsCommand).callsFake(({ NextToken }) => {
    throttle();
    const { here, ...rest } = page([{ Id: 'r-ab12', Name: 'Root' }], NextToken);
    return { Roots: here, ...rest };
  });
  mock.on(ListOrganizationalUnitsForParentCommand).callsFake(({ ParentId, NextToken }) => {
    throttle();
    const { here, ...rest } = page(ids.get(ParentId)!, NextToken);
    return { OrganizationalUnits: here.map(([Name, Id]) => ({ Name, Id })), ...rest };
  });
  mock.on(ListAccountsForParentCommand).callsFake(({ ParentId, NextToken }) => {
    throttle();
    const { here, ...rest } = page(nodes.get(ParentId)!.accounts ?? [], NextToken);
    return { Accounts: here.map((email) => ({ Id: `id of ${email}`, Name: `name of ${email}`, Email: email, State: 'ACTIVE' })), ...rest };
  });
  return { calls: () => mock.calls().length };
}
