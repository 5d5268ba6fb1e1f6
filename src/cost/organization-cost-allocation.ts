import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CostAllocationTags } from './cost-allocation-tags';

/** Region of the partition aws in which CloudFormation has `AWS::CE`, and in which Cost Explorer is. */
const REGION = 'us-east-1';

/** What the allocation of an organization's costs is made of. */
export interface OrganizationCostAllocationProps {
  /** Keys by which costs are told apart. */
  readonly tagKeys: readonly string[];
  /** The organization's own stack, which is deployed before. */
  readonly organizationStack: Stack;
  /** The stack's name begins with it. */
  readonly name: string;
}

/** By what costs are told apart: tags that are activated, in a stack of the management account. */
export class OrganizationCostAllocation extends Construct {
  public constructor(scope: Construct, id: string, { tagKeys, organizationStack, name }: OrganizationCostAllocationProps) {
    super(scope, id);
    const stack = new Stack(this, 'Costs-Allocation', {
      stackName: `${name}-Costs-Allocation`, description: 'By what costs are told apart', terminationProtection: true, env: { account: organizationStack.account, region: REGION },
    });
    stack.addStackDependency(organizationStack);
    new CostAllocationTags(stack, 'Tags', { keys: [...tagKeys] });
  }
}
