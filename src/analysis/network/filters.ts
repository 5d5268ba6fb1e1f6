import { Cells, intersect, minus, NO_CELLS, union } from './cells';
import { CompiledNetwork, SubnetGroup } from './compiled-network';
import { Firewall, FirewallAction } from './topology';
import { isAbout, Traffic } from './traffic';

/** Addresses of the other side that a subnet's network ACL lets through, in one direction. AWS's default ACL lets everything. */
export function aclAllows(network: CompiledNetwork, { acl, vpc }: SubnetGroup, direction: 'in' | 'out', traffic: Traffic, others: Cells): Cells {
  if (!acl) return others;
  let open = others;
  let allowed: Cells = NO_CELLS;
  for (const entry of [...acl.entries].sort((a, b) => a.number - b.number)) {
    if (entry.direction !== direction || !isAbout(entry, traffic)) continue;
    // Of alike VPCs, none has addresses of another one.
    const matched = vpc.members.length > 1 && vpc.vpc.ranges.includes(entry.cidr) ? NO_CELLS : intersect(open, network.space.of(entry.cidr));
    if (entry.isAllow) allowed = union(allowed, matched);
    open = minus(open, matched);
  }
  return allowed;
}

/** Flows between two sets of addresses. */
export interface Rectangle {
  readonly src: Cells;
  readonly dst: Cells;
}

/** What a firewall does with connections of a class, by the rule that decides first. */
export function filtered(network: CompiledNetwork, firewall: Firewall | undefined, traffic: Traffic, flows: Rectangle): { readonly action: FirewallAction; readonly flows: Rectangle }[] {
  const result: { action: FirewallAction; flows: Rectangle }[] = [];
  let open: Rectangle[] = [flows];
  for (const rule of firewall?.rules ?? []) {
    if (!isAbout(rule, traffic)) continue;
    const [sources, destinations] = [network.space.ofAll(rule.sources), network.space.ofAll(rule.destinations)];
    open = open.flatMap(({ src, dst }) => {
      const [from, to] = [intersect(src, sources), intersect(dst, destinations)];
      if (from.length === 0 || to.length === 0) return [{ src, dst }];
      result.push({ action: rule.action, flows: { src: from, dst: to } });
      return [{ src: minus(src, sources), dst }, { src: from, dst: minus(dst, destinations) }].filter((rest) => rest.src.length > 0 && rest.dst.length > 0);
    });
  }
  return [...result, ...open.map((rest) => ({ action: firewall?.otherwise ?? ('may-pass' as const), flows: rest }))];
}
