import { statSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import { SourceOptions } from './source';
import { Terminal } from './terminal';
import { NetworkTopology } from '../analysis/network/topology';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { InputError } from '../model/input-error';
import { networkFromLza } from '../model/lza/network/lza-network';
import { networkFiles } from '../model/lza/network/lza-network-report';
import { readLzaConfiguration } from '../model/lza/read-lza-configuration';
import { networkFromAssembly } from '../model/network/network-from-assembly';
import { formatProblems } from '../model/organization-file/read-organization-file';
import { OrganizationModel } from '../model/organization-model';
import { modelOfDefinition } from '../organization/model-of-definition';

/** Whose network is asked: `--assembly DIR` or `--lza PATH`. */
export interface NetworkSourceOptions extends SourceOptions {
  readonly lza?: string;
}

/** A network that was read, with the organization whose accounts it is in, where there is one. */
export interface NetworkSource {
  /** As it was named. */
  readonly source: string;
  readonly topology: NetworkTopology;
  readonly organization?: OrganizationModel;
}

/** Reads the network of an assembly, of any CDK app with VPCs, or of a Landing Zone Accelerator configuration. */
export function readNetwork({ assembly, organization, lza }: NetworkSourceOptions, terminal: Terminal): NetworkSource {
  if (organization !== undefined) throw new InputError(`${organization} has no network: an organization file knows accounts only. Synthesize, and name the assembly: --assembly cdk.out`);
  if ((assembly === undefined) === (lza === undefined)) throw new InputError('Expected one source: --assembly DIR (such as cdk.out) or --lza DIR (a Landing Zone Accelerator configuration)');
  return assembly !== undefined ? fromAssembly(assembly, terminal) : fromLza(lza!, terminal);
}

function fromAssembly(dir: string, terminal: Terminal): NetworkSource {
  terminal.progress(`Reading ${dir}`);
  try {
    const assembly = readAssembly(dir);
    const { topology } = networkFromAssembly(assembly);
    if (topology.vpcs.length === 0) throw new InputError(`${dir} holds no network: no template has a VPC`);
    const { model } = organizationFromAssembly(assembly);
    return { source: dir, topology, ...(model && { organization: model }) };
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}

/** A folder with one network, or one of the files in its folder `network`. */
function fromLza(path: string, terminal: Terminal): NetworkSource {
  terminal.progress(`Reading ${path}`);
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw new InputError(`${path} does not exist: expected a Landing Zone Accelerator configuration folder, or a network's file in it`);
  const dir = kind.isDirectory() ? path : basename(dirname(path)) === 'network' ? dirname(dirname(path)) : dirname(path);
  const files = kind.isDirectory() ? networkFiles(dir) : [relative(dir, path)];
  if (files.length === 0) throw new InputError(`${path} has no network: expected network-config.yaml`);
  if (files.length > 1) throw new InputError(`${path} has ${files.length} networks to choose from. Name one:\n${files.map((file) => `  --lza ${join(dir, file)}`).join('\n')}`);
  const { topology, problems } = networkFromLza(dir, files[0]);
  if (!topology) throw new InputError(formatProblems(problems, dir));
  const { definition } = readLzaConfiguration(dir);
  return { source: join(dir, files[0]!), topology, ...(definition && { organization: modelOfDefinition(definition).model }) };
}
