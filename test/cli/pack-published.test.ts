import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { landingZone } from './command';
import { compare } from '../../src/analysis/compare';
import { parsePolicyDocument, PolicyKind } from '../../src/analysis/parse-policy';
import { AccountPolicies } from '../../src/analysis/policy-document';
import { actionIndex } from '../../src/model/action-index-file';
import { readPolicyFiles } from '../../src/model/policy-files';
import { hasInputs, INPUTS, inputFiles } from '../analysis/inputs';

const describeInputs = hasInputs ? describe : describe.skip;
if (!hasInputs) {
  process.stderr.write(`published policies are not packed: ${INPUTS} is absent (set LZ_INPUTS)\n`);
}

const work = mkdtempSync(join(tmpdir(), 'pack-published-'));

async function packed(...args: string[]) {
  const { exit, out, err } = await landingZone('pack', ...args, '--format', 'json');
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  return JSON.parse(out);
}

/** The policies of a folder of the inputs that can be read, in a folder. */
function readable(folder: string, kind: PolicyKind, textOf: (text: string) => string = (text) => text): string {
  const root = join(work, folder.replace(/\W/g, '-'));
  for (const { name, text } of inputFiles(folder)) {
    if (!parsePolicyDocument(textOf(text), name, kind).document) continue;
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), textOf(text));
  }
  return root;
}

function policiesIn(folder: string, kind: PolicyKind): AccountPolicies {
  const { model } = readPolicyFiles([folder], kind);
  return model!.policiesOf(model!.accounts.find(({ isManagement }) => !isManagement) ?? { ...model!.accounts[0]!, isManagement: false });
}

describeInputs('published policies', () => {
  test('56 service control policies of AWS become 2, as few as the lower bound says; the one that is no JSON is named', async () => {
    const { exit, err } = await landingZone('pack', '--policies', join(INPUTS, 'aws-scp-examples'));
    expect(exit).toBe(2);
    expect(err).toMatch(/1 problem in 57 policy files\n\n.*deny-service-specific-credential-by-type\.json:15:13 {2}"\/\/add" is not expected here/);

    const source = readable('aws-scp-examples', 'service-control');
    const out = join(work, 'scp-out');
    const report = await packed('--policies', source, '--repack', '--out', out);
    expect(report).toMatchObject({
      equivalent: true,
      targets: [{ before: { policies: 56, bytes: 22_897, statements: 61 }, after: { policies: 2, bytes: 17_394, statements: 35 }, lowerBound: 2, room: 9 }],
      total: { writtenBytes: 37_555 },
    });
    // The whole comparison agrees with the one by parts.
    expect(compare(policiesIn(source, 'service-control'), policiesIn(out, 'service-control'), actionIndex())).toMatchObject({ changes: [], undecided: [] });
  });

  test('each by itself: two of the 56 say nothing that others do not', async () => {
    const { exit, out } = await landingZone('pack', '--policies', readable('aws-scp-examples', 'service-control'), '--max-count', '60', '--format', 'json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ equivalent: true, moved: 0, targets: [{ after: { policies: 54, statements: 58 } }] });
    expect(JSON.parse(out).vanished).toEqual(['longer-than-30-days', 'long-term-api-keys'].map((end) => expect.stringMatching(new RegExp(`${end}$`))));
  });

  test('21 resource control policies of AWS become 2', async () => {
    const source = readable('rcp-examples', 'resource-control', (text) => JSON.stringify((JSON.parse(text) as { policy: unknown }).policy));
    const out = join(work, 'rcp-out');
    const report = await packed('--policies', source, '--type', 'resource-control', '--repack', '--out', out);
    expect(report).toMatchObject({
      equivalent: true,
      targets: [{ before: { policies: 21, bytes: 6_487, statements: 23 }, after: { policies: 2, bytes: 5_441, statements: 22 }, lowerBound: 2, room: 4 }],
    });
    expect(compare(policiesIn(source, 'resource-control'), policiesIn(out, 'resource-control'), actionIndex())).toMatchObject({ changes: [], undecided: [] });
  });

  test('a data perimeter: 13 become 2', async () => {
    expect(await packed('--policies', join(INPUTS, 'data-perimeter', 'service_control_policies'), '--repack')).toMatchObject({
      equivalent: true, targets: [{ before: { policies: 13, bytes: 18_629, statements: 39 }, after: { policies: 2, bytes: 15_509, statements: 32 }, lowerBound: 2 }],
    });
  });

  describe('a Landing Zone Accelerator configuration', () => {
    const imported = join(work, 'lza');
    const file = join(imported, 'organization.yaml');
    beforeAll(async () => { await landingZone('import', 'lza', join(INPUTS, 'lza-universal'), '--out', imported); });

    test.each([
      [[], { policies: 8, bytes: 15_981, statements: 39 }],
      [['--repack'], { policies: 7, bytes: 15_943, statements: 39 }],
      [['--repack', '--hoist'], { policies: 8, bytes: 15_473, statements: 36 }],
    ])('packed %j', async (options, after) => {
      const out = join(work, `lza-packed${options.join('')}`);
      const report = await packed('--organization', file, ...options, '--out', out);
      expect(report).toMatchObject({ equivalent: true, total: { before: { policies: 8, bytes: 17_213, statements: 41 }, after } });
      const { out: text } = await landingZone('diff', file, join(out, 'organization.yaml'), '--format', 'json');
      const { guardrails, undecided } = JSON.parse(text);
      const changed = [...guardrails, ...undecided];
      // What goes up reaches accounts that come into the unit later, and no other.
      expect(new Set(changed.flatMap(({ accounts, emptyUnits }: any) => [...accounts, ...emptyUnits]))).toEqual(new Set(options.includes('--hoist') ? ['Root/Workloads'] : []));
      expect(new Set(guardrails.map(({ direction }: any) => direction))).toEqual(new Set(options.includes('--hoist') ? ['denied'] : []));
    });

    test('each of its targets has as few policies as the lower bound says', async () => {
      const { targets } = await packed('--organization', file, '--repack');
      expect(targets).toHaveLength(16);
      for (const { target, after, lowerBound } of targets) expect([target, after.policies]).toEqual([target, lowerBound]);
    });
  });
});
