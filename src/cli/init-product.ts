import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import { basename, dirname, join, resolve } from 'path';
import { goldenPath } from './catalog';
import { Product, productFiles } from './init/product-files';
import { EXIT, Terminal } from './terminal';
import { InputError } from '../model/input-error';

/** Options of `landing-zone init product`. */
export interface InitProductOptions {
  /** @default - the name of the folder */
  readonly name?: string;
  readonly owner?: string;
  readonly costCenter?: string;
  readonly environment: string;
  readonly goldenPath: string;
  /** Whether names are left to a template of Backstage. */
  readonly skeleton?: boolean;
  readonly format: string;
}

/** What values have to look like: names of stacks and repositories, and values of tags. */
const FORMS: readonly { readonly field: 'name' | 'owner' | 'costCenter' | 'environment'; readonly flag: string; readonly form: RegExp; readonly expected: string }[] = [
  { field: 'name', flag: '--name', form: /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, expected: '3 to 40 small letters, digits and hyphens, such as orders' },
  { field: 'owner', flag: '--owner', form: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, expected: 'a team, such as team-orders' },
  { field: 'costCenter', flag: '--cost-center', form: /^[A-Za-z0-9_.-]{1,63}$/, expected: 'who pays, such as 1042' },
  { field: 'environment', flag: '--environment', form: /^[a-z0-9-]{1,63}$/, expected: 'a name, such as dev' },
];

/** Writes the repository of a product on the paved road, and says what to do next. Overwrites nothing. */
export function initProduct(dir: string, options: InitProductOptions, terminal: Terminal): number {
  const path = goldenPath(options.goldenPath);
  const place = { ...namesOf(dir, options), path, version: versionRange() };
  refuseFull(dir);
  const files = productFiles(place);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  const names = [...files.keys()].sort();
  terminal.print(options.format === 'json' ? JSON.stringify({ version: 1, dir, goldenPath: path.name, files: names }, undefined, 2) : textOf(dir, place, names, options, terminal));
  return EXIT.clean;
}

/** Fails with all that is wrong. */
function namesOf(dir: string, options: InitProductOptions): Pick<Product, 'name' | 'owner' | 'costCenter' | 'environment'> {
  if (options.skeleton === true) {
    const value = (key: string) => `\${{ values.${key} }}`;
    return { name: value('name'), owner: value('owner'), costCenter: value('costCenter'), environment: value('environment') };
  }
  const said = { name: options.name ?? basename(resolve(dir)), owner: options.owner ?? '', costCenter: options.costCenter ?? '', environment: options.environment };
  const problems = FORMS.filter(({ field, form }) => !form.test(said[field])).map(({ field, flag, expected }) => (said[field] === '' ? `${flag} is missing: expected ${expected}` : `${flag} ${said[field]}: expected ${expected}`));
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return said;
}

/** A folder that git knows may hold git's own. */
function refuseFull(dir: string): void {
  if (!existsSync(dir)) return;
  if (!statSync(dir).isDirectory()) throw new InputError(`${dir} is a file: expected a folder that is new or empty`);
  const [first] = readdirSync(dir).filter((name) => name !== '.git');
  if (first !== undefined) throw new InputError(`${dir} is not empty (it has ${first}), and nothing is overwritten. Name a folder that is new or empty.`);
}

/** Versions that go with this one; a version that was never published takes any. */
function versionRange(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string };
  return version === '0.0.0' ? '*' : `^${version}`;
}

function textOf(dir: string, { name, path }: Product, files: readonly string[], { skeleton = false }: InitProductOptions, { colors }: Terminal): string {
  const head = `${colors.bold(skeleton ? 'A skeleton' : name)}: ${path.name} on the paved road, ${files.length} files in ${dir}`;
  if (skeleton) return [head, '', 'Beside it: npx landing-zone catalog --format backstage > templates.yaml'].join('\n');
  return [
    head, '', 'Next:',
    ...(resolve(dir) === process.cwd() ? [] : [`  cd ${dir}`]),
    '  npm install                               # commit package-lock.json, which CI installs from',
    '  npm test',
    '  npx cdk synth --quiet && npx landing-zone check --assembly cdk.out',
    `Then your code and your runbook in src/${path.id}.ts; README.md says the rest.`,
  ].join('\n');
}
