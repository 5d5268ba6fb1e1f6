import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { parseAllDocuments } from 'yaml';
import { landingZone } from './command';
import { goldenPaths } from '../../src/model/golden-path-catalog';

test('text: each golden path with its cost and objectives', async () => {
  const { exit, out, err } = await landingZone('catalog');
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  for (const { name } of goldenPaths()) expect(out).toMatch(new RegExp(`^${name}  (at least )?USD`, 'm'));
  expect(out).toMatch(/HttpApiFunction {2}(?:at least )?USD [\d.]+ a month, availability 99\.9 %, latency 99 %/);
  expect(out).toContain('needs serviceName, runbook, code');
});

test('one of them, by the name of its construct or its page', async () => {
  const { out } = await landingZone('catalog', 'HttpApiFunction');
  expect(out).toMatch(/memorySize +512 +Memory in MiB/);
  expect(out).toContain('export function httpApiFunction(stack: Stack)');
  expect((await landingZone('catalog', 'http-api-function')).out).toBe(out);
});

test('json follows its schema', async () => {
  const { out } = await landingZone('catalog', '--format', 'json');
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'catalog.schema.json'), 'utf8')));
  expect(validate(JSON.parse(out)) || validate.errors).toBe(true);
});

describe('backstage', () => {
  // What Backstage demands of entities and of templates: https://backstage.io/docs/features/software-catalog/descriptor-format (read 2026-11-23).
  const NAME = /^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/;
  const TAG = /^[a-z0-9+#]+(-[a-z0-9+#]+)*$/;
  const templates = async () => parseAllDocuments((await landingZone('catalog', '--format', 'backstage')).out).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });

  test('a template for each, whose names, tags and annotations Backstage takes', async () => {
    const all = await templates();
    expect(all.map(({ metadata }) => metadata.title)).toEqual(goldenPaths().map(({ name }) => name));
    for (const { apiVersion, kind, metadata, spec } of all) {
      expect([apiVersion, kind, spec.type]).toEqual(['scaffolder.backstage.io/v1beta3', 'Template', 'service']);
      expect(metadata.name).toMatch(NAME);
      expect(metadata.name.length).toBeLessThanOrEqual(63);
      for (const tag of metadata.tags) expect(tag).toMatch(TAG);
      for (const [key, value] of Object.entries(metadata.annotations)) expect([key, typeof value]).toEqual([expect.stringMatching(/^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/), 'string']);
    }
  });

  test('steps refer to steps before them, and to what the form asks', async () => {
    for (const { spec } of await templates()) {
      const asked = spec.parameters.flatMap(({ properties }: any) => Object.keys(properties));
      const used = [...JSON.stringify(spec.steps).matchAll(/parameters\.([A-Za-z]+)/g)].map(([, name]) => name);
      expect([...new Set(used)].sort()).toEqual([...asked].sort());
      const ids = spec.steps.map(({ id }: any) => id);
      spec.steps.forEach((step: any, at: number) => {
        for (const [, id] of JSON.stringify(step).matchAll(/steps\['([a-z]+)'\]/g)) expect(ids.slice(0, at)).toContain(id);
      });
      for (const { required, properties } of spec.parameters) expect(Object.keys(properties)).toEqual(expect.arrayContaining(required));
    }
  });
});

test('a golden path that is not there', async () => {
  const { exit, err } = await landingZone('catalog', 'HttpApiFunktion');
  expect([exit, err]).toEqual([2, expect.stringContaining('Did you mean "HttpApiFunction"?')]);
});
