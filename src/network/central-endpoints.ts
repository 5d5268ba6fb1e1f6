import { Names, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { CfnProfileResourceAssociation } from 'aws-cdk-lib/aws-route53profiles';
import { Construct } from 'constructs';
import { closedSecurityGroup } from './closed-security-group';
import { ENDPOINT_LIMITS, EndpointLimits } from './endpoint-limits';
import { EndpointPolicy } from './endpoint-policy';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** Properties of central endpoints. */
export interface CentralEndpointsProps {
  /** VPC of shared services; it must have DNS support and DNS host names on. */
  readonly vpcId: string;
  /** Subnets of the endpoints, one a zone. */
  readonly subnetIds: string[];
  /** Blocks of those who use them: `[plan.cidr]`. Nobody else reaches them. */
  readonly clients: string[];
  /** Services of AWS: `ssm`, `ecr.api`, `kms`. A full name, `aws.api.us-east-1.freetier`, is taken as it is. S3 and DynamoDB are better served by `GatewayEndpoints`. */
  readonly services: string[];
  /** Who reaches what through them. */
  readonly policy: EndpointPolicy;
  /** Other policies for single services. @default - policy is for all */
  readonly policies?: { [service: string]: EndpointPolicy };
  /** Id of the profile, `dns.profileId`, by which other VPCs resolve their names. @default - only the VPC itself does */
  readonly profileId?: string;
  /** Limits, where AWS gave you more. @default - AWS's defaults */
  readonly limits?: EndpointLimits;
}

/**
 * Interface endpoints for the whole organization, in one VPC: spokes reach AWS services through the hub, not through the internet, and pay for no endpoint of their own. Other VPCs
 * resolve the services' own names to them by a Route 53 Profile; no private zone is needed.
 *
 * Endpoints in a profile: Amazon Route 53, "Associate interface VPC endpoints to a Route 53 Profile" (read 2026-11-23).
 *
 * @example
 * declare const plan: AddressPlan;
 * declare const dns: Dns;
 * new CentralEndpoints(stack, 'Endpoints', {
 *   vpcId: 'vpc-0123456789abcdef0',
 *   subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
 *   clients: [plan.cidr],
 *   services: ['ssm', 'ssmmessages', 'ec2messages', 'kms', 'logs', 'sts'],
 *   policy: EndpointPolicy.organizationOnly('o-abcdefghij'),
 *   profileId: dns.profileId,
 * });
 */
export class CentralEndpoints extends Construct {
  /** Id of the security group, which lets in HTTPS of the clients. */
  public readonly securityGroupId: string;
  private readonly endpoints = new Map<string, CfnVPCEndpoint>();

  public constructor(scope: Construct, id: string, private readonly props: CentralEndpointsProps) {
    super(scope, id);
    const problems = problemsOf(props);
    if (problems.length > 0) throw new InputError(`CentralEndpoints ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const group = closedSecurityGroup(this, 'Clients', props.vpcId, 'Reaches AWS services');
    for (const client of props.clients) group.addIngressRule(Peer.ipv4(client), Port.tcp(443), 'HTTPS of clients');
    this.securityGroupId = group.securityGroupId;
    for (const service of props.services) this.add(service);
  }

  /** Id of a service's endpoint. Fails when there is none. */
  public endpointId(service: string): string {
    const endpoint = this.endpoints.get(service);
    if (!endpoint) throw new InputError(`${this.node.path} has no endpoint for ${service}. Services: ${[...this.endpoints.keys()].join(', ')}. Add it to services.`);
    return endpoint.attrId;
  }

  private add(service: string): void {
    const { vpcId, subnetIds, policy, policies = {}, profileId } = this.props;
    const scope = new Construct(this, service);
    const endpoint = new CfnVPCEndpoint(scope, 'Resource', {
      vpcId,
      subnetIds,
      vpcEndpointType: 'Interface',
      serviceName: isFullName(service) ? service : `com.amazonaws.${Stack.of(this).region}.${service}`,
      privateDnsEnabled: true,
      securityGroupIds: [this.securityGroupId],
    });
    (Object.hasOwn(policies, service) ? policies[service]! : policy)._apply(endpoint, service);
    this.endpoints.set(service, endpoint);
    if (profileId === undefined) return;
    new CfnProfileResourceAssociation(scope, 'Shared', {
      profileId,
      resourceArn: Stack.of(this).formatArn({ service: 'ec2', resource: 'vpc-endpoint', resourceName: endpoint.attrId }),
      name: Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' }),
    });
  }
}

/** `com.amazonaws.eu-west-1.ssm`, `aws.api.us-east-1.freetier`. */
function isFullName(service: string): boolean {
  return service.split('.').length > 3;
}

function problemsOf({ subnetIds, clients, services, policies = {}, limits }: CentralEndpointsProps): string[] {
  const most = limits?.perVpc ?? ENDPOINT_LIMITS.perVpc;
  return [
    ...(subnetIds.length === 0 ? ['subnetIds is empty: give a subnet in each zone that has clients'] : []),
    ...(clients.length === 0 ? ['clients is empty: give the blocks of those who use the endpoints, like [plan.cidr]'] : []),
    ...clients.filter((client) => (Cidr.parse(client)?.prefix ?? 0) === 0).map((client) => `client ${JSON.stringify(client)}: a block of the plan is expected, like 10.0.0.0/8`),
    ...(services.length === 0 ? ['services is empty: name services, like ssm'] : []),
    ...services.filter((service, at) => services.indexOf(service) !== at).map((service) => `service ${service} is named twice`),
    ...services.filter((service) => !/^[a-z0-9][a-z0-9.-]*$/.test(service)).map((service) => `service ${JSON.stringify(service)}: a name such as ssm or ecr.api is expected`),
    ...(services.length > most ? [`${services.length} services are named, a VPC has ${most} interface endpoints: use a second VPC, or ask AWS for more and say so by limits.perVpc`] : []),
    ...Object.keys(policies).filter((service) => !services.includes(service)).map((service) => `policies names ${service}, which is none of the services: ${services.join(', ')}`),
  ];
}
