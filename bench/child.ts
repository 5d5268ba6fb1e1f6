// One measurement in a process of its own: prints CPU seconds of composing and synthesizing (imports excluded) and the peak of memory.
const [kind, first, second, outdir] = process.argv.slice(2) as [string, string, string, string];

async function main() {
  const { synthesizeZone } = kind === 'zone' ? await import('./zone.js') : { synthesizeZone: undefined };
  const { synthesizeFloor } = kind === 'floor' ? await import('./floor.js') : { synthesizeFloor: undefined };
  const before = process.cpuUsage();
  synthesizeZone?.(Number(first), outdir);
  synthesizeFloor?.(Number(first), Number(second), outdir);
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
}

void main();
