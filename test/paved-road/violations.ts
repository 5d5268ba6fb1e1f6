import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';

/** Violations that a synthesis reports, with CloudFormation's validation: stack and rule. */
export function violations(build: (app: App) => void): { readonly stack: string; readonly rule: string; readonly text: string }[] {
  const outdir = mkdtempSync(join(tmpdir(), 'paved-road-'));
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'true';
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
    build(app);
    try {
      app.synth();
    } catch (error) {
      if (!/validation/i.test((error as Error).message)) throw error;
    }
    const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    return pluginReports.flatMap((report: any) => (report.violations ?? []).flatMap(({ ruleName, description, violatingConstructs, violatingResources }: any) => (
      (violatingConstructs ?? violatingResources).map(({ constructPath }: any) => ({ stack: String(constructPath).split('/')[0], rule: ruleName, text: description })))));
  } finally {
    process.env.CDK_VALIDATION = before;
    rmSync(outdir, { recursive: true });
  }
}
