import { existsSync } from 'fs';
import { join } from 'path';
import { table } from './explain';
import { EXIT, Terminal } from './terminal';
import { InputError } from '../model/input-error';
import { Notice, readLzaConfiguration } from '../model/lza/read-lza-configuration';
import { OrganizationDefinition, unitsOf } from '../model/organization-definition';
import { formatProblems } from '../model/organization-file/read-organization-file';
import { writeOrganizationFile } from '../model/organization-file/write-organization-file';

/** Options of `landing-zone import lza`. */
export interface ImportOptions {
  readonly out: string;
  readonly format: string;
}

/** Reads a Landing Zone Accelerator configuration and writes organization.yaml. Exit 1 when something is left to do. */
export function importLza(dir: string, options: ImportOptions, terminal: Terminal): number {
  const file = join(options.out, 'organization.yaml');
  if (existsSync(file)) throw new InputError(`${file} exists already, and an import overwrites nothing. Give another --out, or move it away.`);
  terminal.progress(`Reading ${dir}`);
  const { definition, problems, notices, remarks } = readLzaConfiguration(dir);
  if (!definition) throw new InputError(formatProblems(problems, dir));
  const files = writeOrganizationFile(definition, options.out, remarks);
  terminal.print(options.format === 'json' ? JSON.stringify({ version: 1, files, notices }, undefined, 2) : textOf(definition, files.length, notices, file, terminal));
  return notices.some(({ kind }) => kind === 'to do') ? EXIT.violations : EXIT.clean;
}

function textOf(definition: OrganizationDefinition, files: number, notices: readonly Notice[], file: string, { colors }: Terminal): string {
  const units = [...unitsOf(definition.root)];
  const accounts = units.reduce((sum, unit) => sum + unit.accounts.length, 1);
  const policies = new Set(units.flatMap((unit) => [unit, ...unit.accounts]).flatMap((target) => target.policies).map(({ type, name }) => `${type}/${name}`)).size;
  const section = (kind: Notice['kind'], title: string): string[] => {
    const found = notices.filter((notice) => notice.kind === kind);
    return found.length === 0 ? [] : ['', colors.bold(title), ...table(found.map(({ subject, message }) => [subject, message])).map((line) => `  ${line}`)];
  };
  return [
    `Wrote ${file} and ${files - 1} policy files: ${accounts} accounts, ${units.length - 1} units, ${policies} attached policies`,
    ...section('to do', 'Left for you to fill in (marked in the output)'),
    ...section('assumed', 'Assumed'),
    ...section('not carried over', 'Not carried over'),
    '',
    `Next: npx landing-zone check --organization ${file}`,
  ].join('\n');
}
