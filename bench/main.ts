import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildSync } from 'esbuild';

/** Sizes of zones; `--short` leaves the largest out. */
const SIZES = process.argv.includes('--short') ? [10, 100] : [10, 100, 1000];
const RUNS = process.argv.includes('--short') ? 1 : 3;
const GOAL = { ratio: 2, megabytes: 500 };

/** Plain JavaScript, as users run it; as deep as the sources are, because they look for files of the package. */
const CHILD = join(__dirname, 'build', 'child', 'child.js');

interface Measurement {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

function measure(kind: 'zone' | 'floor', first: number, second: number, outdir: string): Measurement {
  const runs = Array.from({ length: RUNS }, () => {
    rmSync(outdir, { recursive: true, force: true });
    const text = execFileSync(process.execPath, [CHILD, kind, String(first), String(second), outdir], {
      encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    return JSON.parse(text.slice(text.lastIndexOf('{'))) as Measurement;
  });
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { cpuSeconds: middle(runs.map((run) => run.cpuSeconds)), peakMegabytes: middle(runs.map((run) => run.peakMegabytes)) };
}

/** Hash of every file of an assembly, by name. */
function fingerprint(dir: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }).filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name)).sort()) {
    hash.update(entry.slice(dir.length)).update(readFileSync(entry));
  }
  return hash.digest('hex');
}

function main(): void {
  buildSync({ entryPoints: [join(__dirname, 'child.ts')], bundle: true, platform: 'node', target: 'node20', packages: 'external', outfile: CHILD });
  const work = mkdtempSync(join(tmpdir(), 'bench-'));
  let missed = false;
  process.stdout.write('accounts  templates  resources  zone CPU s  floor CPU s  ratio  zone MB  floor MB  identical\n');
  for (const size of SIZES) {
    const zone = measure('zone', size, 0, join(work, 'zone'));
    const templates = readdirSync(join(work, 'zone')).filter((name) => name.endsWith('.template.json'));
    const resources = templates.reduce((sum, name) => sum + Object.keys(JSON.parse(readFileSync(join(work, 'zone', name), 'utf8')).Resources ?? {}).length, 0);
    const once = fingerprint(join(work, 'zone'));
    measure('zone', size, 0, join(work, 'zone'));
    const identical = once === fingerprint(join(work, 'zone'));
    const floor = measure('floor', resources, templates.length, join(work, 'floor'));
    const ratio = zone.cpuSeconds / floor.cpuSeconds;
    missed ||= !identical || (size === 1000 && (ratio > GOAL.ratio || zone.peakMegabytes > GOAL.megabytes));
    process.stdout.write([
      String(size).padStart(8), String(templates.length).padStart(9), String(resources).padStart(9), zone.cpuSeconds.toFixed(2).padStart(10),
      floor.cpuSeconds.toFixed(2).padStart(11), ratio.toFixed(2).padStart(5), zone.peakMegabytes.toFixed(0).padStart(7), floor.peakMegabytes.toFixed(0).padStart(8),
      String(identical).padStart(9),
    ].join('  ') + '\n');
  }
  rmSync(work, { recursive: true, force: true });
  const judged = SIZES.includes(1000) ? `identical, and at 1,000 accounts at most ${GOAL.ratio} x the floor's CPU and ${GOAL.megabytes} MB` : 'identical (1,000 accounts not measured)';
  process.stdout.write(`Goal: ${judged}: ${missed ? 'MISSED' : 'met'}\n`);
  if (missed) process.exitCode = 1;
}

main();
