// Synthesis of a network beside a floor of bare L1s in the same run.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build, countOf, fingerprint, measure } from './measure';

/** Spokes in two Regions; `--short` measures few. */
const SIZES = process.argv.includes('--short') ? [50] : [250, 500, 1_000];
const RUNS = process.argv.includes('--short') ? 1 : 3;
const GOAL = 2;

function main(): void {
  build();
  const work = mkdtempSync(join(tmpdir(), 'bench-network-'));
  let missed = false;
  process.stdout.write('spokes  templates  resources  network CPU s  floor CPU s  ratio  network MB  floor MB  identical\n');
  for (const size of SIZES) {
    const network = measure('network', size, 0, join(work, 'network'), RUNS);
    const { templates, resources } = countOf(join(work, 'network'));
    const once = fingerprint(join(work, 'network'));
    measure('network', size, 0, join(work, 'network'), 1);
    const identical = once === fingerprint(join(work, 'network'));
    const floor = measure('network-floor', size, 0, join(work, 'floor'), RUNS);
    const bare = countOf(join(work, 'floor'));
    const ratio = network.cpuSeconds / floor.cpuSeconds;
    missed ||= !identical || ratio > GOAL;
    process.stdout.write([
      String(size).padStart(6), `${templates}/${bare.templates}`.padStart(9), `${resources}/${bare.resources}`.padStart(9), network.cpuSeconds.toFixed(2).padStart(13), floor.cpuSeconds.toFixed(2).padStart(11),
      ratio.toFixed(2).padStart(5), network.peakMegabytes.toFixed(0).padStart(10), floor.peakMegabytes.toFixed(0).padStart(8), String(identical).padStart(9),
    ].join('  ') + '\n');
  }
  rmSync(work, { recursive: true, force: true });
  process.stdout.write(`Goal: identical, at most ${GOAL} x the floor's CPU: ${missed ? 'MISSED' : 'met'}\n`);
  if (missed) process.exitCode = 1;
}

main();
