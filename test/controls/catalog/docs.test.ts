import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { controlDocs, staleDocs, writeDocs } from '../../../scripts/generate-control-docs';
import { Controls } from '../../../src/controls/controls';

const DOCS = controlDocs();
const FOLDER = join(__dirname, '../../../docs/controls');

test('docs/controls is what the catalogue says (npx tsx scripts/generate-control-docs.ts writes it)', () => {
  expect(staleDocs(FOLDER)).toEqual([]);
});

test('a page that is changed, missing or of no control is seen, and put right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'control-docs-'));
  cpSync(FOLDER, folder, { recursive: true });
  writeFileSync(join(folder, 'LZ.S3.1.md'), readFileSync(join(folder, 'LZ.S3.1.md'), 'utf8') + 'by hand\n');
  rmSync(join(folder, 'LZ.IAM.1.md'));
  writeFileSync(join(folder, 'LZ.OLD.1.md'), 'gone');
  expect(staleDocs(folder).sort()).toEqual(['LZ.IAM.1.md', 'LZ.OLD.1.md', 'LZ.S3.1.md']);
  writeDocs(folder);
  expect(staleDocs(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test.each(Controls.all().map((control) => [control.id, control] as const))('the page of %s tells all of it', (id, control) => {
  const page = DOCS.get(`${id}.md`)!;
  expect(page).toContain(`# ${id} · ${control.title}`);
  expect(page).toContain(control.description);
  for (const { framework, requirements } of control.frameworks) expect(page).toContain(`| [${framework.name}](${framework.url}) | ${framework.edition} | ${requirements.join(', ')} |`);
  for (const { identifier } of control.detective) expect(page).toContain(`\`${identifier}\``);
  for (const { action } of [...control.proof.denies, ...control.proof.allows]) expect(page).toContain(`- \`${action}\` by `);
  for (const other of control.controlTower) expect(page).toContain(`- \`${other}\``);
  expect(page.includes('## AWS Control Tower')).toBe(control.controlTower.length > 0);
  expect(page).toMatch(/zone\.enable\('(Root|Suspended|Workloads\/Prod)', Controls\.[a-zA-Z0-9]+\(\)\);/);
  expect(page).not.toMatch(/undefined|\$\{zone:|\[object/);
});

test('every link of the pages leads somewhere', () => {
  for (const [, content] of DOCS) {
    for (const [, target] of content.matchAll(/\]\(([^)]+)\)/g)) {
      if (!target.startsWith('https://')) expect([...DOCS.keys()]).toContain(target);
    }
  }
});
