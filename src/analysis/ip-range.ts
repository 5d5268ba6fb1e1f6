import { remember } from './remember';

interface IpRange {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

/** Whether an address (or a whole range) lies in a range of the same family. Anything that is no address lies nowhere. */
export function ipMatches(range: string, address: string): boolean {
  const outer = read(range).range;
  const inner = read(address).range;
  if (!outer || !inner || outer.bits !== inner.bits || inner.prefix < outer.prefix) {
    return false;
  }
  const size = 2n ** BigInt(outer.bits - outer.prefix);
  return outer.address / size === inner.address / size;
}

const read = remember((text) => ({ range: parseIpRange(text) }));

/** `10.0.0.0/8`, `10.1.2.3`, `2001:db8::/32`, `::1`; nothing where the text is none of these. */
export function parseIpRange(text: string): IpRange | undefined {
  const [host, length, ...rest] = text.split('/');
  const bits = host.includes(':') ? 128 : 32;
  const address = bits === 128 ? parseV6(host) : parseV4(host);
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  return rest.length === 0 && address !== undefined && prefix <= bits ? { bits, address, prefix } : undefined;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const last = parseV4(dotted[2]);
    return last === undefined ? undefined : parseV6(`${dotted[1]}${(last / 65536n).toString(16)}:${(last % 65536n).toString(16)}`);
  }
  const halves = text.split('::');
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - groups.flat().length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) {
    return undefined;
  }
  const all = halves.length === 2 ? [...groups[0], ...new Array<string>(missing).fill('0'), ...groups[1]] : groups[0];
  return all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) : undefined;
}
