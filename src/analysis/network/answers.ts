import { intersect } from './cells';
import { CompiledNetwork } from './compiled-network';
import { elsewhere, Flow } from './flow';
import { Inspected, Leaf, Opening, packetsFrom } from './packets';
import { Start } from './places';
import { Traffic, trafficWords } from './traffic';
import { Walk } from './walk';

/** What becomes of answers to packets that arrived, split where answers are treated differently. */
export function answered(network: CompiledNetwork, flow: Omit<Flow, 'kind'>): Flow[] {
  return network.traffic.answers(flow.traffic).flatMap((traffic) => {
    const { packets } = flow.leaf;
    const opening: Opening = { to: packets.translated, inspected: packets.inspected, interfaces: packets.interfaces, zones: packets.zones };
    const base = packetsFrom(packets.dst, packets.translated.length > 0 ? packets.src : flow.src, traffic, opening);
    return answersFrom(network, flow.leaf, base).map((back) => judged(network, flow, back, traffic));
  });
}

function judged(network: CompiledNetwork, flow: Omit<Flow, 'kind'>, back: Leaf, traffic: Traffic): Flow {
  const { packets } = flow.leaf;
  const isHome = cameHome(back, flow.start);
  // The address that a NAT gateway gave stands for all whom it gave it to.
  const src = back.packets.answers!.to.length === 0 ? intersect(flow.src, back.packets.dst) : flow.src;
  const around = isHome ? asymmetry(network, packets.inspected, back.packets.inspected) : undefined;
  const why = isHome ? around : back.why ?? elsewhere(back);
  const { path, passed } = back.packets;
  const isAsymmetric = around !== undefined || back.isAsymmetric === true;
  const shown = { arrives: isHome, isSymmetric: isHome && !isAsymmetric, isAsymmetric, path, passed, ...(why !== undefined && { why }) };
  const part = { ...flow, src, dst: back.packets.translated[0]?.original ?? back.packets.src, back: shown };
  if (back.kind === 'unknown') return { ...part, kind: 'unknown', why: `the answer: ${back.why}` };
  const missed = isHome ? packets.interfaces.find((id) => !back.packets.interfaces.includes(id)) : undefined;
  if (why === undefined && missed !== undefined) return { ...part, kind: 'unknown', why: `the answer passes around interface ${missed}: whether it lets through what follows is not known` };
  if (why === undefined) return { ...part, kind: 'reached' };
  const isSame = traffic.from === flow.traffic.from && traffic.to === flow.traffic.to;
  return { ...part, kind: 'blocked', why: `${trafficWords(flow.traffic)} arrives and the answer${isSame ? '' : ` (${trafficWords(traffic)})`} does not: ${why}` };
}

/** Networks outside answer by the attachment that a connection came by. */
function answersFrom(network: CompiledNetwork, leaf: Leaf, packets: ReturnType<typeof packetsFrom>): Leaf[] {
  const walk = new Walk(network);
  if (leaf.kind === 'vpc') return walk.fromSubnet(leaf.subnet!, packets);
  if (leaf.kind === 'internet') return walk.fromInternet(leaf.exit!, leaf.by, packets);
  return leaf.exit ? walk.fromVpnGateway(leaf.exit, packets) : walk.fromAttachment(leaf.attachment!, packets);
}

function cameHome({ kind, subnet, exit, by, outside, packets }: Leaf, { subnet: own, gateway, attachment }: Start): boolean {
  if (packets.translated.length > 0 || packets.answers!.to.length > 0) return false;
  if (own) return kind === 'vpc' && subnet!.vpc === own.vpc;
  if (gateway) return exit === gateway.vpc && (gateway.kind === 'internet' ? kind === 'internet' && by === 'internet-gateway' : kind === 'outside');
  return kind === 'outside' && exit === undefined && 'outside' in attachment!.attachment.link && attachment!.attachment.link.outside === outside;
}

/** Why a firewall drops what follows; undefined where both ways pass the same ones. */
function asymmetry(network: CompiledNetwork, there: readonly Inspected[], back: readonly Inspected[]): string | undefined {
  const missing = there.find(({ firewall, at }) => !back.some((one) => one.firewall === firewall && one.at === at));
  return missing && `it passes around firewall ${network.firewall(missing.firewall)?.name ?? missing.firewall}, which saw the opening and drops what follows: asymmetric`;
}
