import { EVERYWHERE, normalBlock, without } from './address-blocks';
import { FirewallRule } from '../../analysis/network/topology';

/** Variables of a rule group: undefined where their blocks are not known. */
export interface ListedVariables {
  readonly blocks: ReadonlyMap<string, readonly string[] | undefined>;
  /** IP set references, written with `@`. */
  readonly references: ReadonlyMap<string, readonly string[] | undefined>;
  readonly ports: ReadonlyMap<string, readonly string[]>;
}

const PROTOCOLS: { readonly [name: string]: number | undefined } = { ip: undefined, tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

/** Protocols above TCP and UDP are recognized in the payload; what they run on is what can be told. */
const ABOVE: { readonly [name: string]: number | undefined } = { tls: 6, http: 6, http2: 6, ssh: 6, smtp: 6, ftp: 6, imap: 6, smb: 6, msn: 6, rdp: 6, mqtt: 6, pgsql: 6 };

/** Options that say nothing about which packets a rule is about. */
const NEUTRAL = ['sid', 'msg', 'rev', 'gid', 'metadata', 'classtype', 'priority', 'reference', 'noalert', 'alert'];

const LINE = /^\s*(\w+)\s+([\w-]+)\s+(\[[^\]]*\]|\S+)\s+(\[[^\]]*\]|\S+)\s+(->|<>)\s+(\[[^\]]*\]|\S+)\s+(\[[^\]]*\]|\S+)\s*\((.*)\)\s*$/;

/**
 * Rules of Suricata as far as they are about addresses and ports. One that drops because of more than those is left out: a connection can be opened all the same. One that passes because
 * of more may pass.
 * Source: https://docs.suricata.io/en/suricata-7.0.3/rules/intro.html (read 2026-11-23).
 */
export function suricataRules(text: string, variables: ListedVariables): FirewallRule[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).flatMap((line) => ruleOf(line, variables));
}

function ruleOf(line: string, variables: ListedVariables): FirewallRule[] {
  const [, action, name, source, sourcePort, arrow, destination, port, options] = LINE.exec(line) ?? [];
  const unreadable: FirewallRule = { action: 'may-pass', sources: EVERYWHERE, destinations: EVERYWHERE };
  if (action === undefined) return [unreadable];
  if (action === 'alert' || action === 'config') return [];
  const isPass = action === 'pass';
  if (!isPass && !['drop', 'reject', 'rejectsrc', 'rejectdst', 'rejectboth'].includes(action)) return [unreadable];

  const isAbove = !(name! in PROTOCOLS);
  const protocol = isAbove ? ABOVE[name!] : PROTOCOLS[name!];
  const sources = blocksOf(source!, variables);
  const destinations = blocksOf(destination!, variables);
  const ports = portsOf(port!, variables);
  const isExact = !isAbove && isPlain(options!, isPass) && sourcePort!.toLowerCase() === 'any' && sources !== undefined && destinations !== undefined && ports !== undefined;
  if (!isPass && !isExact) return [];
  const ends = { sources: sources ?? EVERYWHERE, destinations: destinations ?? EVERYWHERE };
  const ways = arrow === '<>' ? [ends, { sources: ends.destinations, destinations: ends.sources }] : [ends];
  const verdict = isExact ? (isPass ? 'pass' : 'drop') : 'may-pass';
  return ways.flatMap((way) => (ports ?? [undefined]).map((range): FirewallRule => ({
    action: verdict, ...way, ...(protocol !== undefined ? { protocol } : {}), ...(range ? { ports: range } : {}),
  }))).filter((rule) => rule.sources.length > 0 && rule.destinations.length > 0);
}

/** A drop of what an established connection sends to the server closes the connection; a pass of it does not open one. */
function isPlain(options: string, isPass: boolean): boolean {
  return options.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((option) => option.trim()).filter((option) => option !== '').every((option) => {
    const [name, value = ''] = option.split(/:(.*)/s);
    if (NEUTRAL.includes(name!.trim())) return true;
    return name!.trim() === 'flow' && !isPass && !/to_client|from_server|not_established|stateless/.test(value);
  });
}

/** Blocks of `any`, `10.0.0.0/8`, `$HOME_NET`, `@list`, `!10.0.0.0/8`, `[10.0.0.0/8, !10.1.0.0/16]`; undefined when one is not known. */
function blocksOf(text: string, variables: ListedVariables): readonly string[] | undefined {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'any') return EVERYWHERE;
  if (trimmed.startsWith('!')) {
    const rest = blocksOf(trimmed.slice(1), variables);
    return rest && without(EVERYWHERE, rest);
  }
  if (trimmed.startsWith('[')) {
    const items = splitList(trimmed.slice(1, -1));
    const taken = items.filter((item) => !item.startsWith('!')).map((item) => blocksOf(item, variables));
    const excluded = items.filter((item) => item.startsWith('!')).map((item) => blocksOf(item.slice(1), variables));
    if ([...taken, ...excluded].includes(undefined)) return undefined;
    return without(taken.length === 0 ? EVERYWHERE : taken.flat() as string[], excluded.flat() as string[]);
  }
  if (trimmed.startsWith('$')) return variableOf(trimmed.slice(1), variables);
  if (trimmed.startsWith('@')) return variables.references.get(trimmed.slice(1));
  const block = normalBlock(trimmed);
  return block === undefined ? undefined : [block];
}

/** EXTERNAL_NET is all that is not HOME_NET, unless it is given. */
function variableOf(name: string, variables: ListedVariables): readonly string[] | undefined {
  const known = variables.blocks.get(name);
  if (known) {
    const blocks = known.map(normalBlock);
    return blocks.every((block) => block !== undefined) ? blocks as string[] : undefined;
  }
  if (name !== 'EXTERNAL_NET') return undefined;
  const home = variableOf('HOME_NET', variables);
  return home && without(EVERYWHERE, home);
}

/** `any`, `443`, `1:1024`, `1024:`, `[80,443]`, `$PORTS`: ranges, or one `undefined` for all ports. Not known: negations. */
function portsOf(text: string, variables: ListedVariables): ({ from: number; to: number } | undefined)[] | undefined {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'any') return [undefined];
  if (trimmed.startsWith('[')) {
    const lists = splitList(trimmed.slice(1, -1)).map((item) => portsOf(item, variables));
    return lists.includes(undefined) ? undefined : lists.flat() as { from: number; to: number }[];
  }
  if (trimmed.startsWith('$')) {
    const listed = variables.ports.get(trimmed.slice(1));
    return listed && portsOf(`[${listed.join(',')}]`, variables);
  }
  const [, from, colon, to] = /^(\d*)(:?)(\d*)$/.exec(trimmed) ?? [];
  if (from === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? 0 : Number(from);
  return [{ from: first, to: colon === '' ? first : to === '' ? 65_535 : Number(to) }];
}

function splitList(text: string): string[] {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
}
