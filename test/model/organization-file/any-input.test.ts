import * as fc from 'fast-check';
import { parseOrganizationFile } from '../../../src/model/organization-file/read-organization-file';

const OPTIONS = { controlIds: ['LZ.S3.1'], controlSets: ['workload'] };
const RIGHT = `organization:
  managementAccount: { name: management, email: aws+m@acme.example, tags: { owner: it } }
  regions: { home: eu-west-1, allowed: [eu-west-1] }
  controlSets: [workload]
  policies: { service-control: [a.json], tag: [{ file: t.json, name: tags, description: "All tags" }] }
  units:
    Workloads:
      units:
        Prod: { name: Production, controls: [LZ.S3.1], accounts: { web: { email: aws+w@acme.example } } }
    Suspended:
`;
const FILES: { [path: string]: string } = { 'a.json': '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}', 't.json': '{"tags":{}}' };

function read(text: string, files = FILES) {
  return parseOrganizationFile(text, 'o.yaml', OPTIONS, (path) => (Object.hasOwn(files, path) ? { file: path, text: files[path]! } : undefined));
}

/** A definition or problems, and each problem inside a text that was read. */
function isSound(text: string, files = FILES): void {
  const { definition, problems } = read(text, files);
  expect(definition === undefined).toBe(problems.length > 0);
  const texts = new Map([...Object.entries(files), ['o.yaml', text]]);
  for (const { place, message } of problems) {
    expect(message).not.toBe('');
    const lines = texts.get(place.file)!.split('\n');
    if (place.line === undefined) continue;
    expect(place.line).toBeLessThanOrEqual(lines.length);
    expect(place.column!).toBeLessThanOrEqual(lines[place.line - 1]!.length + 1);
  }
}

test('the text it starts from is right', () => {
  expect(read(RIGHT).problems).toEqual([]);
});

const snippet = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('\n', '\t', '  ', ': ', '- ', '[', ']', '{', '}', '"', '\'', '#', '&a ', '*a', '!!x ', '---\n', '...\n', '|\n', '>-\n', '%YAML 1.1\n', '<<: ', '? ', '\u0000', '\uFEFF', '😀'));

test('law: however a text is damaged, the answer is a definition or problems with places, never a crash', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(RIGHT.length), fc.nat(12), snippet), { minLength: 1, maxLength: 4 }), (edits) => {
    isSound(edits.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), RIGHT));
  }), { numRuns: 600 });
});

const word = fc.constantFrom('organization', 'managementAccount', 'email', 'name', 'units', 'accounts', 'policies', 'service-control', 'tag', 'file', 'controls', 'controlSets', 'tags', 'regions', 'home', 'allowed', 'Root', '__proto__', 'constructor', '0', 'a.json');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ depthSize: 'medium' }, fc.oneof(word, fc.constantFrom('aws+m@acme.example', 'LZ.S3.1', 'eu-west-1'), fc.boolean(), fc.integer(), fc.constant(null)), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(word, tie('tree'), { maxKeys: 5 })),
}));

test('law: whatever stands where, the answer is a definition or problems with places, never a crash', () => {
  fc.assert(fc.property(fc.dictionary(word, tree, { maxKeys: 8 }), fc.boolean(), (inside, wellBegun) => {
    const organization = wellBegun ? { ...inside, managementAccount: { email: 'aws+m@acme.example' } } : inside;
    isSound(JSON.stringify({ organization }, undefined, 1));
  }), { numRuns: 600 });
});

test('law: however a policy is damaged, the same', () => {
  const policy = FILES['a.json']!;
  fc.assert(fc.property(fc.nat(policy.length), fc.nat(30), snippet, (at, length, put) => {
    isSound(RIGHT, { ...FILES, 'a.json': policy.slice(0, at) + put + policy.slice(at + length) });
  }), { numRuns: 300 });
});
