import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** The identity provider of a host, which stays when the pipeline goes: an account has one, and others may use it. */
export function addWebIdentityProvider(scope: Construct, host: string, audience: string): string {
  const provider = new CfnOIDCProvider(scope, 'Provider', { url: `https://${host}`, clientIdList: [audience] });
  provider.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return provider.attrArn;
}
