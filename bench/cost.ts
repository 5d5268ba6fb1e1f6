// What the check of tags and the estimate of costs add to the synthesis of many accounts, in the same run.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build, countOf, Kind, measure, Measurement } from './measure';

/** Accounts of 20 resources; `--short` measures few. */
const SIZES = process.argv.includes('--short') ? [50] : [250, 1_000];
const RUNS = process.argv.includes('--short') ? 1 : 5;
const GOAL = 20;

function main(): void {
  build();
  const work = mkdtempSync(join(tmpdir(), 'bench-cost-'));
  let missed = false;
  process.stdout.write('accounts  resources  synthesis CPU s  estimate adds %  check adds %  both add %  MB  with both MB\n');
  for (const size of SIZES) {
    const [floor, estimated, checked, both] = least(['costed-floor', 'costed-estimated', 'costed-checked', 'costed-both'], size, work) as [Measurement, Measurement, Measurement, Measurement];
    const { resources } = countOf(join(work, 'costed-floor'));
    const added = ({ cpuSeconds }: { readonly cpuSeconds: number }) => 100 * (cpuSeconds / floor.cpuSeconds - 1);
    missed ||= added(both) > GOAL;
    process.stdout.write([
      String(size).padStart(8), String(resources).padStart(9), floor.cpuSeconds.toFixed(2).padStart(15), added(estimated).toFixed(0).padStart(15), added(checked).toFixed(0).padStart(12),
      added(both).toFixed(0).padStart(10), floor.peakMegabytes.toFixed(0).padStart(4), both.peakMegabytes.toFixed(0).padStart(12),
    ].join('  ') + '\n');
  }
  rmSync(work, { recursive: true, force: true });
  process.stdout.write(`Goal: both take at most ${GOAL} % more CPU: ${missed ? 'MISSED' : 'met'}\n`);
  if (missed) process.exitCode = 1;
}

/** The least of some runs of each, in turns: what else the machine does only adds. */
function least(kinds: readonly Kind[], size: number, work: string): Measurement[] {
  const runs = Array.from({ length: RUNS }, () => kinds.map((kind) => measure(kind, size, 0, join(work, kind), 1)));
  return kinds.map((_, at) => runs.map((run) => run[at]!).reduce((one, other) => (other.cpuSeconds < one.cpuSeconds ? other : one)));
}

main();
