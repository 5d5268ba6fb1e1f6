import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { App, CfnOutput, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { AssemblyError, readAssembly, readTemplates, SynthesizedStack } from '../../../src/model/assembly/read-assembly';
import { Resolver } from '../../../src/model/assembly/resolve';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const folder = () => mkdtempSync(join(tmpdir(), 'assembly-'));

/** A stack with a name of its own, one in a stage, one nested in it, and one for any account; both ways of saying construct paths. */
function synthesize(context: { readonly [key: string]: any } = {}) {
  const app = new App({ outdir: folder(), analyticsReporting: false, context });
  const stack = new Stack(app, 'Home', { env: ENV, stackName: 'acme-home' });
  const thing = new CfnResource(stack, 'Thing', { type: 'AWS::SNS::Topic' });
  const staged = new Stack(new Stage(app, 'Prod', { env: { ...ENV, region: 'us-east-1' } }), 'Network');
  const source = new CfnResource(staged, 'Source', { type: 'AWS::SNS::Topic' });
  const nested = new NestedStack(staged, 'Inner');
  const inner = new CfnResource(nested, 'Thing', { type: 'AWS::SNS::Subscription', properties: { Topic: source.ref } });
  new CfnOutput(staged, 'Out', { value: inner.ref });
  new Stack(app, 'Anywhere');
  let given: readonly SynthesizedStack[] = [];
  Validations.of(app).addPlugins({ name: 'spy', validate: ({ stackTemplates }) => { given = stackTemplates; return { success: true, violations: [] }; } });
  app.synth();
  return { dir: app.outdir, given, thing };
}

describe.each([['with path metadata', { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }], ['without', {}]])('an assembly %s', (_name, context) => {
  const { dir, given } = synthesize(context);

  test.each([['from its folder', () => readAssembly(dir)], ['as validation gets it', () => readTemplates(given)]])('%s: stacks, stages, nested stacks', (_way, read) => {
    const assembly = read();
    const facts = assembly.templates.map(({ stackName, account, region, constructPath }) => ({ stackName, account, region, constructPath }));
    expect(facts.sort((a, b) => a.stackName.localeCompare(b.stackName))).toEqual([
      { stackName: 'acme-home', ...ENV, constructPath: 'Home' },
      { stackName: 'Anywhere', constructPath: 'Anywhere' },
      { stackName: 'Prod-Network', account: ENV.account, region: 'us-east-1', constructPath: 'Prod/Network' },
      { stackName: expect.stringMatching(/^Prod-Network\/Inner/), account: ENV.account, region: 'us-east-1', constructPath: 'Prod/Network/Inner' },
    ]);
    const home = assembly.templates.find(({ stackName }) => stackName === 'acme-home')!;
    expect(Object.keys(home.resources)).toEqual(['Thing']);
    expect(home.constructPathOf('Thing')).toBe('Home/Thing');
    expect(home.constructPathOf('Nobody')).toBeUndefined();
    const inner = assembly.templates.find(({ parent }) => parent !== undefined)!;
    expect(inner.constructPathOf('Thing')).toBe('Prod/Network/Inner/Thing');
  });

  test('values travel into a nested stack and out of it', () => {
    const assembly = readAssembly(dir);
    const resolver = new Resolver(assembly);
    const inner = assembly.templates.find(({ parent }) => parent !== undefined)!;
    const outer = inner.parent!.stack;
    expect(resolver.resolve(inner.resources.Thing.Properties.Topic, inner)).toMatchObject({ kind: 'reference', reference: { logicalId: 'Source', stack: { stackName: 'Prod-Network' } } });
    expect(resolver.resolve(outer.template.Outputs.Out.Value, outer)).toMatchObject({ kind: 'reference', reference: { logicalId: 'Thing', stack: { id: inner.id } } });
  });
});

test('a relative folder gives relative places', () => {
  const { dir } = synthesize();
  expect(readAssembly(relative(process.cwd(), dir)).stacks.map(({ file }) => file)).toContain(join(relative(process.cwd(), dir), 'Home.template.json'));
});

test('a template is read when asked for, and once', () => {
  const { dir } = synthesize();
  const home = readAssembly(dir).stacks.find(({ stackName }) => stackName === 'acme-home');
  const { template } = home!;
  rmSync(home!.file);
  expect(home!.template).toBe(template);
});

describe('mistakes say what, where and what to do', () => {
  const failure = (read: () => unknown): AssemblyError => {
    try {
      read();
    } catch (error) {
      if (error instanceof AssemblyError) return error;
      throw error;
    }
    throw new Error('nothing was thrown');
  };

  test('no folder', () => {
    expect(failure(() => readAssembly('/no/such')).message).toBe('/no/such  there is no such folder  Synthesize first: npx cdk synth, then name its output folder, such as cdk.out.');
  });

  test('a folder that is no assembly', () => {
    const dir = folder();
    const error = failure(() => readAssembly(dir));
    expect(error.message).toBe(`${dir}  is not a cloud assembly: it has no manifest.json  Synthesize first: npx cdk synth, then name its output folder, such as cdk.out.`);
    expect(error.stack).toBe(error.message);
  });

  test('a manifest that is not JSON, or of something else', () => {
    const dir = folder();
    writeFileSync(join(dir, 'manifest.json'), '{ "artifacts": ');
    expect(failure(() => readAssembly(dir)).message).toMatch(/manifest\.json {2}the manifest is not JSON: .* {2}Synthesize again: npx cdk synth\.$/);
    writeFileSync(join(dir, 'manifest.json'), '{ "name": "web app" }');
    expect(failure(() => readAssembly(dir)).message).toContain('the manifest lists no artifacts, so this is not a cloud assembly');
  });

  test('all missing templates at once', () => {
    const { dir } = synthesize();
    rmSync(join(dir, 'Home.template.json'));
    rmSync(join(dir, 'Anywhere.template.json'));
    expect(failure(() => readAssembly(dir)).problems.map(({ message, place }) => [place.file, message])).toEqual([
      [join(dir, 'Home.template.json'), 'the template of stack acme-home is missing'],
      [join(dir, 'Anywhere.template.json'), 'the template of stack Anywhere is missing'],
    ]);
  });

  test('all broken templates at once', () => {
    const { dir } = synthesize();
    const home = join(dir, 'Home.template.json');
    writeFileSync(home, readFileSync(home, 'utf8').slice(0, 20));
    writeFileSync(join(dir, 'Anywhere.template.json'), '[]');
    const error = failure(() => readAssembly(dir).templates);
    expect(error.problems.map(({ place }) => place.file)).toEqual([home, join(dir, 'Anywhere.template.json')]);
    expect(error.message).toMatch(/Home\.template\.json {2}the template is not JSON: .*\n.*Anywhere\.template\.json {2}the file is not a CloudFormation template {2}Expected an object with Resources/);
  });

  test('a nested template that is missing', () => {
    const { dir } = synthesize();
    const inner = readAssembly(dir).templates.find(({ parent }) => parent !== undefined)!;
    rmSync(inner.file);
    expect(failure(() => readAssembly(dir).templates).problems).toMatchObject([{ place: { file: inner.file }, message: 'the template of a stack is missing' }]);
  });

  test('templates without a manifest beside them are named by their file', () => {
    const dir = folder();
    mkdirSync(join(dir, 'x'));
    writeFileSync(join(dir, 'x', 'Lone.template.json'), '{"Resources":{}}');
    const assembly = readTemplates([{ stackConstructPath: 'App/Lone', templatePath: join(dir, 'x', 'Lone.template.json'), accountId: undefined, region: undefined }]);
    expect(assembly.templates).toMatchObject([{ stackName: 'Lone', constructPath: 'App/Lone' }]);
  });
});
