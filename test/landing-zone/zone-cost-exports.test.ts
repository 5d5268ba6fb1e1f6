import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  Controls, CostExport, EncryptionStandard, LandingZone, LandingZoneChecks, LandingZoneProps, OrganizationPolicyDocument, OrganizationPolicyType, RegionStandard, TaggingStandard,
} from '../../src';
import { ZoneCostExportsProps } from '../../src/landing-zone/zone-cost-exports';

function zone(exports: Partial<ZoneCostExportsProps> = {}, props: Partial<LandingZoneProps> = {}) {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'zone-exports-')) });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1'] }), accountEmail: 'aws+{account}@acme.example', ...props,
  });
  made.unit('Infrastructure').addAccount('finops', { email: 'aws+finops@acme.example', tags: { team: 'finance' } });
  const costs = made.addCostExports({ account: 'finops', ...exports });
  return { app, made, costs, stack: (name: string) => app.node.findChild(name) as Stack };
}

/** What synthesis finds in the templates. */
function proofs(app: App): string[] {
  try {
    app.synth();
  } catch (error) {
    if (!/validation/i.test((error as Error).message)) throw error;
  }
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }: any) => violations.map(({ ruleName, description }: any) => `${ruleName}: ${description}`));
}

test('files and questions in the account for costs and the home Region; exports in the management account and us-east-1, though the zone does not use that Region', () => {
  const { app, made, costs, stack } = zone();
  const [data, exports] = [stack('Acme-CostData'), stack('Acme-CostExports')];
  expect([data.account, data.region, data.terminationProtection]).toEqual([made.account('finops').accountId, 'eu-west-1', true]);
  expect([exports.account, exports.region, exports.terminationProtection]).toEqual([made.organization.managementAccountId, 'us-east-1', true]);
  expect(exports.dependencies).toEqual([data]);
  expect(costs.analytics!.queryNames).toEqual(['showback-by-owner', 'chargeback-by-owner', 'showback-by-environment', 'chargeback-by-environment', 'showback-by-account', 'chargeback-by-account']);
  expect(proofs(app)).toEqual([]);
});

test('questions are about the tags of the zone\'s standard', () => {
  const { costs } = zone({}, { tagging: new TaggingStandard({ tags: [{ key: 'team', default: 'platform' }] }) });
  expect(costs.analytics!.queryNames).toEqual(['showback-by-team', 'chargeback-by-team', 'showback-by-account', 'chargeback-by-account']);
});

test('without the report there is nothing to ask', () => {
  const { costs, stack } = zone({ exports: [CostExport.focus()] });
  expect(costs.analytics).toBeUndefined();
  Template.fromStack(stack('Acme-CostData')).resourceCountIs('AWS::Athena::WorkGroup', 0);
});

test('recommendations: the organization trusts the Cost Optimization Hub before', () => {
  const { made, stack } = zone({ exports: [CostExport.recommendations()] });
  expect(stack('Acme-CostExports').dependencies).toContain(made.organizationStack);
  expect(JSON.stringify(Template.fromStack(made.organizationStack).toJSON())).toContain('cost-optimization-hub.bcm.amazonaws.com');
});

test('a zone with an encryption standard takes them as they are', () => {
  const findings = (ownKey: boolean) => {
    const { app, made } = zone({ ownKey });
    const standard = new EncryptionStandard();
    made.addEncryption(standard);
    Validations.of(app).addPlugins(new LandingZoneChecks(app, { controls: [standard.checkTemplates()] }));
    return proofs(app).filter((line) => /BucketEncryption/.test(line));
  };
  expect(findings(true)).toEqual([]);
  expect(findings(false)).not.toEqual([]);
});

test('exports are delivered to an account behind a perimeter, and a resource control policy that stops AWS Data Exports is found before it is deployed', () => {
  const behind = zone();
  behind.made.enableOnAccount('finops', Controls.denyOutsidePrincipals(), Controls.denyConfusedDeputies());
  expect(proofs(behind.app)).toEqual([]);
  const stopped = zone();
  stopped.made.account('finops').attachPolicy(OrganizationPolicyDocument.json(OrganizationPolicyType.RESOURCE_CONTROL, { name: 'no-exports' }, {
    Version: '2012-10-17', Statement: [{ Sid: 'NoServices', Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }],
  }));
  expect(proofs(stopped.app).filter((line) => line.startsWith('LZ.EXPORT'))).toEqual([expect.stringMatching(/export acme-cur2 is not delivered: bcm-data-exports.amazonaws.com may not do s3:PutObject \(NoServices of .*no-exports/)]);
});

test('once, and in an account that is there', () => {
  const { made } = zone();
  expect(() => made.addCostExports({ account: 'finops' })).toThrow('has exports of costs already');
  expect(() => zone({ account: 'nobody' })).toThrow('nobody');
});
