import { IPropertyInjector } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketProps } from 'aws-cdk-lib/aws-s3';

/**
 * Blocks all public access where the author of a bucket has not chosen. CDK takes one injector a construct, the last one: who completes more of a bucket extends this one.
 */
export class BlockBucket implements IPropertyInjector {
  public readonly constructUniqueId = Bucket.PROPERTY_INJECTION_ID;

  public inject(originalProps: any): any {
    const props: BucketProps = originalProps ?? {};
    return { ...props, blockPublicAccess: props.blockPublicAccess ?? BlockPublicAccess.BLOCK_ALL };
  }
}
