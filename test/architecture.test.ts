import { existsSync, readdirSync, readFileSync } from 'fs';
import { builtinModules } from 'module';
import { dirname, join, relative, resolve } from 'path';

/** From the composed zone down to pure analysis; a folder imports from itself and from those after it. */
const ORDER = ['landing-zone', 'paved-road', 'cost', 'identity', 'control-tower', 'organization', 'compliance', 'tagging', 'resilience', 'detection', 'encryption', 'alerting', 'controls', 'logging', 'network', 'delivery', 'model', 'analysis', 'custom-resource'];

/** They may import anything, and nobody imports them. */
const ENTRY_POINTS = ['cli', 'testing', 'report'];

const SRC = join(__dirname, '..', 'src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file.includes('/'));

const imports = sources.flatMap((file) => {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from|import\(|require\() ?'([^']+)'/g)].map((match) => ({ file, area: file.split('/')[0]!, target: match[1]! }));
});

const local = imports.filter(({ target }) => target.startsWith('.')).map(({ file, area, target }) => ({
  file, area, target: relative(SRC, resolve(dirname(join(SRC, file)), target)).split('/')[0]!,
}));

test('imports point down the layout, and nobody imports an entry point', () => {
  const wrong = local.filter(({ area, target }) => area !== target
    && (ENTRY_POINTS.includes(target) || (!ENTRY_POINTS.includes(area) && ORDER.indexOf(area) > ORDER.indexOf(target))));
  expect(wrong).toEqual([]);
});

test('every folder of src has a place in the layout', () => {
  expect([...new Set(sources.map((file) => file.split('/')[0]))].filter((area) => ![...ORDER, ...ENTRY_POINTS].includes(area!))).toEqual([]);
});

test('model and analysis know nothing of CDK', () => {
  expect(imports.filter(({ area, target }) => ['model', 'analysis'].includes(area) && /^(aws-cdk-lib|constructs|cdk-nag)/.test(target))).toEqual([]);
});

test('a landing zone is deterministic: no clock, random or environment outside the entry points', () => {
  const impure = sources.filter((file) => !ENTRY_POINTS.includes(file.split('/')[0]!) && !file.includes('settings/') && !file.includes('live/'))
    .filter((file) => /Date\.now|new Date\(\)|Math\.random|process\.env|randomUUID/.test(readFileSync(join(SRC, file), 'utf8')));
  expect(impure).toEqual([]);
});

test.each(['index.ts', 'testing/index.ts'])('whoever imports %s needs what package.json says and nothing else', (entry) => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(SRC, '..', 'package.json'), 'utf8'));
  const known = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), ...builtinModules]);
  const seen = new Set<string>();
  const missing: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    // Types are gone when code runs.
    for (const [, names, target] of text.matchAll(/^(?:import|export) (?!type )(.*?from )?'([^']+)';$/gms)) {
      if (target!.startsWith('.')) {
        const [found] = [`${resolve(dirname(file), target!)}.ts`, join(resolve(dirname(file), target!), 'index.ts')].filter((path) => existsSync(path));
        if (found) visit(found);
      } else if (!known.has(target!.replace(/^node:/, '')) && ![...known].some((name) => target!.startsWith(`${name}/`)) && !isTypesOnly(text, names ?? '')) {
        missing.push(`${relative(SRC, file)} imports ${target}`);
      }
    }
  };
  visit(join(SRC, entry));
  expect(seen.size).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

/** TypeScript leaves out an import whose names are used as types alone: here, those that never stand before a call, a member or behind `new`. */
function isTypesOnly(text: string, names: string): boolean {
  return [...names.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name).filter((name) => !['from', 'as'].includes(name)).every((name) => !new RegExp(`(new ${name}\\b|\\b${name}[.(]|instanceof ${name}\\b)`).test(text));
}
