import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { LandingZoneProps } from './landing-zone';
import { PlatformPrincipals } from '../controls/platform-principals';
import { OrganizationBudgets } from '../cost/organization-budgets';
import { OrganizationCostAllocation } from '../cost/organization-cost-allocation';
import { OrganizationDefinition, unitsOf } from '../model/organization-definition';
import { Organization } from '../organization/organization';

/** What the costs of a zone are made in. */
export interface CostFacts {
  readonly organization: Organization;
  readonly organizationStack: Stack;
  readonly definition: OrganizationDefinition;
  readonly name: string;
  readonly zone: LandingZoneProps;
}

/** Budgets of a zone that has a cost standard, and tags and categories by which its costs are told apart. Without one, budgets of the organization file would be watched by nobody, so synthesis fails. */
export function addCosts(scope: Construct, { organization, organizationStack, definition, name, zone }: CostFacts): void {
  if (zone.costs) {
    const budgets = new OrganizationBudgets(scope, 'CostManagement', {
      standard: zone.costs, organization, organizationStack, definition, name, partition: zone.partition ?? 'aws', accountStacks: zone.accountStacks ?? definition.accountStacks,
      platform: zone.platformPrincipals ?? PlatformPrincipals.standard(),
    });
    const { stack } = new OrganizationCostAllocation(scope, 'CostAllocation', {
      costs: zone.costs, organization, organizationStack, name, partition: zone.partition ?? 'aws', managementKey: definition.managementAccount.key, ...(zone.tagging && { tagging: zone.tagging }),
    });
    // What budgets and monitors name is there before them.
    const namesCategories = zone.costs.categories.some(({ _terms: { existing } }) => !existing);
    if (stack && namesCategories) for (const other of budgets.node.children.filter(Stack.isStack)) other.addStackDependency(stack);
    return;
  }
  const budgeted = [definition.managementAccount, ...[...unitsOf(definition.root)].flatMap((unit) => [unit, ...unit.accounts])].filter(({ budget }) => budget !== undefined);
  if (budgeted.length === 0) return;
  const message = `${definition.file} has budgets (${budgeted.slice(0, 5).map(({ key }) => key).join(', ')}${budgeted.length > 5 ? ', …' : ''}), and nobody watches them: give the zone costs: new CostStandard({ alerts })`;
  scope.node.addValidation({ validate: () => [message] });
}
