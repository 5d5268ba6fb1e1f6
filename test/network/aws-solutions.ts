import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { LandingZoneChecks } from '../../src/compliance/landing-zone-checks';

/** What synthesis reports with AwsSolutions, our own controls and CloudFormation's validation switched on: every violation, and what is acknowledged. */
export function validated(build: (stack: Stack) => void): { readonly violations: string[]; readonly acknowledged: string[] } {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'true';
  const outdir = mkdtempSync(join(tmpdir(), 'network-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(), new LandingZoneChecks());
    build(new Stack(app, 'Network', { env: { account: '444455556666', region: 'eu-west-1' } }));
    try {
      app.synth();
    } catch (error) {
      if (!/validation/i.test((error as Error).message)) throw error;
    }
    const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    const lines = (part: string) => pluginReports.flatMap((report: any) => (report[part] ?? []).map(({ ruleName, description, reason }: any) => `${report.pluginName} ${ruleName}: ${reason ?? description}`));
    return { violations: lines('violations'), acknowledged: lines('suppressedViolations') };
  } finally {
    process.env.CDK_VALIDATION = before;
    rmSync(outdir, { recursive: true });
  }
}
