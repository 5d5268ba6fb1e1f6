import { normalBlock } from './address-blocks';
import { Reading } from './reading';
import { isKnown } from '../assembly/resolved';

/** Blocks of a prefix list of the assembly; otherwise why they are not known. */
export function prefixListBlocks(id: string, reading: Reading): readonly string[] | string {
  const list = reading.resources.byId(id, 'AWS::EC2::PrefixList');
  if (!list) return `the entries of prefix list ${id} are not in the assembly`;
  const entries = list.value('Entries') ?? [];
  if (!Array.isArray(entries) || !isKnown(entries)) return `not all entries of prefix list ${list.name} are known`;
  if (reading.resources.of('AWS::EC2::IPAMPrefixListResolverTarget').some((one) => one.value('PrefixListId') === id)) return `IPAM writes the entries of prefix list ${list.name}`;
  const blocks = entries.map((entry) => normalBlock(String(entry?.Cidr)));
  return blocks.every((block) => block !== undefined) ? blocks as string[] : `prefix list ${list.name} has an entry that is no block of addresses`;
}
