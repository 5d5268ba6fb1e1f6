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

/** Budgets of a zone that has a cost standard, and tags by which its costs are told apart, where AWS has its Cost Explorer in us-east-1. Without one, budgets of the organization file would be watched by nobody, so synthesis fails. */
export function addCosts(scope: Construct, { organization, organizationStack, definition, name, zone }: CostFacts): void {
  if (zone.costs) {
    new OrganizationBudgets(scope, 'CostManagement', {
      standard: zone.costs, organization, organizationStack, definition, name, partition: zone.partition ?? 'aws', accountStacks: zone.accountStacks ?? definition.accountStacks,
      platform: zone.platformPrincipals ?? PlatformPrincipals.standard(),
    });
    const tagKeys = zone.tagging?.costAllocationKeys ?? [];
    if (tagKeys.length > 0 && (zone.partition ?? 'aws') === 'aws') new OrganizationCostAllocation(scope, 'CostAllocation', { tagKeys, organizationStack, name });
    return;
  }
  const budgeted = [definition.managementAccount, ...[...unitsOf(definition.root)].flatMap((unit) => [unit, ...unit.accounts])].filter(({ budget }) => budget !== undefined);
  if (budgeted.length === 0) return;
  const message = `${definition.file} has budgets (${budgeted.slice(0, 5).map(({ key }) => key).join(', ')}${budgeted.length > 5 ? ', …' : ''}), and nobody watches them: give the zone costs: new CostStandard({ alerts })`;
  scope.node.addValidation({ validate: () => [message] });
}
