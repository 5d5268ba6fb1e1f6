import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { readdirSync, readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

/** CPU and memory of one synthesis in a process of its own. */
export interface Measurement {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Plain JavaScript, as users run it; as deep as the sources are, because they look for files of the package. */
const CHILD = join(__dirname, 'build', 'child', 'child.js');

/** Bundles what is measured. */
export function build(): void {
  buildSync({ entryPoints: [join(__dirname, 'child.ts')], bundle: true, platform: 'node', target: 'node20', packages: 'external', outfile: CHILD });
}

/** What can be measured, as the child knows it. */
export type Kind = 'zone' | 'baselined-zone' | 'floor' | 'network' | 'network-floor' | 'accounts' | 'tagged-accounts' | 'checked-accounts' | 'costed-floor' | 'costed-estimated' | 'costed-checked' | 'costed-both'
| 'product' | 'paved-product' | 'asked-product';

/** The middle of some runs. */
export function measure(kind: Kind, first: number, second: number, outdir: string, runs: number): Measurement {
  const all = Array.from({ length: runs }, () => {
    rmSync(outdir, { recursive: true, force: true });
    const text = execFileSync(process.execPath, [CHILD, kind, String(first), String(second), outdir], {
      encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    return JSON.parse(text.slice(text.lastIndexOf('{'))) as Measurement;
  });
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { cpuSeconds: middle(all.map((run) => run.cpuSeconds)), peakMegabytes: middle(all.map((run) => run.peakMegabytes)) };
}

/** Resources of an assembly's templates. */
export function countOf(dir: string): { readonly templates: number; readonly resources: number } {
  const templates = readdirSync(dir).filter((name) => name.endsWith('.template.json'));
  return { templates: templates.length, resources: templates.reduce((sum, name) => sum + Object.keys(JSON.parse(readFileSync(join(dir, name), 'utf8')).Resources ?? {}).length, 0) };
}

/** Hash of every file of an assembly, by name. */
export function fingerprint(dir: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }).filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name)).sort()) {
    hash.update(entry.slice(dir.length)).update(readFileSync(entry));
  }
  return hash.digest('hex');
}
