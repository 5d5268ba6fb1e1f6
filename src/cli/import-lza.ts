import { existsSync } from 'fs';
import { join } from 'path';
import { table } from './explain';
import { networkLines } from './lza-network-view';
import { EXIT, Terminal } from './terminal';
import { InputError } from '../model/input-error';
import { LzaNetworkReport, lzaNetworkReports } from '../model/lza/network/lza-network-report';
import { Notice, readLzaConfiguration } from '../model/lza/read-lza-configuration';
import { OrganizationDefinition, unitsOf } from '../model/organization-definition';
import { formatProblems } from '../model/organization-file/read-organization-file';
import { writeOrganizationFile } from '../model/organization-file/write-organization-file';

/** Characters of a column of subjects. */
const WIDEST = 100;

/** Options of `landing-zone import lza`. */
export interface ImportOptions {
  readonly out: string;
  readonly format: string;
}

/** Reads a Landing Zone Accelerator configuration, writes organization.yaml and reports on its network. Exit 1 when something is left to do. */
export function importLza(dir: string, options: ImportOptions, terminal: Terminal): number {
  const file = join(options.out, 'organization.yaml');
  if (existsSync(file)) throw new InputError(`${file} exists already, and an import overwrites nothing. Give another --out, or move it away.`);
  terminal.progress(`Reading ${dir}`);
  const { definition, problems, notices: found, remarks } = readLzaConfiguration(dir);
  if (!definition) throw new InputError(formatProblems(problems, dir));
  const files = writeOrganizationFile(definition, options.out, remarks);
  const networks = lzaNetworkReports(dir);
  // Sections of a network that is read are told of more closely by its reader.
  const notices = [...found.filter(({ subject }) => !networks.some((network) => subject.startsWith(`${network.file}: `))), ...networks.flatMap((network) => network.notices)];
  terminal.print(options.format === 'json' ? JSON.stringify({ version: 1, files, notices, networks: networks.map(({ notices: _, ...network }) => network) }, undefined, 2)
    : textOf(definition, files.length, notices, networks, file, terminal));
  return notices.some(({ kind }) => kind === 'to do') ? EXIT.violations : EXIT.clean;
}

function textOf(definition: OrganizationDefinition, files: number, notices: readonly Notice[], networks: readonly LzaNetworkReport[], file: string, terminal: Terminal): string {
  const { colors } = terminal;
  const units = [...unitsOf(definition.root)];
  const accounts = units.reduce((sum, unit) => sum + unit.accounts.length, 1);
  const policies = new Set(units.flatMap((unit) => [unit, ...unit.accounts]).flatMap((target) => target.policies).map(({ type, name }) => `${type}/${name}`)).size;
  const section = (kind: Notice['kind'], title: string): string[] => {
    const found = notices.filter((notice) => notice.kind === kind);
    return found.length === 0 ? [] : ['', colors.bold(title), ...inColumns(found).map((line) => `  ${line}`)];
  };
  return [
    `Wrote ${file} and ${files - 1} policy files: ${accounts} accounts, ${units.length - 1} units, ${policies} attached policies`,
    ...section('to do', 'Left for you to fill in (marked in the output)'),
    ...section('assumed', 'Assumed'),
    ...section('not carried over', 'Not carried over'),
    ...networks.flatMap((network) => networkLines(network, terminal)),
    '',
    `Next: npx landing-zone check --organization ${file}`,
  ].join('\n');
}

/** Beside each other, but for subjects of many words, which would push all others apart. */
function inColumns(notices: readonly Notice[]): string[] {
  const [short, long] = [notices.filter(({ subject }) => subject.length <= WIDEST), notices.filter(({ subject }) => subject.length > WIDEST)];
  return [...table(short.map(({ subject, message }) => [subject, message])), ...long.map(({ subject, message }) => `${subject}: ${message}`)];
}
