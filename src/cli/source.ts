import { statSync } from 'fs';
import { Terminal } from './terminal';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { Assembly, AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { InputError } from '../model/input-error';
import { Problem } from '../model/organization-definition';
import { OrganizationModel } from '../model/organization-model';
import { modelOfDefinition } from '../organization/model-of-definition';
import { OrganizationFile } from '../organization/organization-file';

/** Which landing zone is asked: `--assembly DIR` or `--organization FILE`. */
export interface SourceOptions {
  readonly assembly?: string;
  readonly organization?: string;
}

/** A landing zone that was read, and what was wrong with it that does not stop a model. */
export interface Source {
  readonly model: OrganizationModel;
  readonly problems: readonly Problem[];
  /** The assembly that was read. @default - the source is a file */
  readonly assembly?: Assembly;
}

/** Reads the source that the options name. Fails when they name none or two, or when no model comes of it. */
export function readSource(options: SourceOptions, terminal: Terminal): Source {
  if ((options.assembly === undefined) === (options.organization === undefined)) {
    throw new InputError('Expected one source: --assembly DIR (such as cdk.out) or --organization FILE');
  }
  return options.assembly !== undefined ? fromAssembly(options.assembly, terminal) : fromFile(options.organization!);
}

/** The same of a path: a folder is an assembly, a file is an organization file. */
export function readAny(path: string, terminal: Terminal): Source {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw new InputError(`${path} does not exist: expected a cloud assembly, such as cdk.out, or an organization.yaml`);
  return readSource(kind.isDirectory() ? { assembly: path } : { organization: path }, terminal);
}

function fromAssembly(dir: string, terminal: Terminal): Source {
  terminal.progress(`Reading ${dir}`);
  try {
    const assembly = readAssembly(dir);
    const { model, problems } = organizationFromAssembly(assembly);
    if (!model) throw new InputError([`${dir} holds no organization`, ...problems.map(({ message, hint }) => `  ${message}${hint ? `  ${hint}` : ''}`)].join('\n'));
    return { model, problems, assembly };
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}

function fromFile(file: string): Source {
  const loaded = OrganizationFile.load(file);
  const { model, problems } = modelOfDefinition(loaded._definition, { lock: loaded.lockFile?._lock });
  return { model, problems };
}
