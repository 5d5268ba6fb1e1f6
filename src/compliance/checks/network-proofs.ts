import { CheckResult, Finding } from './check-result';
import { egressInventory, InternetEgress, withoutExits } from '../../analysis/network/egress-inventory';
import { Network } from '../../analysis/network/network';
import { overlappingRanges } from '../../analysis/network/overlapping-ranges';
import { proveIntents } from '../../analysis/network/prove-intents';
import { NetworkOrigin, NetworkTopology } from '../../analysis/network/topology';
import { METADATA_KEY } from '../../model/assembly/landing-zone-metadata';
import { Assembly } from '../../model/assembly/read-assembly';
import { networkFromAssembly } from '../../model/network/network-from-assembly';
import { Problem } from '../../model/organization-definition';
import { Origin } from '../../model/organization-model';

/** The network of an assembly, where its templates declare what it is meant to do; undefined where no hub does. */
export function declaredNetwork(assembly: Assembly): { readonly topology: NetworkTopology; readonly problems: readonly Problem[] } | undefined {
  return assembly.stacks.some(({ template }) => template.Metadata?.[METADATA_KEY]?.network !== undefined) ? networkFromAssembly(assembly) : undefined;
}

/** What hubs declare, held against what the templates do: reachable, not reachable, inspected, symmetric, for all VPCs. */
export function networkProofs({ topology, problems }: { readonly topology: NetworkTopology; readonly problems: readonly Problem[] }): CheckResult {
  const network = new Network(topology);
  const { proved, findings } = proveIntents(network);
  const overlapping = overlappingRanges(topology).filter(({ isRouted }) => isRouted);
  return {
    id: 'network',
    title: 'Network',
    proved,
    summary: summaryOf(egressInventory(network), topology.vpcs.length),
    findings: [
      ...findings.map(({ rule, message, hint, origins }): Finding => {
        const [first, ...details] = message.split('\n') as [string, ...string[]];
        return { rule, severity: 'error', message: first, hint, details, origins: origins.map(originOf) };
      }),
      ...overlapping.map((overlap): Finding => ({
        rule: 'LZ.NET.OVERLAP',
        severity: 'error',
        message: `${overlap.names.join(' and ')} both have ${overlap.cidr}`,
        hint: 'Give one of them other addresses: whoever is connected to both reaches one of them only.',
        origins: overlap.origins.map(originOf),
      })),
      ...problems.map(({ place, message, hint }): Finding => ({ rule: 'LZ.NET.READ', severity: 'error', message: `${place.file}: ${message}`, hint: hint ?? '', origins: [] })),
    ],
  };
}

function summaryOf(egress: readonly InternetEgress[], vpcs: number): string {
  const leaving = withoutExits(egress);
  const of = (those: readonly InternetEgress[]) => new Set(those.map(({ vpc }) => vpc.id)).size;
  const around = of(leaving.filter(({ inspectedBy }) => inspectedBy.length === 0));
  return [`${vpcs} VPCs`, of(leaving) === 0 ? 'no internet egress' : `internet egress of ${of(leaving)}, ${around === 0 ? 'all inspected' : `${around} not inspected`}`].join(' · ');
}

function originOf({ template, logicalId, path }: NetworkOrigin): Origin {
  return { template, logicalId, ...(path !== undefined && { constructPath: path }) };
}
