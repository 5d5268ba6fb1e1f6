import { App, Stack } from 'aws-cdk-lib';
import type { ZoneFacts } from './zone-network';
import { StackReaderRole } from '../delivery/stack-reader-role';

/** The stack with the role by which others read the outputs of an account's stacks: one an account, in the home Region, made when first asked for. */
export function stackReader(app: App, { organization, name, homeRegion }: ZoneFacts, accountId: string): Stack {
  const { key } = organization.accounts.find((account) => account.accountId === accountId)!;
  const stackName = `${name}-StackReader-${key}`;
  const known = app.node.tryFindChild(stackName) as Stack | undefined;
  if (known) return known;
  const stack = new Stack(app, stackName, { stackName, description: 'Lets the organization read the outputs of stacks', env: { account: accountId, region: homeRegion } });
  new StackReaderRole(stack, 'StackReader', { organizationId: organization._literalId });
  return stack;
}
