/**
 * Writes a page for each control of the catalogue and their index to docs/controls.
 *
 *   npx tsx scripts/generate-control-docs.ts            writes them, and removes pages of controls that are gone
 *   npx tsx scripts/generate-control-docs.ts --check    fails with the list of pages that differ
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { controlIndex, controlPage } from './control-page';
import { Controls } from '../src/controls/controls';

/** Content by file name. */
export function controlDocs(): Map<string, string> {
  const controls = Controls.all();
  return new Map([
    ['README.md', controlIndex(controls)],
    ...controls.map((control) => [`${control.id}.md`, controlPage(control)] as const),
  ]);
}

/** The pages of a folder that are missing, differ or belong to no control. */
export function staleDocs(folder: string): string[] {
  const docs = controlDocs();
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const differing = [...docs].filter(([file, content]) => !present.includes(file) || readFileSync(join(folder, file), 'utf8') !== content).map(([file]) => file);
  return [...differing, ...present.filter((file) => !docs.has(file))];
}

/** Makes a folder hold exactly the pages. */
export function writeDocs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const docs = controlDocs();
  for (const file of staleDocs(folder)) {
    const content = docs.get(file);
    if (content === undefined) rmSync(join(folder, file), { recursive: true });
    else writeFileSync(join(folder, file), content);
  }
}

function main(): void {
  const folder = join(__dirname, '..', 'docs', 'controls');
  const stale = staleDocs(folder);
  if (!process.argv.includes('--check')) {
    writeDocs(folder);
    console.log(stale.length === 0 ? 'docs/controls is up to date' : `Wrote ${stale.map((file) => `docs/controls/${file}`).join(', ')}`);
  } else if (stale.length > 0) {
    console.error(`${stale.map((file) => `docs/controls/${file}`).join('\n')}\nnot what the catalogue says. Run: npx tsx scripts/generate-control-docs.ts`);
    process.exitCode = 1;
  }
}

if (require.main === module) main();
