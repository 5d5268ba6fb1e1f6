import { normalBlock } from './address-blocks';
import { NetworkResources } from './network-resources';

/** All that a pool of IPAM may give: its blocks, or those of the pool it gets them from. Undefined when a block is not known. */
export function blocksOfPool(poolId: string, resources: NetworkResources): string[] | undefined {
  const pool = resources.byId(poolId, 'AWS::EC2::IPAMPool');
  if (!pool) return undefined;
  const provisioned = [
    ...asList(pool.value('ProvisionedCidrs')).map((one) => one?.Cidr),
    ...resources.of('AWS::EC2::IPAMPoolCidr').filter((one) => one.value('IpamPoolId') === poolId).map((one) => one.value('Cidr')),
  ];
  const blocks = provisioned.map((text) => (typeof text === 'string' ? normalBlock(text) : undefined));
  if (blocks.length > 0 && blocks.every((block) => block !== undefined)) return blocks as string[];
  const source = pool.value('SourceIpamPoolId');
  return typeof source === 'string' ? blocksOfPool(source, resources) : undefined;
}

function asList(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
