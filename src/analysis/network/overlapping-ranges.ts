import { parseIpRange } from '../ip-range';
import { NetworkOrigin, NetworkTopology } from './topology';

/** Two networks of one mesh that have the same addresses. */
export interface Overlap {
  readonly names: readonly [string, string];
  /** The smaller of the two blocks. */
  readonly cidr: string;
  readonly origins: readonly NetworkOrigin[];
}

interface Member { readonly id: string; readonly name: string; readonly ranges: readonly string[]; readonly origin?: NetworkOrigin }
interface Block { readonly member: Member; readonly cidr: string; readonly from: bigint; readonly to: bigint; readonly isSix: boolean }

/** VPCs and networks outside with overlapping ranges, where gateways, their peerings or VPC peerings bring them together: packets reach one of the two at most. */
export function overlappingRanges(topology: NetworkTopology): Overlap[] {
  const meshes = new Map<string, Member[]>();
  const meshOf = meshesOf(topology);
  for (const member of [...topology.vpcs, ...topology.outsides]) {
    const mesh = meshOf(member.id);
    meshes.set(mesh, [...meshes.get(mesh) ?? [], member]);
  }
  return [...meshes.values()].flatMap(overlapsWithin);
}

function overlapsWithin(members: readonly Member[]): Overlap[] {
  const blocks = members.flatMap((member) => member.ranges.flatMap((cidr) => blockOf(member, cidr) ?? []));
  blocks.sort((one, other) => Number(one.isSix) - Number(other.isSix) || (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
  const found: Overlap[] = [];
  let open: Block[] = [];
  for (const block of blocks) {
    open = open.filter((before) => before.isSix === block.isSix && before.to > block.from);
    for (const before of open) {
      if (before.member.id === block.member.id) continue;
      const smaller = before.to - before.from < block.to - block.from ? before : block;
      found.push({ names: [before.member.name, block.member.name], cidr: smaller.cidr, origins: [before, block].flatMap(({ member }) => member.origin ?? []) });
    }
    open.push(block);
  }
  return found;
}

function blockOf(member: Member, cidr: string): Block | undefined {
  const range = parseIpRange(cidr);
  if (!range) return undefined;
  const size = 2n ** BigInt(range.bits - range.prefix);
  const from = (range.address / size) * size;
  return { member, cidr, from, to: from + size, isSix: range.bits === 128 };
}

/** Which mesh a part is of: parts that anything connects are of one. */
function meshesOf({ attachments, peerings }: NetworkTopology): (id: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    const parent = parents.get(id) ?? id;
    return parent === id ? id : rootOf(parent);
  };
  const join = (one: string, other: string) => { parents.set(rootOf(one), rootOf(other)); };
  const gatewayOf = new Map(attachments.map(({ id, gateway }) => [id, gateway]));
  for (const { gateway, link } of attachments) {
    switch (link.kind) {
      case 'vpc': join(link.vpc, gateway); break;
      case 'firewall': break;
      case 'peering': join(gatewayOf.get(link.peer) ?? gateway, gateway); break;
      default: join(link.outside, gateway);
    }
  }
  for (const { vpcs } of peerings) join(vpcs[0], vpcs[1]);
  return rootOf;
}
