import { SourceOptions } from './source';
import { Terminal } from './terminal';
import { NetworkTopology } from '../analysis/network/topology';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { InputError } from '../model/input-error';
import { networkFromAssembly } from '../model/network/network-from-assembly';
import { OrganizationModel } from '../model/organization-model';

/** A network that was read, with the organization whose accounts it is in, where there is one. */
export interface NetworkSource {
  readonly topology: NetworkTopology;
  readonly organization?: OrganizationModel;
}

/** Reads the network of an assembly: of any CDK app with VPCs. */
export function readNetwork({ assembly: dir, organization }: SourceOptions, terminal: Terminal): NetworkSource {
  if (organization !== undefined) throw new InputError(`${organization} has no network: an organization file knows accounts only. Synthesize, and name the assembly: --assembly cdk.out`);
  if (dir === undefined) throw new InputError('Expected a source: --assembly DIR (such as cdk.out)');
  terminal.progress(`Reading ${dir}`);
  try {
    const assembly = readAssembly(dir);
    const { topology } = networkFromAssembly(assembly);
    if (topology.vpcs.length === 0) throw new InputError(`${dir} holds no network: no template has a VPC`);
    const { model } = organizationFromAssembly(assembly);
    return { topology, ...(model && { organization: model }) };
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}
