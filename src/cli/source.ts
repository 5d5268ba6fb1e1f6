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

/** The same of any assembly: one of a product has no organization. */
export type AnySource = Omit<Source, 'model'> & { readonly model?: OrganizationModel };

/** Reads the source that the options name. Fails when they name none or two, or when it has no organization. */
export function readSource(options: SourceOptions, terminal: Terminal): Source {
  const { model, ...rest } = readZoneOrProduct(options, terminal);
  if (!model) throw new InputError(noOrganization(options.assembly!, rest.problems));
  return { model, ...rest };
}

/** Reads the source that the options name; without a model where it is the assembly of a product. Fails when they name none or two. */
export function readZoneOrProduct(options: SourceOptions, terminal: Terminal): AnySource {
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

/** An assembly of a product, by its folder. Fails for one that has an organization. */
export function readProduct(dir: string, terminal: Terminal): Assembly {
  const { assembly, model } = fromAssembly(dir, terminal);
  if (model) throw new InputError(`${dir} holds an organization, and what it is compared with holds none: both must be of one product`);
  return assembly!;
}

function fromAssembly(dir: string, terminal: Terminal): AnySource {
  terminal.progress(`Reading ${dir}`);
  try {
    const assembly = readAssembly(dir);
    return { ...organizationFromAssembly(assembly), assembly };
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}

/** What to do with the assembly of a product, of which guardrails cannot be asked. */
function noOrganization(dir: string, problems: readonly Problem[]): string {
  return [
    `${dir} holds no organization`,
    ...problems.map(({ message, hint }) => `  ${message}${hint ? `  ${hint}` : ''}`),
    '  This asks a landing zone: name the assembly of one, or its organization.yaml. An assembly of a product can be asked with check (what a change replaces: check --base DIR), cost, tags and waves.',
  ].join('\n');
}

function fromFile(file: string): Source {
  const loaded = OrganizationFile.load(file);
  const { model, problems } = modelOfDefinition(loaded._definition, { lock: loaded.lockFile?._lock });
  return { model, problems };
}
