import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { GITLAB, ORGANIZATION, pipeline, role } from './pipeline-fixture';
import { DeploymentPipeline, DeploymentPipelineProps, GitlabRunnerOptions, PipelineRunner } from '../../src';
import { openTrust } from '../../src/analysis/web-identity-trust';
import { validated } from '../network/aws-solutions';

function gitlab(runner: Partial<GitlabRunnerOptions> = {}, options: Partial<DeploymentPipelineProps> = {}) {
  const { app, stack, made } = pipeline(PipelineRunner.gitlab({ ...GITLAB, ...runner }), options);
  return { app, stack, made, jobs: parse(made.workflow!) as { [name: string]: any } };
}

const ruleOf = (job: any): string => job.rules.map((rule: any) => rule.if).join(' || ');

/** Which jobs a pipeline of GitLab has, by its variables: rules of `==` and `&&` alone. */
function started(jobs: { [name: string]: any }, variables: { [name: string]: string }): string[] {
  const value = (side: string) => (side.startsWith('$') ? variables[side.slice(1)] : JSON.parse(side));
  return Object.keys(jobs).filter((name) => ruleOf(jobs[name]).split(' && ').every((test) => {
    const sides = /^(\S+) == (\S+)$/.exec(test);
    if (!sides) throw new Error(`The test does not read "${test}"`);
    return value(sides[1]!) !== undefined && value(sides[1]!) === value(sides[2]!);
  }));
}

const MERGE_REQUEST = {
  CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_MERGE_REQUEST_PROJECT_ID: '56', CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '56', CI_PROJECT_PATH: 'acme/landing-zone',
};
const PUSH = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_PROJECT_PATH: 'acme/landing-zone' };

describe('roles', () => {
  test('every branch of the project reads, the protected one deploys, and both only become bootstrap roles of the organization', () => {
    const { stack } = gitlab();
    const [plan, apply] = [role(stack, 'landing-zone-plan'), role(stack, 'landing-zone-apply')];
    expect(plan.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:project_id': '56' }, StringLike: { 'gitlab.com:sub': 'project_path:acme/landing-zone:ref_type:branch:ref:*' },
    });
    expect(apply.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:project_id': '56', 'gitlab.com:sub': 'project_path:acme/landing-zone:ref_type:branch:ref:main', 'gitlab.com:ref_protected': 'true' },
    });
    expect(plan.Policies[0].PolicyDocument.Statement).toEqual([{
      Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ['arn:aws:iam::*:role/cdk-hnb659fds-lookup-role-*'], Condition: { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION } },
    }]);
    for (const { AssumeRolePolicyDocument, Policies } of [plan, apply]) {
      expect(openTrust(AssumeRolePolicyDocument)).toEqual([]);
      expect(Policies[0].PolicyDocument.Statement.map(({ Action }: any) => Action)).toEqual(['sts:AssumeRole']);
    }
  });

  test('tokens of others are refused: another project, path or branch, a branch that is not protected, a fork', () => {
    const { stack } = gitlab();
    const own = { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:project_id': '56', 'gitlab.com:sub': 'project_path:acme/landing-zone:ref_type:branch:ref:main', 'gitlab.com:ref_protected': 'true' };
    const trusts = (name: string, claims: { [claim: string]: string }) => {
      const { StringEquals, StringLike = {} } = role(stack, name).AssumeRolePolicyDocument.Statement[0].Condition;
      return Object.entries(StringEquals).every(([claim, value]) => claims[claim] === value) && Object.entries<string>(StringLike).every(([claim, pattern]) => claims[claim]!.startsWith(pattern.replace(/\*$/, '')));
    };
    const both = (claims: { [claim: string]: string }) => ['landing-zone-plan', 'landing-zone-apply'].map((name) => trusts(name, { ...own, ...claims }));
    expect(both({})).toEqual([true, true]);
    expect(both({ 'gitlab.com:sub': 'project_path:acme/landing-zone:ref_type:branch:ref:feature' })).toEqual([true, false]);
    expect(both({ 'gitlab.com:sub': 'project_path:acme/landing-zone:ref_type:tag:ref:main' })).toEqual([false, false]);
    expect(both({ 'gitlab.com:ref_protected': 'false' })).toEqual([true, false]);
    for (const [claim, value] of [['project_id', '57'], ['aud', 'https://gitlab.com'], ['sub', 'project_path:eve/landing-zone:ref_type:branch:ref:main']]) expect(both({ [`gitlab.com:${claim}`]: value! })).toEqual([false, false]);
  });

  test('AwsSolutions, the controls and CloudFormation have nothing against it', () => {
    const { violations } = validated((stack) => { new DeploymentPipeline(stack, 'Pipeline', { organizationId: ORGANIZATION, runner: PipelineRunner.gitlab(GITLAB) }); });
    expect(violations).toEqual([]);
  });
});

describe('which jobs run', () => {
  const { jobs } = gitlab({}, { maxWaves: 2 });
  const WAVES = ['landing-zone-wave1', 'landing-zone-wave2'];

  test('a merge request is checked and planned; one of a fork is checked, in the fork and here', () => {
    expect(started(jobs, MERGE_REQUEST)).toEqual(['landing-zone-check', 'landing-zone-plan']);
    expect(started(jobs, { ...MERGE_REQUEST, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99' })).toEqual(['landing-zone-check']);
    expect(started(jobs, { ...MERGE_REQUEST, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99', CI_PROJECT_PATH: 'eve/landing-zone' })).toEqual(['landing-zone-check']);
    expect(started(jobs, { ...MERGE_REQUEST, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'other' })).toEqual([]);
  });

  test('the branch starts one child pipeline, which has the rest; other branches and forks start nothing', () => {
    expect(started(jobs, PUSH)).toEqual(['landing-zone']);
    expect(started(jobs, { ...PUSH, CI_PIPELINE_SOURCE: 'parent_pipeline' })).toEqual(['landing-zone-order', ...WAVES]);
    for (const other of [{ CI_COMMIT_BRANCH: 'feature' }, { CI_PROJECT_PATH: 'eve/landing-zone' }, { CI_PIPELINE_SOURCE: 'schedule' }]) expect(started(jobs, { ...PUSH, ...other })).toEqual([]);
  });

  test('one deployment at a time, from the check to the last wave', () => {
    expect(jobs['landing-zone']).toMatchObject({ resource_group: 'landing-zone', trigger: { include: [{ local: '.gitlab-ci.yml' }], strategy: 'depend' } });
    expect(gitlab({ workflowFile: 'ci/zone.yml' }).jobs['landing-zone'].trigger.include).toEqual([{ local: 'ci/zone.yml' }]);
  });

  test('each wave waits for the one before and has the assembly that was checked', () => {
    expect(WAVES.map((name) => jobs[name].needs)).toEqual([[{ job: 'landing-zone-order' }], [{ job: 'landing-zone-order' }, { job: 'landing-zone-wave1', artifacts: false }]]);
    expect(jobs['landing-zone-order'].artifacts.paths).toEqual(['cdk.out']);
    const script: string[] = jobs['landing-zone-order'].script;
    expect(script.findIndex((line) => line.startsWith('npx landing-zone check'))).toBeLessThan(script.findIndex((line) => line.startsWith('npx landing-zone waves')));
  });
});

describe('credentials', () => {
  const { jobs, made } = gitlab();

  test('a job has the token it needs, and no other', () => {
    const users = (arn: string) => Object.keys(jobs).filter((name) => JSON.stringify(jobs[name]).includes(arn));
    expect(users(made.planRoleArn)).toEqual(['landing-zone-plan']);
    expect(users(made.applyRoleArn)).toEqual(Array.from({ length: 12 }, (_, index) => `landing-zone-wave${index + 1}`));
    expect(Object.keys(jobs).filter((name) => jobs[name].id_tokens === undefined)).toEqual(['landing-zone-check', 'landing-zone', 'landing-zone-order']);
    expect(jobs['landing-zone-plan'].script.join('\n')).not.toContain('deploy');
    for (const name of users(made.applyRoleArn)) expect(jobs[name].environment).toBe('landing-zone');
  });

  test('what somebody else names never reaches a shell: hashes and numbers of GitLab alone', () => {
    const used = new Set(Object.values(jobs).flatMap((job) => [...(job.script ?? []).join('\n').matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1])));
    expect([...used].sort()).toEqual(['AWS_WEB_IDENTITY_TOKEN_FILE', 'CI_MERGE_REQUEST_DIFF_BASE_SHA', 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA', 'LANDING_ZONE_TOKEN', 'STACKS']);
  });
});

describe('the script of a wave, in a shell', () => {
  /** What is deployed by the job of a wave, with commands that write down how they are called. */
  function deployed(job: any, waves: string, variables: { [name: string]: string } = {}): string[] {
    const dir = mkdtempSync(join(tmpdir(), 'gitlab-'));
    try {
      mkdirSync(join(dir, 'cdk.out'));
      mkdirSync(join(dir, 'bin'));
      writeFileSync(join(dir, 'cdk.out', 'landing-zone.waves'), waves);
      for (const name of ['npm', 'npx']) writeFileSync(join(dir, 'bin', name), `#!/bin/sh\necho ${name} "$@" >> "${dir}/called"\n[ -z "$AWS_WEB_IDENTITY_TOKEN_FILE" ] || echo "token $(cat "$AWS_WEB_IDENTITY_TOKEN_FILE")" >> "${dir}/called"\n`, { mode: 0o755 });
      writeFileSync(join(dir, 'called'), '');
      execFileSync('bash', ['--norc', '-eo', 'pipefail', '-c', job.script.join('\n')], { cwd: dir, env: { PATH: `${dir}/bin:${process.env.PATH}`, TMPDIR: dir, LANDING_ZONE_TOKEN: 'shown', ...variables } });
      return readFileSync(join(dir, 'called'), 'utf8').trim().split('\n').filter((line) => line !== '');
    } finally {
      rmSync(dir, { recursive: true });
    }
  }
  const DEPLOY = 'npx cdk deploy --app cdk.out --exclusively --force --require-approval never --concurrency 8';

  test('it deploys the stacks of its line with the job\'s token', () => {
    const { jobs } = gitlab();
    expect(deployed(jobs['landing-zone-wave2'], 'A/One\nB/Two B/Three\n')).toEqual(['npm ci', `${DEPLOY} B/Two B/Three`, 'token shown']);
  });

  test('without a wave it does nothing, not even install', () => {
    expect(deployed(gitlab().jobs['landing-zone-wave3'], 'A/One\nB/Two\n')).toEqual([]);
  });

  test('jobs of one wave deploy each stack once', () => {
    const job = gitlab({ jobsPerWave: 3 }).jobs['landing-zone-wave1'];
    expect(job.parallel).toBe(3);
    const share = (index: number) => deployed(job, 'A B C D\n', { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: '3' }).filter((line) => line.startsWith('npx')).flatMap((line) => line.slice(DEPLOY.length + 1).split(' '));
    expect([1, 2, 3].map(share)).toEqual([['A', 'D'], ['B'], ['C']]);
  });

  test('more waves than places fail before anything is deployed', () => {
    const room = gitlab({}, { maxWaves: 1 }).jobs['landing-zone-order'].script.at(-1);
    const of = (waves: string) => deployed({ script: [room] }, waves);
    expect(() => of('A\nB\n')).toThrow('Command failed');
    expect(of('A\n')).toEqual([]);
  });
});

test('the committed file is compared, and two synths are identical', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gitlab-'));
  const before = process.cwd();
  process.chdir(dir);
  try {
    const runner = { workflowFile: '.gitlab-ci.yml' };
    expect(() => gitlab(runner).app.synth()).toThrow('.gitlab-ci.yml is missing: run cp cdk.out/landing-zone.gitlab-ci.yml .gitlab-ci.yml');
    writeFileSync('.gitlab-ci.yml', gitlab(runner).made.workflow!);
    expect(readFileSync(join(gitlab(runner).app.synth().directory, 'landing-zone.gitlab-ci.yml'), 'utf8')).toBe(gitlab(runner).made.workflow);
    expect(() => gitlab(runner, { failOn: 'newly-allowed' }).app.synth()).toThrow('.gitlab-ci.yml is not what the pipeline\'s declaration says');
  } finally {
    process.chdir(before);
    rmSync(dir, { recursive: true });
  }
});

test('all mistakes at once', () => {
  expect(() => gitlab({ project: 'acme/*', projectId: undefined, environment: 'a b', jobsPerWave: 0, workflowFile: '../x.yml', image: ' ' }, { organizationId: 'acme', branch: '*', maxWaves: 101 })).toThrow(`Pipeline Pipeline/Pipeline has 9 problems
  "acme/*" is no path of one project: expected groups and name, like acme/payments/shop; patterns would let other projects in
  projectId is missing: the path may be somebody else's one day; "glab api projects/:id --jq .id" says it
  environment "a b": letters, digits and . _ - are expected
  jobsPerWave is 0: a whole number of 1 to 200 is expected
  workflowFile "../x.yml": a path from the root of the repository is expected, like .gitlab-ci.yml
  image is empty: name one with Node.js and Git, like node:22
  organizationId is "acme": expected one like o-abcdefghij
  branch "*": the name of one branch is expected, like main; patterns would let other branches deploy
  maxWaves is 101: a whole number of 1 to 100 is expected`);
});

test('one small snapshot', () => expect(gitlab({}, { maxWaves: 1 }).made.workflow).toMatchSnapshot());
