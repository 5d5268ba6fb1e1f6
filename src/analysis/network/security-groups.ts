import { Cells, intersect, NO_CELLS, union } from './cells';
import { CompiledNetwork } from './compiled-network';
import { NetworkInterface, SecurityRule } from './topology';
import { isAbout, Traffic } from './traffic';

/**
 * Addresses of the other side that the security groups of an interface let through. A rule about a group lets its members through: the other interface, where one is asked about; else anyone in
 * a VPC, who may be one. Answers pass without rules.
 */
export function groupsAllow(network: CompiledNetwork, one: NetworkInterface, direction: 'ingress' | 'egress', traffic: Traffic, others: Cells, other?: NetworkInterface): Cells {
  const rules = one.securityGroups.flatMap((id) => network.securityGroup(id)?.[direction] ?? []);
  return union(...rules.filter((rule) => isAbout(rule, traffic)).map((rule) => peersOf(network, rule, others, other)));
}

/** Why what security groups say is not known; undefined where it is. */
export function unknownOfGroups(network: CompiledNetwork, { securityGroups, name }: NetworkInterface): string | undefined {
  const missing = securityGroups.find((id) => !network.securityGroup(id));
  if (missing !== undefined) return `a security group of ${name} is not known`;
  return securityGroups.flatMap((id) => [...network.securityGroup(id)!.ingress, ...network.securityGroup(id)!.egress]).find(({ unknown }) => unknown !== undefined)?.unknown;
}

function peersOf(network: CompiledNetwork, { cidrs, group }: SecurityRule, others: Cells, other: NetworkInterface | undefined): Cells {
  if (cidrs) return intersect(others, network.space.ofAll(cidrs));
  if (group === undefined) return NO_CELLS;
  if (other) return other.securityGroups.includes(group) ? others : NO_CELLS;
  return intersect(others, union(...network.groups.map(({ ranges }) => ranges)));
}
