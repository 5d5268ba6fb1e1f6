import { CfnResource } from 'aws-cdk-lib';

/** Key under which our constructs write into templates what CloudFormation has no place for; `model/assembly` reads it. */
export const METADATA_KEY = 'cdk-landing-zone';

/** Marks a resource with its place in the organization. */
export function mark(resource: CfnResource, facts: object): void {
  resource.addMetadata(METADATA_KEY, facts);
}
