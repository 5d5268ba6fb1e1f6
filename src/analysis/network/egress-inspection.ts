import { egressInventory, InternetEgress, withoutExits } from './egress-inventory';
import { Network, resultOf } from './network';
import { FlowResult } from './question';

/** Whether what leaves for the internet passes a firewall. */
export interface EgressInspection {
  /** `unknown` where something that is not modelled, or a network on premises, could carry packets there without. */
  readonly verdict: 'always' | 'not-always' | 'nothing-leaves' | 'unknown';
  /** Ways of VPCs that are no exits for others. */
  readonly ways: readonly InternetEgress[];
  /** Of them, those that pass no firewall. */
  readonly around: readonly InternetEgress[];
  /** What is not modelled and could be a way. */
  readonly unknown: readonly FlowResult[];
}

/** Does everything that leaves pass a firewall, from every VPC and zone? */
export function egressInspection(network: Network): EgressInspection {
  const ways = withoutExits(egressInventory(network));
  const around = ways.filter(({ inspectedBy }) => inspectedBy.length === 0);
  const { network: compiled, flows } = network.flowsOfAll({ kind: 'internet' });
  const unknown = flows.filter(({ kind, leaf }) => kind === 'unknown' && leaf.outside === undefined).map((flow) => resultOf(compiled, [flow]));
  const isAround = around.some(({ isCertain }) => isCertain);
  const isOpen = around.length + unknown.length > 0;
  return { verdict: isAround ? 'not-always' : isOpen ? 'unknown' : ways.length > 0 ? 'always' : 'nothing-leaves', ways, around, unknown };
}
