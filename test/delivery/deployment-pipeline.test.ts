import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { CODE_PIPELINE, GITHUB, GITLAB, ORGANIZATION, pipeline, role, scriptOf as scriptOfBuild } from './pipeline-fixture';
import { DeploymentPipeline, DeploymentPipelineProps, GithubPipeline, LandingZone, OrganizationFile, PipelineRunner } from '../../src';
import { pipelineCommands } from '../../src/delivery/pipeline-commands';
import { landingZone } from '../cli/command';

/** Commands of each task, as a runner has them. */
interface Commands { readonly review: string[]; readonly plan: string[]; readonly check: string[]; readonly wave: string[] }

/** Commands alone: without formats, and without where the output goes. */
function plain(script: string): string[] {
  return script.split('\n').map((line) => line.trim()).filter((line) => /^(npm|npx|make) /.test(line)).map((line) => line.replace(/ >>? .*$/, '').replace(/ --format \w+/, ''));
}

const scriptOf = (job: any): string => (job.steps ?? []).map((step: any) => step.run ?? '').join('\n') || (job.script ?? []).join('\n');

const RUNNERS: { readonly [name: string]: (options: Partial<DeploymentPipelineProps>) => Commands } = {
  github: (options) => {
    const { jobs } = parse(pipeline(PipelineRunner.github(GITHUB), options).made.workflow!);
    return { review: plain(scriptOf(jobs.check)), plan: plain(scriptOf(jobs.plan)), check: plain(scriptOf(jobs.order)), wave: plain(scriptOf(jobs.wave2)) };
  },
  gitlab: (options) => {
    const jobs = parse(pipeline(PipelineRunner.gitlab(GITLAB), options).made.workflow!);
    const of = (name: string) => plain(scriptOf(jobs[`landing-zone-${name}`]));
    return { review: of('check'), plan: of('plan'), check: of('order'), wave: of('wave2') };
  },
  codePipeline: (options) => {
    const { stack } = pipeline(PipelineRunner.codePipeline(CODE_PIPELINE), options);
    const of = (name: string) => plain(scriptOfBuild(stack, name));
    return { review: of('review'), plan: of('plan'), check: of('check'), wave: of('apply') };
  },
};

/** The one list. */
function listed(options: Partial<DeploymentPipelineProps>): Commands {
  const { install, synth, review, plan, check, waves, deploy } = pipelineCommands({ organizationId: ORGANIZATION, ...options }, { waves: 'any' });
  const synthesized = [install, synth];
  const of = (commands: string[]) => plain(commands.join('\n'));
  return {
    review: of([...synthesized, ...synthesized, review.check, review.diff, review.waves]), plan: of([...synthesized, plan]), check: of([...synthesized, check, waves]), wave: of([install, deploy]),
  };
}

describe.each(Object.keys(RUNNERS))('%s', (name) => {
  test.each([
    ['what is there by itself', {}],
    ['other commands', { installCommand: 'npm install --omit dev', synthCommand: 'make synth', failOn: 'any' }],
  ])('runs the commands of the one list, in its order: %s', (_what, options) => {
    expect(RUNNERS[name]!(options)).toEqual(listed(options));
  });
});

describe('the list, on a landing zone', () => {
  const work = mkdtempSync(join(tmpdir(), 'pipeline-'));
  afterAll(() => rmSync(work, { recursive: true }));

  /** An assembly of accounts that AWS has, and of one that is asked for. */
  function assembly(name: string, accounts: readonly string[], asked?: string): string {
    const file = join(work, `${name}.yaml`);
    const entries = (keys: readonly string[], more = '') => keys.map((key) => `        ${key}: { email: ${key}@acme.example${more} }`).join('\n');
    writeFileSync(file, `organization:
  managementAccount: { email: aws@acme.example }
  regions: { home: eu-west-1 }
  controlSets: [foundational]
  units:
    Prod:
      accounts:
${entries(accounts)}
    Suspended:
      controlSets: [quarantine]${asked === undefined ? '' : `\n      accounts:\n${entries([asked], ', state: vending')}`}
`);
    const known = Object.fromEntries(['shop', 'web'].map((key, index) => [`${key}@acme.example`, String(111111111111 + index)]));
    writeFileSync(join(work, 'organization.lock.json'), JSON.stringify({ version: 1, organizationId: ORGANIZATION, rootId: 'r-ab12', managementAccountId: '999999999999', units: {}, accounts: known }));
    const app = new App({ outdir: join(work, name), analyticsReporting: false });
    new LandingZone(app, 'Acme', { organization: OrganizationFile.load(file) });
    return app.synth().directory;
  }

  const base = assembly('base', ['shop', 'web']);

  /** Exit codes of the commands of landing-zone, in order. */
  async function exits(commands: readonly string[], head: string): Promise<string[]> {
    const results: string[] = [];
    for (const line of commands.filter((one) => one.startsWith('npx landing-zone '))) {
      const args = line.split(' ').slice(2).map((word) => ({ 'cdk.out': head, 'base/cdk.out': base })[word] ?? word);
      const { exit, out, err } = await landingZone(...args);
      results.push(`${args[0]} ${exit}${err}${args[0] === 'check' && exit === 1 ? out.split('\n').filter((text) => text.includes('shop')).join() : ''}`);
    }
    return results;
  }

  test('an account that is asked for in quarantine passes, and the branch after it', async () => {
    const { review, check } = listed({ failOn: 'newly-allowed' });
    const head = assembly('asked', ['shop', 'web'], 'till');
    expect(await exits(review, head)).toEqual(['check 0', 'diff 0', 'waves 0']);
    expect(await exits(check.map((line) => line.replace(/^(npx landing-zone waves .*)$/, '$1 --format lines')), head)).toEqual(['check 0', 'waves 0']);
  });

  test('one that vanishes is refused by the check, before anything is compared', async () => {
    const [check] = await exits(listed({}).review, assembly('lost', ['web']));
    expect(check).toMatch(/^check 1.*shop/);
  });

  test('it has all commands', () => {
    const { review, plan, check, wave } = listed({});
    expect([review.length, plan.length, check.length, wave.length]).toEqual([7, 3, 4, 2]);
  });
});

describe.each([
  ['github', PipelineRunner.github(GITHUB)],
  ['gitlab', PipelineRunner.gitlab(GITLAB)],
  ['codePipeline', PipelineRunner.codePipeline(CODE_PIPELINE)],
])('roles of %s', (_name, runner) => {
  const { stack, made } = pipeline(runner, { bootstrapQualifier: 'acme' }, 'us-gov-west-1');
  const become = (name: string) => role(stack, name).Policies.flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement).filter(({ Action }: any) => Action === 'sts:AssumeRole');
  const bootstrap = (...kinds: string[]) => [{
    Effect: 'Allow', Action: 'sts:AssumeRole', Resource: kinds.map((kind) => `arn:aws-us-gov:iam::*:role/cdk-acme-${kind}-role-*`), Condition: { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION } },
  }];

  test('one reads, one deploys, in accounts of the organization alone, and nobody else becomes anything', () => {
    expect(become('landing-zone-plan')).toEqual(bootstrap('lookup'));
    expect(become('landing-zone-apply')).toEqual(bootstrap('deploy', 'file-publishing', 'image-publishing', 'lookup'));
    const all = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter(({ Properties }) => JSON.stringify(Properties.Policies).includes('sts:'));
    expect(all.map(({ Properties }) => Properties.RoleName).sort()).toEqual(['landing-zone-apply', 'landing-zone-plan']);
    expect([made.planRoleArn, made.applyRoleArn]).toEqual(['plan', 'apply'].map((name) => `arn:aws-us-gov:iam::111122223333:role/landing-zone-${name}`));
  });
});

test('another runner changes the two roles and makes no others: names are taken, and a logical id keeps its type', () => {
  const [github, gitlab, codePipeline] = [PipelineRunner.github(GITHUB), PipelineRunner.gitlab(GITLAB), PipelineRunner.codePipeline(CODE_PIPELINE)]
    .map((runner) => Template.fromStack(pipeline(runner).stack).toJSON().Resources as { [id: string]: any });
  const rolesOf = (resources: { [id: string]: any }) => Object.keys(resources).filter((id) => ['landing-zone-plan', 'landing-zone-apply'].includes(resources[id].Properties.RoleName));
  expect(rolesOf(gitlab!)).toEqual(rolesOf(github!));
  expect(rolesOf(codePipeline!).sort()).toEqual(rolesOf(github!).sort());
  for (const [before, after] of [[github, gitlab], [github, codePipeline], [gitlab, codePipeline]]) {
    for (const id of Object.keys(before!)) expect([id, after![id]?.Type ?? before![id].Type]).toEqual([id, before![id].Type]);
  }
});

test('GithubPipeline and DeploymentPipeline with GitHub are one: a change between them changes nothing in AWS', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const [one, other] = [new Stack(new App(), 'Pipeline', { env }), new Stack(new App(), 'Pipeline', { env })];
  const old = new GithubPipeline(one, 'Pipeline', { organizationId: ORGANIZATION, ...GITHUB, failOn: 'any' });
  const made = new DeploymentPipeline(other, 'Pipeline', { organizationId: ORGANIZATION, failOn: 'any', runner: PipelineRunner.github(GITHUB) });
  expect(Template.fromStack(other).toJSON()).toEqual(Template.fromStack(one).toJSON());
  expect([made.workflow, made.planRoleArn, made.applyRoleArn]).toEqual([old.workflow, old.planRoleArn, old.applyRoleArn]);
});
