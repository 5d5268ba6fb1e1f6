import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSigningConfiguration } from 'aws-cdk-lib/aws-ecr';
import { CfnSigningProfile } from 'aws-cdk-lib/aws-signer';
import { Construct } from 'constructs';

/**
 * Every image that is pushed to the registry of the account and Region is signed by Amazon ECR with AWS Signer, in the name of whoever pushes it, who needs `signer:SignPayload` on the profile. What verifies signatures before
 * a container runs is the cluster's: https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html (read 2026-11-23). One for each account and Region.
 *
 * @example
 * new ImageSigning(stack, 'Signing');
 */
export class ImageSigning extends Construct {
  /** ARN of the signing profile: who pushes is allowed to sign with it, and who verifies trusts it. */
  public readonly profileArn: string;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    // The platform for container images: https://docs.aws.amazon.com/signer/latest/developerguide/image-signing-steps.html (read 2026-11-23).
    const profile = new CfnSigningProfile(this, 'Profile', { platformId: 'Notation-OCI-SHA384-ECDSA' });
    // A profile that is gone cannot be trusted any more, and neither can what it signed.
    profile.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    new CfnSigningConfiguration(this, 'Configuration', { rules: [{ signingProfileArn: profile.attrArn }] });
    this.profileArn = profile.attrArn;
  }
}
