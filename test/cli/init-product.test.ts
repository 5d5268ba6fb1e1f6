import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { buildSync } from 'esbuild';
import { parse } from 'yaml';
import { landingZone } from './command';
import { projenFiles } from '../../scripts/generate-product-repository';
import { goldenPaths } from '../../src/model/golden-path-catalog';

const ROOT = join(__dirname, '..', '..');
const work = mkdtempSync(join(tmpdir(), 'init-'));
const NAMES = ['--name', 'orders', '--owner', 'team-orders', '--cost-center', '1042', '--environment', 'prod'];

/** This checkout as a package that can be required, and all that it needs; what `npm install` would bring. */
function installed(): string {
  const own = join(work, 'package');
  mkdirSync(own);
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => join(ROOT, 'src', file));
  buildSync({ entryPoints: sources, outdir: join(own, 'lib'), format: 'cjs', platform: 'node', target: 'node20', logLevel: 'error' });
  for (const name of ['assets', 'schema', 'node_modules', 'package.json']) symlinkSync(join(ROOT, name), join(own, name));
  const modules = join(work, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((one) => one !== 'cdk-landing-zone')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  symlinkSync(own, join(modules, 'cdk-landing-zone'));
  return modules;
}

function run(cwd: string, args: readonly string[], env: { readonly [name: string]: string } = {}): { readonly status: number | null; readonly output: string } {
  const { AWS_PROFILE: _, CDK_VALIDATION: __, CDK_DEFAULT_ACCOUNT: ___, CDK_DEFAULT_REGION: ____, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...rest, NODE_OPTIONS: '', ...env } });
  return { status, output: stdout + stderr };
}

/** Folders that were written, one for each golden path. */
const dirs = new Map<string, string>();

beforeAll(async () => {
  const modules = installed();
  for (const { name, id } of goldenPaths()) {
    const dir = join(work, id);
    dirs.set(name, dir);
    expect(await landingZone('init', 'product', dir, ...NAMES, '--golden-path', name)).toMatchObject({ exit: 0, err: '' });
    symlinkSync(modules, join(dir, 'node_modules'));
  }
}, 60_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

const first = () => dirs.get('HttpApiFunction')!;

test('says what was written, and what to do next', async () => {
  const dir = join(work, 'said');
  const { exit, out } = await landingZone('init', 'product', dir, ...NAMES);
  expect(exit).toBe(0);
  expect(out).toContain('orders: HttpApiFunction on the paved road');
  expect(out).toMatch(/cd .*said\n {2}npm install/);
  expect(readFileSync(join(dir, 'src', 'product.ts'), 'utf8')).toMatch(/product: 'orders',\n {4}owner: 'team-orders',\n {4}costCenter: '1042',\n {4}environment: 'prod',/);
});

test('json follows its schema, and names files that are there', async () => {
  const dir = join(work, 'json');
  const report = JSON.parse((await landingZone('init', 'product', dir, ...NAMES, '--format', 'json')).out);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(ROOT, 'schema', 'init-product.schema.json'), 'utf8')));
  expect(validate(report) || validate.errors).toBe(true);
  expect(report.files.filter((file: string) => !existsSync(join(dir, file)))).toEqual([]);
});

test('it is complete before projen runs: its files are those that projen writes', async () => {
  const files = projenFiles();
  const own = (text: string) => text.replaceAll('landing-zone-product', 'orders').replaceAll('99999.99999.99999', '*');
  for (const [file, text] of Object.entries(files)) expect([file, readFileSync(join(first(), file), 'utf8')]).toEqual([file, own(text)]);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(first(), 'package.json'), 'utf8'));
  expect(Object.entries({ ...dependencies, ...devDependencies }).filter(([name, version]) => version === '*' && name !== 'cdk-landing-zone')).toEqual([]);
}, 60_000);

test('versions that it asks for are those that this package is tested with', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(first(), 'package.json'), 'utf8'));
  const script = 'const semver = require("semver"); console.log(JSON.stringify(Object.entries(JSON.parse(process.argv[1])).filter(([name, range]) => !semver.satisfies(require(name + "/package.json").version, range))))';
  const { 'cdk-landing-zone': _, 'jest-junit': __, ...all } = { ...dependencies, ...devDependencies };
  expect(run(ROOT, ['-e', script, JSON.stringify(all)])).toEqual({ status: 0, output: '[]\n' });
});

test('types are right, and a wrong one would be told', () => {
  writeFileSync(join(first(), 'test', 'wrong.ts'), 'import { product } from \'../src/product\';\nproduct(1);\n');
  writeFileSync(join(first(), 'tsconfig.check.json'), JSON.stringify({
    extends: './tsconfig.json', include: ['src/**/*.ts', 'test/**/*.ts'],
    compilerOptions: { noEmit: true, rootDir: '/', skipLibCheck: true, preserveSymlinks: true, paths: { 'cdk-landing-zone': [join(ROOT, 'src', 'index.ts')] } },
  }));
  const { output } = run(first(), [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.check.json', '--pretty', 'false']);
  expect(output.split('\n').filter((line) => /^(src|test)\//.test(line) || line.startsWith('error'))).toEqual([expect.stringMatching(/^test\/wrong\.ts\(2,9\): error TS2345/)]);
  rmSync(join(first(), 'test', 'wrong.ts'));
}, 180_000);

test('its own test passes', () => {
  const { jest } = JSON.parse(readFileSync(join(first(), 'package.json'), 'utf8'));
  const transform = { '^.+\\.[t]sx?$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false, isolatedModules: true }] };
  const { status, output } = run(first(), [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', JSON.stringify({ ...jest, transform, reporters: ['default'], rootDir: first() })]);
  expect([status, output]).toEqual([0, expect.stringContaining('3 passed')]);
}, 120_000);

test('with each golden path it synthesizes and passes the check', async () => {
  // Each app listens for the end of the process.
  const script = 'process.setMaxListeners(0); for (const dir of process.argv.slice(1)) { process.env.CDK_OUTDIR = dir + "/cdk.out"; process.chdir(dir); require(dir + "/src/main.ts"); }';
  const context = JSON.stringify(JSON.parse(readFileSync(join(first(), 'cdk.json'), 'utf8')).context);
  expect(run(work, ['-r', 'tsx/cjs', '-e', script, ...dirs.values()], { CDK_CONTEXT_JSON: context, CDK_APP_MODE: 'process' })).toEqual({ status: 0, output: '' });
  for (const [name, dir] of dirs) {
    const { exit, out } = await landingZone('check', '--assembly', join(dir, 'cdk.out'), '--base', join(dir, 'cdk.out'));
    expect([name, exit, out]).toEqual([name, 0, expect.stringContaining('no violation while synthesizing')]);
  }
}, 180_000);

test('its workflow runs commands of this package, with nothing that may write', () => {
  const { permissions, jobs } = parse(readFileSync(join(first(), '.github', 'workflows', 'check.yml'), 'utf8'));
  expect(permissions).toEqual({ contents: 'read' });
  const commands = jobs.check.steps.map(({ run: command = '' }: any) => command).join('\n');
  expect(commands).toContain('npm audit signatures');
  expect(commands).toContain('npm sbom --sbom-format cyclonedx');
  expect(commands).toContain('npx landing-zone check --assembly cdk.out "$@" --format markdown');
  for (const { uses } of jobs.check.steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
});

test('a skeleton leaves its names to Backstage, but in files that are not templates', async () => {
  const dir = join(work, 'skeleton');
  expect((await landingZone('init', 'product', dir, '--skeleton')).exit).toBe(0);
  const { metadata, spec } = parse(readFileSync(join(dir, 'catalog-info.yaml'), 'utf8').replace(/\$\{\{ values\.(\w+) \}\}/g, 'value-of-$1'));
  expect([metadata.name, spec.owner]).toEqual(['value-of-name', 'value-of-owner']);
  expect(readFileSync(join(dir, 'src', 'product.ts'), 'utf8')).toContain('costCenter: \'${{ values.costCenter }}\'');
  const template = (await landingZone('catalog', 'HttpApiFunction', '--format', 'backstage')).out;
  const asked = Object.keys(parse(template).spec.steps[0].input.values);
  const used = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => !file.startsWith('.github') && existsSync(join(dir, file)) && /\.[a-z]+$/.test(file))
    .flatMap((file) => { try { return [...readFileSync(join(dir, file), 'utf8').matchAll(/\$\{\{ values\.(\w+)/g)].map(([, name]) => name!); } catch { return []; } });
  expect([...new Set(used)].sort()).toEqual([...asked].sort());
});

describe('wrong usage is exit 2, and writes nothing', () => {
  test('a folder that is not empty', async () => {
    const { exit, err } = await landingZone('init', 'product', first(), ...NAMES);
    expect([exit, err]).toEqual([2, expect.stringMatching(/is not empty \(it has .*\), and nothing is overwritten/)]);
  });

  test('git\'s own folder does not fill one', async () => {
    const dir = join(work, 'cloned');
    mkdirSync(join(dir, '.git'), { recursive: true });
    expect((await landingZone('init', 'product', dir, ...NAMES)).exit).toBe(0);
  });

  test('all that is missing or wrong, at once', async () => {
    const dir = join(work, 'Wrong_Name');
    const { exit, err } = await landingZone('init', 'product', dir, '--environment', 'PROD');
    expect(exit).toBe(2);
    for (const part of ['--name Wrong_Name: expected', '--owner is missing', '--cost-center is missing', '--environment PROD: expected']) expect(err).toContain(part);
    expect(existsSync(dir)).toBe(false);
  });

  test('a golden path that is not there', async () => {
    expect((await landingZone('init', 'product', join(work, 'other'), ...NAMES, '--golden-path', 'Http')).err).toContain('There is no golden path "Http"');
  });
});
