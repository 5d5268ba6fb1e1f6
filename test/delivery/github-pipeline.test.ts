import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { GithubPipeline, GithubPipelineProps } from '../../src';
import { run } from '../../src/cli/landing-zone';
import { Terminal } from '../../src/cli/terminal';
import { validated } from '../network/aws-solutions';

const PROPS: GithubPipelineProps = { organizationId: 'o-abcdefghij', repository: { name: 'acme/landing-zone', ownerId: '12', repositoryId: '34' } };

function pipeline(props: Partial<GithubPipelineProps> = {}) {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Pipeline', { env: { account: '111122223333', region: 'eu-west-1' } });
  const made = new GithubPipeline(stack, 'Pipeline', { ...PROPS, ...props });
  return { app, stack, made, workflow: parse(made.workflow), jobs: parse(made.workflow).jobs as { [name: string]: any } };
}

const role = (stack: Stack, name: string) => Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(({ Properties }) => Properties).find(({ RoleName }) => RoleName === name);
const steps = (job: any) => job.steps as any[];
const commands = (job: any) => steps(job).map(({ run: command }) => command).filter((command) => command !== undefined).join('\n');

describe('roles', () => {
  test('the one that reads trusts pull requests of the repository, by numbers, and only becomes lookup roles of the organization', () => {
    const { stack } = pipeline();
    const { AssumeRolePolicyDocument, Policies } = role(stack, 'landing-zone-plan');
    expect(AssumeRolePolicyDocument.Statement).toEqual([{
      Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { 'Fn::GetAtt': [expect.stringMatching(/Provider/), 'Arn'] } },
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': ['repo:acme/landing-zone:pull_request', 'repo:acme@12/landing-zone@34:pull_request', 'repo:acme-12/landing-zone-34:pull_request'],
          'token.actions.githubusercontent.com:repository_id': '34',
          'token.actions.githubusercontent.com:repository_owner_id': '12',
        },
      },
    }]);
    expect(Policies[0].PolicyDocument.Statement).toEqual([{
      Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ['arn:aws:iam::*:role/cdk-hnb659fds-lookup-role-*'], Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-abcdefghij' } },
    }]);
  });

  test('the one that deploys trusts the branch in its environment alone', () => {
    const { stack } = pipeline({ branch: 'live', environment: 'prod', bootstrapQualifier: 'acme' });
    const { AssumeRolePolicyDocument, Policies } = role(stack, 'landing-zone-apply');
    expect(AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toMatchObject({
      'token.actions.githubusercontent.com:sub': ['repo:acme/landing-zone:environment:prod', 'repo:acme@12/landing-zone@34:environment:prod', 'repo:acme-12/landing-zone-34:environment:prod'],
      'token.actions.githubusercontent.com:environment': 'prod', 'token.actions.githubusercontent.com:ref': 'refs/heads/live',
    });
    expect(Policies[0].PolicyDocument.Statement[0].Resource).toEqual(['deploy', 'file-publishing', 'image-publishing', 'lookup'].map((kind) => `arn:aws:iam::*:role/cdk-acme-${kind}-role-*`));
  });

  test('an identity provider that is there is used', () => {
    const { stack } = pipeline({ identityProviderArn: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::OIDCProvider', 0);
    Template.fromStack(pipeline().stack).hasResource('AWS::IAM::OIDCProvider', { DeletionPolicy: 'Retain', Properties: { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] } });
  });

  test('AwsSolutions, the controls and CloudFormation have nothing against it', () => {
    const { violations, acknowledged } = validated((stack) => { new GithubPipeline(stack, 'Pipeline', PROPS); });
    expect(violations).toEqual([]);
    expect(acknowledged).toHaveLength(5);
  });
});

describe('the workflow', () => {
  test('pull requests are checked and compared without credentials', () => {
    const { check } = pipeline({ failOn: 'newly-allowed' }).jobs;
    expect(check.permissions).toEqual({ contents: 'read' });
    expect(check.if).toBe('github.event_name == \'pull_request\'');
    // Accounts are held against the base, which has to be there by then.
    const lines = commands(check).split('\n');
    const [synthesizedBase, checked] = [lines.lastIndexOf('npx cdk synth --quiet'), lines.indexOf('npx landing-zone check --assembly cdk.out --base base/cdk.out --format markdown >> "$GITHUB_STEP_SUMMARY"')];
    expect(synthesizedBase).toBeGreaterThan(0);
    expect(checked).toBeGreaterThan(synthesizedBase);
    expect(commands(check)).toContain('npx landing-zone diff base/cdk.out cdk.out --format markdown --fail-on newly-allowed >> "$GITHUB_STEP_SUMMARY"');
    expect(JSON.stringify(check)).not.toContain('configure-aws-credentials');
  });

  test('only waves have the role that deploys, and only of the branch', () => {
    const { jobs, made } = pipeline();
    const users = Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes(made.applyRoleArn)).map(([name]) => name);
    expect(users).toEqual(Array.from({ length: 12 }, (_, index) => `wave${index + 1}`));
    for (const name of users) expect(jobs[name].environment).toBe('landing-zone');
    expect(jobs.order.if).toBe('github.event_name == \'push\'');
    expect(Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes(made.planRoleArn)).map(([name]) => name)).toEqual(['plan']);
    expect(jobs.plan.if).toContain('head.repo.full_name == github.repository');
    expect(commands(jobs.plan)).not.toContain('deploy');
  });

  test('nobody has rights that the job does not name, and actions are of one commit', () => {
    const { workflow, jobs, made } = pipeline();
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(Object.keys(job.permissions)).toContain('contents');
    const used = made.workflow.split('\n').filter((line) => line.includes('uses:'));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    // What comes from the assembly reaches a shell as a variable, never as a part of the script.
    for (const job of Object.values(jobs)) for (const step of steps(job)) expect(step.run ?? '').not.toContain('${{');
  });

  test('each wave waits for the one before, and runs when there is one', () => {
    const { jobs } = pipeline({ maxWaves: 3 });
    expect(['wave1', 'wave2', 'wave3', 'wave4'].map((name) => jobs[name]?.needs)).toEqual([['order'], ['order', 'wave1'], ['order', 'wave2'], undefined]);
    expect([jobs.wave3.if, jobs.wave3.strategy.matrix]).toEqual(['fromJSON(needs.order.outputs.count) > 2', '${{ fromJSON(needs.order.outputs.waves)[2] }}']);
    expect(commands(jobs.order)).toContain('-gt 3 ]');
  });

  test('its landing-zone commands are known', async () => {
    const lines = Object.values(pipeline({ failOn: 'newly-allowed' }).jobs).flatMap((job) => commands(job).split('\n')).filter((line) => line.startsWith('npx landing-zone '));
    for (const line of new Set(lines)) {
      let err = '';
      const terminal = new Terminal({ out: () => undefined, err: (text) => { err += text; }, color: false, interactive: false, clock: () => 0 });
      await run(line.replace(/ >> .*/, '').replaceAll('cdk.out', '/nowhere/cdk.out').split(' ').slice(2), terminal);
      expect(err).toMatch(/there is no such folder|does not exist/);
    }
  });

  test('two synths are identical, and the file is beside the templates', () => {
    const { app, made } = pipeline();
    expect(readFileSync(join(app.synth().directory, 'landing-zone.github.yml'), 'utf8')).toBe(made.workflow);
    expect(pipeline().made.workflow).toBe(made.workflow);
  });

  test('one small snapshot', () => expect(pipeline({ maxWaves: 1 }).made.workflow).toMatchSnapshot());
});

test('the committed workflow is compared', () => {
  const dir = mkdtempSync(join(tmpdir(), 'workflow-'));
  const workflowFile = join(dir, 'landing-zone.yml');
  expect(existsSync(workflowFile)).toBe(false);
  expect(() => pipeline({ workflowFile }).app.synth()).toThrow(`${workflowFile} is missing: run cp cdk.out/landing-zone.github.yml ${workflowFile}`);
  writeFileSync(workflowFile, pipeline().made.workflow);
  expect(() => pipeline({ workflowFile }).app.synth()).not.toThrow();
  expect(() => pipeline({ workflowFile, maxWaves: 3 }).app.synth()).toThrow('is not what the pipeline\'s declaration says');
  rmSync(dir, { recursive: true });
});

test('all mistakes at once', () => {
  expect(() => new GithubPipeline(new Stack(new App(), 'S'), 'P', { organizationId: 'acme', repository: { name: 'acme', ownerId: 'x', repositoryId: '1' }, maxWaves: 0, environment: 'a b' })).toThrow(`Pipeline S/P has 6 problems
  repository "acme": expected owner and name, like acme/landing-zone
  ownerId is "x": a number is expected, as "gh api repos/acme" says it
  environment "a b": letters, digits and . _ - are expected
  organizationId is "acme": expected one like o-abcdefghij
  maxWaves is 0: a whole number of 1 to 100 is expected
  its stack needs an environment, which the workflow names: env: { account, region }`);
});
