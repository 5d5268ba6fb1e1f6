import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App, CfnOutput, Fn, Stack, Stage } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { landingZone } from './command';
import { Baseline } from '../../src';
import { ADMINISTRATOR, organizationApp, PARAMETER } from '../delivery/baseline-fixture';

const schema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'waves.schema.json'), 'utf8')));
const env = (account = '111122223333', region = 'eu-west-1') => ({ env: { account, region } });

/** A producer, one who reads it from another account though nothing says it comes after, and one beside them. */
function app(value = 'one', build: (made: { app: App; producer: Stack; consumer: Stack }) => void = () => undefined): string {
  const made = new App({ analyticsReporting: false });
  const consumer = new Stack(made, 'Consumer', env('444455556666', 'us-east-1'));
  const producer = new Stack(made, 'Producer', env());
  new CfnParameter(new Stack(made, 'Aside', env()), 'P', { type: 'String', value: 'x' });
  new CfnOutput(producer, 'Topic', { value: new CfnTopic(producer, 'T', { displayName: value }).ref });
  new CfnParameter(consumer, 'P', { type: 'String', value: Fn.getStackOutput('Producer', 'Topic', 'eu-west-1', 'arn:aws:iam::111122223333:role/reader') });
  build({ app: made, producer, consumer });
  return made.synth().directory;
}

test('readings order stacks that the app does not order', async () => {
  const { exit, out } = await landingZone('waves', '--assembly', app());
  expect(exit).toBe(0);
  expect(out.replace(/ +/g, ' ')).toBe(`Wave 1 2 stacks
 Producer 111122223333 eu-west-1
 Aside 111122223333 eu-west-1

Wave 2 1 stack
 Consumer 444455556666 us-east-1 reads Producer
`);
});

test('consumers of what changed are named', async () => {
  const [before, after] = [app(), app('two')];
  const { out } = await landingZone('waves', '--assembly', after, '--changed', before);
  expect(out.replace(/ +/g, ' ')).toBe(`Wave 1 1 stack
 Producer 111122223333 eu-west-1 changed

Wave 2 1 stack
 Consumer 444455556666 us-east-1 as before, reads Producer

1 stack as in ${before}.
1 of these is as before and reads what may change: deploy with --force, because cdk deploy passes over templates that are unchanged.
`);
  expect((await landingZone('waves', '--assembly', before, '--changed', app())).out).toMatch(/^Nothing to deploy: 3 stacks as in /);
});

test('a line a wave, for a shell', async () => {
  expect((await landingZone('waves', '--assembly', app(), '--format', 'lines')).out).toBe('Producer Aside\nConsumer\n');
});

test('json follows its schema', async () => {
  const found = JSON.parse((await landingZone('waves', '--assembly', app('two'), '--changed', app(), '--format', 'json')).out);
  expect([schema(found), schema.errors]).toEqual([true, null]);
  expect(found.waves.map((wave: any[]) => wave.map(({ path, reason }) => `${path} ${reason}`))).toEqual([['Producer changed'], ['Consumer reads']]);
  expect(found.unchanged).toEqual(['Aside']);
});

test('lines for GitHub', async () => {
  const [count, waves] = (await landingZone('waves', '--assembly', app(), '--format', 'github')).out.trim().split('\n');
  expect(count).toBe('count=2');
  expect(JSON.parse(waves!.replace(/^waves=/, ''))[1]).toEqual({ include: [{ name: 'Consumer', stacks: 'Consumer', account: '444455556666', region: 'us-east-1' }] });
});

test('stacks of stages are there, and readings are by account', async () => {
  const dir = app('one', ({ app: made, consumer }) => {
    const [first, second] = [new Stage(made, 'First', env()), new Stage(made, 'Second', env())];
    for (const stage of [first, second]) new CfnParameter(new Stack(stage, 'Inner'), 'P', { type: 'String', value: 'x' });
    // Another stack of the producer's name, in an account that nobody reads.
    new CfnParameter(new Stack(made, 'Namesake', { stackName: 'Producer', ...env('777788889999') }), 'P', { type: 'String', value: 'x' });
    consumer.addStackDependency(new Stack(made, 'Before', env()));
  });
  const { waves } = JSON.parse((await landingZone('waves', '--assembly', dir, '--format', 'json')).out);
  const consumer = waves.flat().find(({ path }: any) => path === 'Consumer');
  expect([consumer.after, consumer.reads]).toEqual([['Before', 'Producer'], ['Producer']]);
  expect(waves[0].map(({ path }: any) => path)).toEqual(expect.arrayContaining(['First/Inner', 'Second/Inner', 'Namesake']));
});

test('an assembly that waits for another one, as its manifest says', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'waves-'));
  const artifact = { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile: 't.json' } };
  for (const [place, artifacts] of [
    ['', { second: { type: 'cdk:cloud-assembly', properties: { directoryName: 'second' }, dependencies: ['first', 'alone'] }, first: { type: 'cdk:cloud-assembly', properties: { directoryName: 'first' } }, alone: artifact }],
    ['first', { A: artifact, B: { ...artifact, dependencies: ['A', 'A.assets'] } }], ['second', { C: artifact }],
  ] as const) {
    mkdirSync(join(dir, place), { recursive: true });
    writeFileSync(join(dir, place, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
    writeFileSync(join(dir, place, 't.json'), '{}');
  }
  const { waves } = JSON.parse((await landingZone('waves', '--assembly', dir, '--format', 'json')).out);
  expect(waves.map((wave: any[]) => wave.map(({ path }) => path))).toEqual([['first/A', 'alone'], ['first/B'], ['second/C']]);
  rmSync(dir, { recursive: true });
});

test('baselines: a wave of the command for each of theirs', async () => {
  const { app: made, sandbox, nonProd, prod } = organizationApp();
  const first = new Baseline(made, 'Owner', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER,
    waves: [{ name: 'sandbox', units: [sandbox] }, { name: 'rest', units: [nonProd, prod] }], managementAccountIn: 'rest',
  });
  new Baseline(made, 'Second', { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [prod] }], dependsOn: [first] });
  const { waves } = JSON.parse((await landingZone('waves', '--assembly', made.synth().directory, '--format', 'json')).out);
  expect(waves.map((wave: any[]) => wave.map(({ stackName }) => stackName))).toEqual([
    ['Organization'], ['Owner-Sandbox'], ['Owner-Workloads-NonProd', 'Owner-Workloads-Prod', 'Owner-Management-eu-west-1'], ['Second-Workloads-Prod'],
  ]);
});

test('rings, what is outside, and no assembly', async () => {
  const ring = app('one', ({ producer }) => { new CfnParameter(producer, 'Back', { type: 'String', value: Fn.getStackOutput('Consumer', 'X', 'us-east-1', 'arn:aws:iam::444455556666:role/reader') }); });
  expect(await landingZone('waves', '--assembly', ring)).toMatchObject({ exit: 2, err: expect.stringContaining('Consumer, reads Producer.Topic of Producer, reads Consumer.X of Consumer') });
  const outside = app('one', ({ producer }) => { new CfnParameter(producer, 'Other', { type: 'String', value: Fn.getStackOutput('Elsewhere', 'X') }); });
  expect((await landingZone('waves', '--assembly', outside)).out).toContain('Producer reads Elsewhere.X, which no stack of the assembly has: deploy it before.');
  expect(await landingZone('waves', '--assembly', '/nowhere')).toMatchObject({ exit: 2, err: expect.stringContaining('there is no such folder') });
  expect(await landingZone('waves')).toMatchObject({ exit: 2 });
});
