import { overlaps } from './cells';
import { Flow } from './flow';
import { Network, resultOf } from './network';
import { Step } from './question';

/** What packets leave by. */
export type EgressKind = 'nat-gateway' | 'internet-gateway' | 'egress-only-internet-gateway' | 'outside';

/** A way from a VPC to the internet. */
export interface InternetEgress {
  readonly account: string;
  readonly region: string;
  readonly vpc: { readonly id: string; readonly name: string };
  /** Zone that packets start in. */
  readonly zone: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly by: EgressKind;
  /** What gives the public address or is the last that is known: `nat hub`. */
  readonly gateway: string;
  /** VPC where they leave; absent where a network outside carries them on. */
  readonly exit?: string;
  /** Names of the firewalls that they pass; none: nothing inspects them. */
  readonly inspectedBy: readonly string[];
  /** Whether it is known that they get there: a network outside may or may not carry them on. */
  readonly isCertain: boolean;
  /** `tcp/443`: where not all traffic goes this way, the first kinds that do. */
  readonly traffic: readonly string[];
  readonly path: readonly Step[];
}

/** Every way from each VPC to the internet, zone by zone, by which answers come back: who has one, through what, inspected by what. */
export function egressInventory(network: Network): InternetEgress[] {
  const { network: compiled, flows } = network.flowsOfAll({ kind: 'internet' });
  const found = new Map<string, InternetEgress & { traffic: string[] }>();
  for (const flow of flows) {
    const kind = kindOf(flow);
    if (!kind) continue;
    const result = resultOf(compiled, [flow]);
    for (const vpc of flow.start.subnet!.vpc.members) {
      if (!overlaps(flow.start.subnet!.vpc.rangesOf.get(vpc.id)!, flow.src)) continue;
      const one = {
        account: vpc.account, region: vpc.region, vpc: { id: vpc.id, name: vpc.name }, zone: flow.start.subnet!.subnet.zone, family: overlaps(flow.dst, compiled.space.family('ipv4')) ? 'ipv4' : 'ipv6',
        by: kind, gateway: gatewayOf(flow, kind), ...(flow.leaf.exit && { exit: flow.leaf.exit.vpc.name }),
        inspectedBy: result.inspectedBy.map((id) => compiled.firewall(id)?.name ?? id), isCertain: flow.kind === 'reached',
      } as const;
      const key = JSON.stringify(one);
      const known = found.get(key);
      if (!known) found.set(key, { ...one, traffic: [result.traffic], path: result.path });
      else if (!known.traffic.includes(result.traffic)) known.traffic.push(result.traffic);
    }
  }
  const order = ({ account, vpc, zone, family, gateway }: InternetEgress) => [account, vpc.name, zone, family, gateway].join('\n');
  return [...found.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

/** Without the VPCs that others leave by: those are where egress is, rather than somebody who has it. */
export function withoutExits(egress: readonly InternetEgress[]): InternetEgress[] {
  const exits = new Set(egress.flatMap(({ vpc, exit }) => (exit === undefined || exit === vpc.name ? [] : [exit])));
  return egress.filter(({ vpc }) => !exits.has(vpc.name));
}

function kindOf({ kind, leaf }: Flow): EgressKind | undefined {
  if (kind === 'unknown' && leaf.outside !== undefined) return 'outside';
  if (kind !== 'reached') return undefined;
  if (leaf.packets.translated.length > 0) return 'nat-gateway';
  return leaf.by === 'egress-only-internet-gateway' ? leaf.by : 'internet-gateway';
}

function gatewayOf({ leaf }: Flow, kind: EgressKind): string {
  const { translated, path } = leaf.packets;
  return kind === 'nat-gateway' ? translated[translated.length - 1]!.nat.name : path[path.length - 1]!.component;
}
