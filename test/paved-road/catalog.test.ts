import { existsSync } from 'fs';
import { join } from 'path';
import { catalogFiles, staleFiles } from '../../scripts/generate-catalog';
import { sourceOf } from '../../scripts/golden-path-sources';
import { goldenPaths } from '../../src/model/golden-path-catalog';

test('the catalogue and its pages are what sources and samples are: npx tsx scripts/generate-catalog.ts', () => {
  const stale = staleFiles(catalogFiles());
  expect(stale.map((file) => `${file} is stale. Run: npx tsx scripts/generate-catalog.ts`)).toEqual([]);
}, 300_000);

test.each(goldenPaths().map((path) => [path.name, path] as const))('%s is complete: words, inputs, what is watched, what it costs, what checks it', (_, path) => {
  expect(path.summary.length).toBeGreaterThan(40);
  expect(path.inputs.filter(({ required }) => required).map((input) => input.name)).toEqual(expect.arrayContaining(['serviceName', 'runbook']));
  expect(path.objectives.length + path.alarms.length).toBeGreaterThan(0);
  expect(path.alarms.filter(({ meaning }) => meaning === '' || meaning.includes('What to do'))).toEqual([]);
  expect(path.cost.monthly).toBeGreaterThan(0);
  expect(path.cost.items.reduce((sum, { monthly }) => sum + monthly, 0)).toBeCloseTo(path.cost.monthly, 1);
  expect(Object.values(path.types).reduce((sum, count) => sum + count, 0)).toBe(path.resources);
  expect(path.controls.filter((id) => !existsSync(join(__dirname, '..', '..', 'docs', 'controls', `${id}.md`)))).toEqual([]);
  expect(path.sample).toContain('from \'cdk-landing-zone\'');
});

test('HttpApiFunction: figures that were looked at by a person', () => {
  const { inputs, objectives, alarms, inside, controls } = goldenPaths().find(({ name }) => name === 'HttpApiFunction')!;
  expect(inputs.find(({ name }) => name === 'memorySize')).toEqual({ name: 'memorySize', type: 'number', required: false, default: '512', description: 'Memory in MiB; processors come with it.' });
  expect(objectives).toEqual([{ name: 'availability', target: 99.9, days: 30 }, { name: 'latency', target: 99, days: 30 }]);
  expect(alarms).toEqual([{ name: 'throttled', urgency: 'ticket', meaning: 'Requests are refused: more run at once than the account allows' }]);
  expect(inside.map(({ name }) => name)).toEqual(['api', 'function', 'alias']);
  expect(controls).toContain('LZ.LAMBDA.1');
});

test('inputs are those of the struct and of all that it extends', () => {
  expect(sourceOf('HttpApiFunction').inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(['routing', 'code', 'latencyMilliseconds']));
  expect(() => sourceOf('Nothing')).toThrow(/nothing\.ts/);
});
