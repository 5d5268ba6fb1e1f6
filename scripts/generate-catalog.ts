/**
 * Writes the catalogue of golden paths, assets/catalog.json, and a page for each in docs/paved-road: all that examples/golden-paths/all.ts names.
 *
 *   npx tsx scripts/generate-catalog.ts            writes them
 *   npx tsx scripts/generate-catalog.ts --check    fails with the list of files that differ
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { factsOf } from './golden-path-facts';
import { goldenPathPage } from './golden-path-page';
import { fileNameOf, sourceOf } from './golden-path-sources';
import { GOLDEN_PATHS } from '../examples/golden-paths/all';
import { CatalogPath } from '../src/model/golden-path-catalog';
import { OUTSIDE } from '../test/paved-road/golden/outside-allowed';

const ROOT = join(__dirname, '..');
const PAGES = join('docs', 'paved-road');

/** Pages of docs/paved-road that something else writes. */
const OTHERS = ['defaults.md'];

/** A golden path by its sources and its sample. */
export function catalogPath(name: string): CatalogPath {
  const id = fileNameOf(name);
  const text = readFileSync(join(ROOT, 'examples', 'golden-paths', `${id}.ts`), 'utf8');
  return {
    name, id, ...sourceOf(name), ...factsOf(name),
    outside: [...new Set(Object.values(OUTSIDE[name] ?? {}).flat())].sort(),
    sample: text.replace('\'../../src\'', '\'cdk-landing-zone\'').trim(),
  };
}

/** Content by file, from the root of the project. */
export function catalogFiles(): Map<string, string> {
  const paths = Object.keys(GOLDEN_PATHS).sort().map(catalogPath);
  return new Map([
    [join('assets', 'catalog.json'), `${JSON.stringify({ version: 1, paths }, undefined, 1)}\n`],
    ...paths.map((path): [string, string] => [join(PAGES, `${path.id}.md`), goldenPathPage(path)]),
  ]);
}

/** Files that are missing, differ, or belong to no golden path. */
export function staleFiles(files: ReadonlyMap<string, string>): string[] {
  const differing = [...files].filter(([file, content]) => !existsSync(join(ROOT, file)) || readFileSync(join(ROOT, file), 'utf8') !== content).map(([file]) => file);
  const gone = readdirSync(join(ROOT, PAGES)).filter((file) => !OTHERS.includes(file)).map((file) => join(PAGES, file)).filter((file) => !files.has(file));
  return [...differing, ...gone];
}

function main(): void {
  const files = catalogFiles();
  const stale = staleFiles(files);
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return;
    process.stderr.write(`${stale.join('\n')}\nnot what golden paths are. Run: npx tsx scripts/generate-catalog.ts\n`);
    process.exitCode = 1;
    return;
  }
  for (const file of stale) {
    const content = files.get(file);
    if (content === undefined) rmSync(join(ROOT, file));
    else writeFileSync(join(ROOT, file), content);
  }
  process.stdout.write(stale.length === 0 ? 'The catalogue is up to date\n' : `Wrote ${stale.join(', ')}\n`);
}

if (require.main === module) main();
