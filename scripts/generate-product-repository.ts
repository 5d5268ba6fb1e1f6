/**
 * Writes assets/product-repository/files.json: what projen makes of the .projenrc.ts that `landing-zone init product` writes, so that its repositories are complete before projen runs in them.
 *
 *   npx tsx scripts/generate-product-repository.ts
 */
import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { PROJENRC } from '../src/cli/init/projenrc';

const ROOT = join(__dirname, '..');
const FILE = join(ROOT, 'assets', 'product-repository', 'files.json');

/** Written by us, or by hand. */
const OTHERS = ['.projenrc.ts', 'README.md', 'node_modules'];

/** Files by path that projen writes; nothing is installed. */
export function projenFiles(): { readonly [file: string]: string } {
  const dir = mkdtempSync(join(tmpdir(), 'product-repository-'));
  try {
    writeFileSync(join(dir, '.projenrc.ts'), PROJENRC);
    symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
    execFileSync(process.execPath, ['-r', 'tsx/cjs', '.projenrc.ts'], { cwd: dir, env: { ...process.env, PROJEN_DISABLE_POST: 'true' }, stdio: ['ignore', 'ignore', 'pipe'] });
    return Object.fromEntries(filesBelow(dir, '').sort().map((file) => [file, readFileSync(join(dir, file), 'utf8')]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function filesBelow(dir: string, prefix: string): string[] {
  return readdirSync(join(dir, prefix)).filter((name) => !OTHERS.includes(join(prefix, name))).flatMap((name) => {
    const path = join(prefix, name);
    return statSync(join(dir, path)).isDirectory() ? filesBelow(dir, path) : [path];
  });
}

function main(): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify({ version: 1, files: projenFiles() }, undefined, 1)}\n`);
}

if (require.main === module) main();
