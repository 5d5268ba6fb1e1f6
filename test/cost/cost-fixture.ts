import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { CostAlerts, CostStandard, CostStandardProps, LandingZone, LandingZoneProps, OrganizationFile } from '../../src';

export const ALERTS = new CostAlerts({ emails: ['finops@acme.example'] });

/** A tree with a unit without accounts. */
export const TREE = `organization:
  managementAccount: { name: management, email: aws@acme.example, budget: 50 }
  regions: { home: eu-west-1, allowed: [eu-west-1] }
  budget: { annual: 12000 }
  units:
    Workloads:
      budget: { monthly: 700, currency: USD }
      accounts:
        web-prod: { email: aws+web@acme.example, budget: { quarterly: 600 } }
        payments-prod: { email: aws+payments@acme.example, budget: 500 }
    Sandbox: { budget: 90 }
    Suspended:
      budget: { none: nothing runs there }
      accounts:
        old: { email: aws+old@acme.example }
`;

export function organizationFile(text: string): OrganizationFile {
  const file = join(mkdtempSync(join(tmpdir(), 'costs-')), 'organization.yaml');
  writeFileSync(file, text);
  return OrganizationFile.load(file);
}

export function zoneOf(tree: string, costs: Partial<CostStandardProps> = {}, props: Partial<LandingZoneProps> = {}): { readonly app: App; readonly zone: LandingZone } {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'costs-')) });
  const zone = new LandingZone(app, 'Acme', { organization: organizationFile(tree), costs: new CostStandard({ alerts: ALERTS, ...costs }), ...props });
  return { app, zone };
}

/** Budgets of all templates by name, with their stack. */
export function budgetsOf(app: App): { readonly [name: string]: { readonly stack: string; readonly id: string; readonly Properties: any } } {
  return Object.fromEntries(app.synth().stacks.flatMap(({ stackName, template }) => Object.entries<any>(template.Resources ?? {})
    .filter(([, { Type }]) => Type === 'AWS::Budgets::Budget')
    .map(([id, { Properties }]) => [Properties.Budget.BudgetName, { stack: stackName, id, Properties }])));
}
