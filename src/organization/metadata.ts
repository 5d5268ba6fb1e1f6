import { CfnResource } from 'aws-cdk-lib';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';

export { METADATA_KEY };

/** Marks a resource with its place in the organization. */
export function mark(resource: CfnResource, facts: object): void {
  resource.addMetadata(METADATA_KEY, facts);
}
