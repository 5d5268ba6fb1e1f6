import { Draft, Reading } from './reading';
import { PublicAccess, Subnet } from '../../analysis/network/topology';

const BLOCKS: { readonly [mode: string]: PublicAccess } = { 'off': 'both', 'block-bidirectional': 'none', 'block-ingress': 'egress' };
const EXCLUSIONS: { readonly [mode: string]: PublicAccess } = { 'allow-bidirectional': 'both', 'allow-egress': 'egress' };

/**
 * What VPC block public access leaves to subnets of the accounts and Regions where templates switch it on. Blocks by an organization policy are not read: without them more is reachable
 * than in truth, never less.
 */
export function readPublicAccess(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::EC2::VPCBlockPublicAccessOptions')) {
    const left = BLOCKS[resources.text(resource, 'InternetGatewayBlockMode') ?? ''];
    for (const vpc of reading.vpcs.values()) {
      if (left === undefined || vpc.account !== resource.account || vpc.region !== resource.region) continue;
      for (const subnet of vpc.subnets as Draft<Subnet>[]) subnet.publicAccess = left;
    }
  }
  for (const resource of resources.of('AWS::EC2::VPCBlockPublicAccessExclusion')) {
    const mode = EXCLUSIONS[resources.text(resource, 'InternetGatewayExclusionMode') ?? ''];
    const subnet = reading.subnets.get(resources.text(resource, 'SubnetId') ?? '');
    const vpc = reading.vpcs.get(resources.text(resource, 'VpcId') ?? '');
    for (const one of (subnet ? [subnet] : vpc?.subnets ?? []) as Draft<Subnet>[]) if (mode !== undefined && one.publicAccess !== 'both') one.publicAccess = mode;
  }
}
