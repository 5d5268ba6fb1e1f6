import { CfnVPCBlockPublicAccessExclusion } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { PublicAccessExclusion } from './vpc-block-public-access';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** Excludes a VPC or a subnet from the block on public access, wherever that is switched on. */
export function excludeFromBlock(scope: Construct, id: string, { vpcId, subnetId, egressOnly, reason }: PublicAccessExclusion): CfnVPCBlockPublicAccessExclusion {
  if ((vpcId === undefined) === (subnetId === undefined)) throw new InputError(`${scope.node.path}/${id}: an exclusion is of a VPC or of a subnet: give vpcId or subnetId, not ${vpcId ? 'both' : 'neither'}`);
  if (reason.trim() === '') throw new InputError(`${scope.node.path}/${id}: say in reason why internet gateways serve it`);
  const exclusion = new CfnVPCBlockPublicAccessExclusion(scope, id, { internetGatewayExclusionMode: egressOnly ? 'allow-egress' : 'allow-bidirectional', vpcId, subnetId });
  exclusion.addMetadata(METADATA_KEY, { reason });
  return exclusion;
}
