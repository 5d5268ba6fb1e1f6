import { Names } from 'aws-cdk-lib';
import { CfnProfileAssociation } from 'aws-cdk-lib/aws-route53profiles';
import { Construct } from 'constructs';

/** Properties of a VPC's use of the shared DNS. */
export interface DnsProfileAssociationProps {
  /** Id of the profile, `dns.profileId`; shared with this account. */
  readonly profileId: string;
  /** VPC that resolves by it. */
  readonly vpcId: string;
}

/**
 * Makes a VPC resolve as the network account set it: its private zones, forwarding rules, endpoints, firewall and query log. For the account and Region of the VPC, which takes one
 * profile. A zone or a rule that is associated with the VPC itself goes before the profile's. Names do not resolve while a DNS firewall is not able to answer (AWS's default; what changes it
 * for a VPC, AWS::Route53Resolver::FirewallConfig, has no class and no schema in the CDK yet, read 2026-11-23).
 *
 * @example
 * new DnsProfileAssociation(stack, 'Dns', { profileId: 'rp-0123456789abcdef', vpcId: 'vpc-0123456789abcdef0' });
 */
export class DnsProfileAssociation extends Construct {
  public constructor(scope: Construct, id: string, props: DnsProfileAssociationProps) {
    super(scope, id);
    new CfnProfileAssociation(this, 'Resource', { name: Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }), profileId: props.profileId, resourceId: props.vpcId });
  }
}
