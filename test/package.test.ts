import { execFileSync } from 'child_process';
import { join } from 'path';

const root = join(__dirname, '..');
const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
const paths = (files as { path: string }[]).map(({ path }) => path);

test('the package carries what runs without a clone', () => {
  expect(paths).toEqual(expect.arrayContaining([
    'assets/action-index/actions.json.br', 'assets/organization-settings/index.js', 'assets/network-settings/index.js', 'assets/catalog.json', 'assets/product-repository/files.json', 'assets/replacements/properties.json',
    'bin/landing-zone', 'schema/organization.schema.json', 'schema/catalog.schema.json', 'schema/diff.schema.json',
    'README.md', 'LICENSE', 'docs/analysis.md',
  ]));
});

test('and nothing that only a clone needs', () => {
  const top = new Set(paths.map((path) => path.split('/')[0]));
  expect([...top].filter((name) => ['src', 'test', 'examples', 'bench', 'scripts', 'cdk.out', 'rosetta', 'projenrc', '.ci', 'tsconfig.all.json'].includes(name!))).toEqual([]);
});
