// All proofs of a network's intents on generated topologies: time and memory, each size in a process of its own.
import { spawnSync } from 'child_process';
import { egressInventory } from '../src/analysis/network/egress-inventory';
import { Network } from '../src/analysis/network/network';
import { overlappingRanges } from '../src/analysis/network/overlapping-ranges';
import { proveIntents } from '../src/analysis/network/prove-intents';
import { shadowedRoutes } from '../src/analysis/network/shadowed-routes';
import { hubAndSpokes } from '../test/analysis/network/hub';

/** Spokes in two Regions, in four segments; `--short` measures few. */
const SIZES = process.argv.includes('--short') ? [50] : [250, 500, 1_000];
const SECONDS = 5;
const MEGABYTES = 1_000;
const SEGMENTS = ['dev', 'prod', 'sandbox', 'shared'];

interface Measured { readonly vpcs: number; readonly proved: number; readonly findings: number; readonly compiled: number; readonly proofs: number; readonly all: number; readonly megabytes: number }

function measureOne(size: number): Measured {
  const topology = hubAndSpokes({
    regions: ['eu-west-1', 'us-east-1'], zones: 3, segments: SEGMENTS.map((name) => ({ name, spokes: Math.round(size / 2 / SEGMENTS.length), isIsolated: name === 'sandbox', hasEgress: true })),
  });
  const seconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
  const start = seconds();
  const network = new Network(topology);
  const compiled = seconds() - start;
  const { proved, findings } = proveIntents(network);
  const proofs = seconds() - start;
  const others = [egressInventory(network).length === 0, shadowedRoutes(topology).length > 0, overlappingRanges(topology).length > 0];
  if (findings.length > 0 || others.includes(true)) throw new Error(`a correct network raises alarms: ${findings[0]?.message ?? others.join()}`);
  return { vpcs: topology.vpcs.length, proved, findings: findings.length, compiled, proofs, all: seconds() - start, megabytes: process.resourceUsage().maxRSS / 1e3 };
}

function main(): void {
  const one = process.argv.indexOf('--one');
  if (one >= 0) {
    process.stdout.write(JSON.stringify(measureOne(Number(process.argv[one + 1]))));
    return;
  }
  let missed = false;
  process.stdout.write('spokes  VPCs  facts proved  compile CPU s  proofs CPU s  with inventory, routes, overlaps CPU s  peak MB\n');
  for (const size of SIZES) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, __filename, '--one', String(size)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const { vpcs, proved, compiled, proofs, all, megabytes } = JSON.parse(stdout) as Measured;
    missed ||= proofs > SECONDS || megabytes > MEGABYTES;
    process.stdout.write([String(size).padStart(6), String(vpcs).padStart(4), String(proved).padStart(12), compiled.toFixed(2).padStart(13), proofs.toFixed(2).padStart(12), all.toFixed(2).padStart(38), megabytes.toFixed(0).padStart(7)].join('  ') + '\n');
  }
  process.stdout.write(`Goal: proofs in ${SECONDS} s of CPU and ${MEGABYTES} MB: ${missed ? 'MISSED' : 'met'}\n`);
  if (missed) process.exitCode = 1;
}

main();
