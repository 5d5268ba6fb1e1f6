import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { CODE_PIPELINE, ORGANIZATION, pipeline, role, scriptOf } from './pipeline-fixture';
import { CodePipelineRunnerOptions, DeploymentPipeline, DeploymentPipelineProps, PipelineRunner } from '../../src';
import { validated } from '../network/aws-solutions';

function codePipeline(runner: Partial<CodePipelineRunnerOptions> = {}, options: Partial<DeploymentPipelineProps> = {}) {
  const { stack, made } = pipeline(PipelineRunner.codePipeline({ ...CODE_PIPELINE, ...runner }), options);
  const template = Template.fromStack(stack);
  const of = (type: string) => Object.entries<any>(template.findResources(type));
  const named = (name: string) => of('AWS::CodePipeline::Pipeline').map(([, { Properties }]) => Properties).find(({ Name }) => Name === name);
  return { stack, made, template, of, deployment: named('landing-zone'), review: named('landing-zone-review') };
}

const stage = (of: any, name: string) => of.Stages.find(({ Name }: any) => Name === name);
const statements = (of: any): any[] => (of.Policies ?? []).flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement);
const actions = (of: any): string[] => statements(of).flatMap(({ Action }) => Action);

describe('the pipeline of the branch', () => {
  test('it is checked before anything is deployed, and one wave after the other, all in one stage', () => {
    const { deployment } = codePipeline({}, { maxWaves: 3, branch: 'live' });
    expect(deployment.Stages.map(({ Name }: any) => Name)).toEqual(['Source', 'Check', 'Deploy']);
    expect(stage(deployment, 'Deploy').Actions.map(({ Name, RunOrder }: any) => [Name, RunOrder])).toEqual([['Wave1', 1], ['Wave2', 2], ['Wave3', 3]]);
    expect([deployment.PipelineType, deployment.ExecutionMode, deployment.RestartExecutionOnUpdate]).toEqual(['V2', 'QUEUED', true]);
    expect(deployment.Triggers).toEqual([{ ProviderType: 'CodeStarSourceConnection', GitConfiguration: { SourceActionName: 'Change', Push: [{ Branches: { Includes: ['live'] } }] } }]);
    expect(stage(deployment, 'Source').Actions[0].Configuration).toEqual({
      ConnectionArn: CODE_PIPELINE.connectionArn, FullRepositoryId: 'acme/landing-zone', BranchName: 'live', OutputArtifactFormat: 'CODE_ZIP', DetectChanges: 'false',
    });
  });

  test('each wave has the assembly that was checked', () => {
    const { deployment } = codePipeline();
    const [check] = stage(deployment, 'Check').Actions;
    expect(check.OutputArtifacts).toEqual([{ Name: 'Assembly' }]);
    for (const wave of stage(deployment, 'Deploy').Actions) expect(wave.InputArtifacts).toEqual([{ Name: 'Change' }, { Name: 'Assembly' }]);
  });

  test('somebody approves where it is asked for, and builds share a wave', () => {
    const { deployment } = codePipeline({ approvalBeforeWaves: [2], buildsPerWave: 2 }, { maxWaves: 2 });
    const deploy = stage(deployment, 'Deploy').Actions;
    expect(deploy.map(({ Name, RunOrder, ActionTypeId }: any) => [Name, RunOrder, ActionTypeId.Provider])).toEqual([
      ['Wave1-1', 1, 'CodeBuild'], ['Wave1-2', 1, 'CodeBuild'], ['Approve2', 2, 'Manual'], ['Wave2-1', 3, 'CodeBuild'], ['Wave2-2', 3, 'CodeBuild'],
    ]);
    expect(JSON.parse(deploy[4].Configuration.EnvironmentVariables)).toEqual([{ name: 'WAVE', value: '2', type: 'PLAINTEXT' }, { name: 'SHARE', value: '1', type: 'PLAINTEXT' }]);
  });
});

describe('the pipeline of pull requests', () => {
  test('they start it, do not wait for each other, and are compared with what is deployed when somebody has approved', () => {
    const { review } = codePipeline();
    expect(review.Triggers[0].GitConfiguration).toEqual({ SourceActionName: 'Change', PullRequest: [{ Events: ['OPEN', 'UPDATED'], Branches: { Includes: ['main'] } }] });
    expect(review.ExecutionMode).toBe('PARALLEL');
    expect(review.Stages.map(({ Actions }: any) => Actions.map(({ Name, RunOrder }: any) => `${Name} ${RunOrder ?? ''}`.trim()))).toEqual([['Change', 'Base'], ['Review 1'], ['Approve 1', 'Plan 2']]);
  });

  test('without an approval it says why', () => {
    const { review, of } = codePipeline({ planWithoutApproval: 'the repository has no forks' });
    expect(stage(review, 'Plan').Actions.map(({ Name }: any) => Name)).toEqual(['Plan']);
    expect(of('AWS::CodePipeline::Pipeline').map(([, { Metadata }]) => Metadata?.['cdk-landing-zone']).filter((one) => one !== undefined)).toEqual([{ planWithoutApproval: 'the repository has no forks' }]);
  });

  test('its code reaches neither credentials, nor a bucket it could write to, nor anything of what the branch deploys', () => {
    const { stack, deployment, review } = codePipeline();
    const store = JSON.stringify(deployment.ArtifactStore.Location);
    expect(JSON.stringify(review.ArtifactStore.Location)).not.toBe(store);
    expect(actions(role(stack, 'landing-zone-review')).filter((action) => action.startsWith('sts:'))).toEqual([]);
    for (const name of ['landing-zone-review', 'landing-zone-plan']) {
      const used = role(stack, name);
      expect(actions(used).filter((action) => /Put(?!LogEvents)|Delete|Encrypt|GenerateDataKey|UseConnection|codebuild/.test(action))).toEqual([]);
      expect(JSON.stringify(statements(used))).not.toContain(JSON.stringify(deployment.ArtifactStore.Location.Ref));
    }
  });
});

describe('roles', () => {
  const { stack, of, template } = codePipeline();
  const build = (name: string) => role(stack, `landing-zone-${name}`);

  test('each task has its own, which one project of CodeBuild alone may take', () => {
    for (const name of ['review', 'plan', 'check', 'apply']) {
      expect(build(name).AssumeRolePolicyDocument.Statement).toEqual([{
        Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': `arn:aws:codebuild:eu-west-1:111122223333:project/landing-zone-${name}` } },
      }]);
    }
    expect(of('AWS::CodeBuild::Project').map(([, { Properties }]) => Properties.Name).sort()).toEqual(['apply', 'check', 'plan', 'review'].map((name) => `landing-zone-${name}`));
  });

  test('the check of the branch has no credentials either, and keeps the assembly', () => {
    expect(actions(build('check')).filter((action) => action.startsWith('sts:'))).toEqual([]);
    expect(actions(build('check'))).toContain('s3:PutObject');
    expect(actions(build('apply'))).not.toContain('s3:PutObject');
  });

  test('nobody has all actions or all resources', () => {
    for (const [, { Properties }] of of('AWS::IAM::Role')) {
      expect(actions(Properties).filter((action) => action.includes('*'))).toEqual([]);
      expect(statements(Properties).flatMap(({ Resource }) => Resource).filter((resource) => resource === '*')).toEqual([]);
    }
  });

  test('pipelines start their own builds and fetch by their connection, which is named as its ARN is', () => {
    const of2 = (arn: string) => Object.values<any>(Template.fromStack(codePipeline({ connectionArn: arn }).stack).findResources('AWS::IAM::Role'))
      .filter(({ Properties }) => JSON.stringify(Properties).includes('codepipeline.amazonaws.com')).map(({ Properties }) => statements(Properties).find(({ Action }) => String(Action).includes('UseConnection')));
    expect(of2(CODE_PIPELINE.connectionArn)).toEqual(Array(2).fill({ Effect: 'Allow', Action: 'codeconnections:UseConnection', Resource: CODE_PIPELINE.connectionArn }));
    const old = CODE_PIPELINE.connectionArn.replace('codeconnections', 'codestar-connections');
    expect(of2(old)[0].Action).toBe('codestar-connections:UseConnection');
  });

  test('artifacts are encrypted with a key of their own and stay, each pipeline\'s in a bucket', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key']) for (const [, { DeletionPolicy }] of of(type)) expect(DeletionPolicy).toBe('Retain');
    template.resourceCountIs('AWS::S3::Bucket', 2);
    const [[key]] = of('AWS::KMS::Key');
    for (const [, { Properties }] of of('AWS::S3::Bucket')) {
      expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [key, 'Arn'] } });
    }
    for (const [, { Properties }] of of('AWS::CodeBuild::Project')) expect(Properties.EncryptionKey).toEqual({ 'Fn::GetAtt': [key, 'Arn'] });
  });
});

describe('scripts', () => {
  test('what somebody else names never reaches a shell, nor a build as a variable', () => {
    const { stack, of } = codePipeline({ buildsPerWave: 2 });
    const used = new Set(['review', 'plan', 'check', 'apply'].flatMap((name) => [...scriptOf(stack, name).matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1])));
    expect([...used].sort()).toEqual(['CODEBUILD_SRC_DIR_Assembly', 'CODEBUILD_SRC_DIR_Base', 'SHARE', 'STACKS', 'WAVE']);
    expect(JSON.stringify(of('AWS::CodePipeline::Pipeline'))).not.toContain('#{');
  });

  /** What the script calls, with commands that write that down. */
  function called(script: string, { waves = '', variables = {} }: { readonly waves?: string; readonly variables?: { [name: string]: string } }): string[] {
    const dir = mkdtempSync(join(tmpdir(), 'codebuild-'));
    try {
      for (const path of ['change', 'assembly/cdk.out', 'base', 'bin']) mkdirSync(join(dir, path), { recursive: true });
      writeFileSync(join(dir, 'assembly/cdk.out/landing-zone.waves'), waves);
      const command = (name: string) => `#!/bin/sh\necho "$(basename "$PWD"): ${name} $@" >> "${dir}/called"\nmkdir -p cdk.out\ncase "$*" in *"format lines"*) cat "${dir}/assembly/cdk.out/landing-zone.waves";; esac\n`;
      for (const name of ['npm', 'npx']) writeFileSync(join(dir, 'bin', name), command(name), { mode: 0o755 });
      writeFileSync(join(dir, 'called'), '');
      execFileSync('bash', ['--norc', '-c', script], {
        cwd: join(dir, 'change'), stdio: 'pipe', env: { PATH: `${dir}/bin:${process.env.PATH}`, CODEBUILD_SRC_DIR_Assembly: `${dir}/assembly`, CODEBUILD_SRC_DIR_Base: `${dir}/base`, ...variables },
      });
      return readFileSync(join(dir, 'called'), 'utf8').trim().split('\n').filter((line) => line !== '');
    } finally {
      rmSync(dir, { recursive: true });
    }
  }
  const DEPLOY = 'change: npx cdk deploy --app cdk.out --exclusively --force --require-approval never --concurrency 8';

  test('a wave deploys the stacks of its line, and a place without a wave not even installs', () => {
    const script = scriptOf(codePipeline().stack, 'apply');
    expect(called(script, { waves: 'A/One\nB/Two B/Three\n', variables: { WAVE: '2' } })).toEqual(['change: npm ci', `${DEPLOY} B/Two B/Three`]);
    expect(called(script, { waves: 'A/One\n', variables: { WAVE: '2' } })).toEqual([]);
  });

  test('builds of one wave deploy each stack once', () => {
    const script = scriptOf(codePipeline({ buildsPerWave: 3 }, { maxWaves: 2 }).stack, 'apply');
    const shares = ['0', '1', '2'].map((share) => called(script, { waves: 'A B C D\n', variables: { WAVE: '1', SHARE: share } }).filter((line) => line.includes('deploy')).flatMap((line) => line.slice(DEPLOY.length + 1).split(' ')));
    expect(shares).toEqual([['C'], ['A', 'D'], ['B']]);
  });

  test('the base of a pull request is synthesized before it is checked against it', () => {
    expect(called(scriptOf(codePipeline().stack, 'review'), {}).slice(0, 5)).toEqual([
      'change: npm ci', 'change: npx cdk synth --quiet', 'base: npm ci', 'base: npx cdk synth --quiet', 'change: npx landing-zone check --assembly cdk.out --base base/cdk.out',
    ]);
  });

  test('more waves than places fail the check', () => {
    const script = scriptOf(codePipeline({}, { maxWaves: 1 }).stack, 'check');
    expect(() => called(script, { waves: 'A\nB\n' })).toThrow('Command failed');
    expect(called(script, { waves: 'A\n' })).toHaveLength(4);
  });

  test('Node.js is of the version that is asked for', () => {
    const [[, { Properties }]] = codePipeline({}, { nodeVersion: '20' }).of('AWS::CodeBuild::Project') as any;
    expect(parse(Properties.Source.BuildSpec)).toMatchObject({ version: 0.2, env: { shell: 'bash' }, phases: { install: { 'runtime-versions': { nodejs: '20' } } } });
  });
});

test('AwsSolutions, the controls and CloudFormation have nothing against it', () => {
  const { violations, acknowledged } = validated((stack) => {
    new DeploymentPipeline(stack, 'Pipeline', { organizationId: ORGANIZATION, runner: PipelineRunner.codePipeline({ ...CODE_PIPELINE, approvalBeforeWaves: [1] }) });
  });
  expect(violations).toEqual([]);
  // S3 does not log access to two buckets; objects of a bucket for six roles, bootstrap roles of two.
  const rules = acknowledged.filter((line) => line.startsWith('AwsSolutions ')).map((line) => line.split(' ')[1]!.split(/[[:]/)[0]!);
  expect(['AwsSolutions-S1', 'AwsSolutions-IAM5'].map((rule) => rules.filter((one) => one === rule).length)).toEqual([2, 11]);
  expect(rules.filter((rule) => !['AwsSolutions-S1', 'AwsSolutions-IAM5'].includes(rule))).toEqual([]);
});

test('access to artifacts is logged where a bucket for that is named', () => {
  const buckets = codePipeline({ accessLogsBucket: 'acme-access-logs' }).of('AWS::S3::Bucket').map(([, { Properties }]) => Properties.LoggingConfiguration);
  expect(buckets).toEqual(['ReviewArtifacts', 'Artifacts'].map((id) => ({ DestinationBucketName: 'acme-access-logs', LogFilePrefix: `s3/landing-zone-pipeline/${id}/` })));
});

test('another place for a wave moves nothing', () => {
  const ids = (maxWaves: number) => Object.keys(codePipeline({}, { maxWaves }).template.toJSON().Resources);
  expect(ids(7)).toEqual(ids(6));
});

test('all mistakes at once', () => {
  expect(() => codePipeline({ connectionArn: 'arn:aws:codecommit:x', repository: 'acme', approvalBeforeWaves: [2, 2, 13], buildsPerWave: 5, planWithoutApproval: ' ' }, { organizationId: 'acme', nodeVersion: 'lts/*' })).toThrow(`Pipeline Pipeline/Pipeline has 8 problems
  connectionArn "arn:aws:codecommit:x": expected one like arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-3333-4444-555555555555
  repository "acme": expected owner and name, like acme/landing-zone
  approvalBeforeWaves has 13: there are places for waves 1 to 12
  approvalBeforeWaves has 2 twice
  waves and approvals are 63 actions, a stage has 50: lower maxWaves to the waves there are, or buildsPerWave
  planWithoutApproval is empty: say why code of pull requests may run with the role that reads
  nodeVersion is "lts/*": CodeBuild has 18, 20, 22 and 24
  organizationId is "acme": expected one like o-abcdefghij`);
});

test('one small snapshot', () => expect(codePipeline({}, { maxWaves: 1 }).deployment).toMatchSnapshot());
