import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { NetworkHub } from './network-hub';
import { Cidr } from '../analysis/cidr';

/** What connects a hub with networks on premises. */
interface HybridLink {
  readonly hub: NetworkHub;
  readonly ranges?: string[];
}

/** Addresses that are behind a link. */
export function announcedRanges({ hub, ranges }: HybridLink): string[] {
  return ranges ?? hub.addressPlan.onPremises.map(({ cidr }) => cidr);
}

/** What is wrong with the place of a link, and with its addresses. */
export function hybridProblems(scope: Construct, { hub, ranges = [] }: HybridLink): string[] {
  const planned = hub.addressPlan.onPremises.map(({ cidr }) => Cidr.parse(cidr)!);
  return [
    ...(Stack.of(scope) === Stack.of(hub) ? [] : [`it is in stack ${Stack.of(scope).stackName}, the hub in ${Stack.of(hub).stackName}: make it in the hub's, as each needs the other`]),
    ...(planned.length === 0 ? ['the address plan names no networks on premises: give their addresses in onPremises'] : []),
    ...ranges.filter((range) => !planned.some((block) => Cidr.parse(range) && block.contains(Cidr.parse(range)!)))
      .map((range) => `range ${JSON.stringify(range)} is none of the plan's networks on premises: ${planned.map((block) => block.toString()).join(', ')}`),
  ];
}
