import { CfnResource } from 'aws-cdk-lib';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { NetworkMark } from '../model/network/network-note';

/** Writes into a resource what readers of the template should know of it. */
export function mark(resource: CfnResource, facts: NetworkMark): void {
  resource.addMetadata(METADATA_KEY, facts);
}
