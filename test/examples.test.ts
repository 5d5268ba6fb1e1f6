import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { landingZone } from './cli/command';

const EXAMPLES = join(__dirname, '..', 'examples');
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'cdk.json')));

/** All violations of any plugin and severity that synthesis reported. */
function violations(outdir: string): string[] {
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ pluginName, violations: found }: any) => found.map(({ ruleName, description }: any) => `${pluginName} ${ruleName}: ${description}`));
}

describe.each(names)('examples/%s', (name) => {
  const outdir = join(mkdtempSync(join(tmpdir(), 'example-')), 'cdk.out');

  test('synthesizes offline with no finding of CloudFormation validation, AwsSolutions or our own checks', () => {
    const { AWS_PROFILE: _, CDK_VALIDATION: __, ...env } = process.env;
    const run = spawnSync(process.execPath, ['-r', 'tsx/cjs', 'main.ts'], {
      cwd: join(EXAMPLES, name), encoding: 'utf8', env: { ...env, CDK_OUTDIR: outdir, CDK_APP_MODE: 'process' },
    });
    expect({ status: run.status, output: run.stdout + run.stderr }).toEqual({ status: 0, output: '' });
    expect(violations(outdir)).toEqual([]);
  });

  test('passes the command\'s check', async () => {
    const { exit, out } = await landingZone('check', '--assembly', outdir);
    expect(out).toContain('no violation while synthesizing');
    expect(exit).toBe(0);
  });
});

test('CloudFormation validation is really on there: a property that does not exist is found', () => {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'true';
  try {
    const outdir = mkdtempSync(join(tmpdir(), 'wrong-'));
    const app = new App({ outdir, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
    new CfnResource(new Stack(app, 'Wrong'), 'Unit', { type: 'AWS::Organizations::OrganizationalUnit', properties: { Name: 'x', Parent: 'r-ab12' } });
    try { app.synth(); } catch { /* the report says what is wrong */ }
    expect(violations(outdir).join('\n')).toMatch(/Parent/);
  } finally {
    process.env.CDK_VALIDATION = before;
  }
});
