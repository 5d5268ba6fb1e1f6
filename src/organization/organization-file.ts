import { existsSync } from 'fs';
import { dirname, join } from 'path';
import { LockFile } from './lock-file';
import { ControlSet } from '../controls/control-set';
import { Controls } from '../controls/controls';
import { InputError } from '../model/input-error';
import { OrganizationDefinition, Problem } from '../model/organization-definition';
import { formatProblems, readOrganizationFile } from '../model/organization-file/read-organization-file';

/** What goes with an organization file. */
export interface OrganizationFileOptions {
  /** Ids known from `landing-zone pull`. @default - `organization.lock.json` beside the file, when it exists */
  readonly lockFile?: string;
}

/**
 * `organization.yaml`: the tree, its accounts, their control sets and policies, as governance people edit it.
 *
 * @example
 * const file = OrganizationFile.load('organization.yaml');
 */
export class OrganizationFile {
  /** Reads the file and every policy it names. Fails with all mistakes at once, each with its place and what was expected. */
  public static load(file: string, options: OrganizationFileOptions = {}): OrganizationFile {
    const read = OrganizationFile._read(file);
    if (!read.definition) throw new InputError(formatProblems(read.problems, file));
    const lock = options.lockFile ?? join(dirname(file), 'organization.lock.json');
    return new OrganizationFile(file, read.definition, options.lockFile !== undefined || existsSync(lock) ? LockFile.load(lock) : undefined);
  }

  /** @internal */
  public static _read(file: string): { definition?: OrganizationDefinition; problems: readonly Problem[] } {
    const ids = Controls.all().map((control) => control.id);
    return readOrganizationFile(file, { controlIds: ids, controlSets: ControlSet.names() });
  }

  private constructor(
    /** Path as given. */
    public readonly file: string,
    /** @internal */
    public readonly _definition: OrganizationDefinition,
    /** Ids, when a lock file is there. */
    public readonly lockFile: LockFile | undefined,
  ) {}
}
