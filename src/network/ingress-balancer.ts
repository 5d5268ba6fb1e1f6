import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IngressOptions } from './ingress';
import { Cidr } from '../analysis/cidr';

/** Attributes that a load balancer of the internet has: it cannot be deleted by mistake, and writes who came. */
export function balancerAttributes(accessLogsBucket: string, more: { readonly [key: string]: string } = {}): { key: string; value: string }[] {
  return Object.entries({ 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': accessLogsBucket, 'deletion_protection.enabled': 'true', ...more }).map(([key, value]) => ({ key, value }));
}

/** Targets by address. Those outside of the VPC are in no zone of it: Elastic Load Balancing API Reference, TargetDescription (read 2026-11-23). */
export function addressTargets(ips: readonly string[], port: number, vpcCidr: string): CfnTargetGroup.TargetDescriptionProperty[] {
  const own = Cidr.parse(vpcCidr)!;
  return ips.map((ip) => ({ id: ip, port, ...(own.contains(Cidr.parse(`${ip}/32`)!) ? {} : { availabilityZone: 'all' }) }));
}

/** What is wrong with addresses of servers: AWS takes private ones, RFC 1918 and RFC 6598 (Elastic Load Balancing, "Target groups", read 2026-11-23). */
export function targetProblems(ips: readonly string[], vpcCidr: string): string[] {
  const privateBlocks = [vpcCidr, '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map((text) => Cidr.parse(text)!);
  return [
    ...(ips.length === 0 ? ['ips is empty'] : []),
    ...ips.filter((ip) => !Cidr.parse(`${ip}/32`)).map((ip) => `${JSON.stringify(ip)} is no IPv4 address`),
    ...ips.filter((ip) => Cidr.parse(`${ip}/32`) && !privateBlocks.some((block) => block.contains(Cidr.parse(`${ip}/32`)!))).map((ip) => `${ip} is no private address, which AWS asks for`),
  ];
}

/** What is wrong with the place of a load balancer. */
export function addressProblems({ vpcCidr, subnetIds, clients, accessLogsBucket }: IngressOptions, fewest = 2): string[] {
  return [
    ...(Cidr.parse(vpcCidr) ? [] : [`vpcCidr is ${JSON.stringify(vpcCidr)}, the block of the VPC is expected, like 10.8.0.0/24`]),
    ...(new Set(subnetIds).size < fewest ? [`subnetIds has ${new Set(subnetIds).size} of the ${fewest} public subnets, in different zones, that AWS asks for`] : []),
    ...(accessLogsBucket.startsWith('arn:') ? [`accessLogsBucket is ${JSON.stringify(accessLogsBucket)}: the name of the bucket is expected, not its ARN`] : []),
    ...(clients ?? []).filter((client) => !Cidr.parse(client)).map((client) => `client ${JSON.stringify(client)} is no block of IPv4 addresses, like 203.0.113.0/24`),
    ...(clients?.length === 0 ? ['clients is empty: nobody could connect'] : []),
  ];
}
