import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EndpointPolicy } from './endpoint-policy';
import { InputError } from '../model/input-error';

/** Properties of gateway endpoints. */
export interface GatewayEndpointsProps {
  /** VPC whose traffic to the services stays inside of AWS. */
  readonly vpcId: string;
  /** Route tables that lead there. */
  readonly routeTableIds: string[];
  /** Who reaches what through them. */
  readonly policy: EndpointPolicy;
  /** `s3` and `dynamodb`, the services that have them. @default ['s3', 'dynamodb'] */
  readonly services?: string[];
}

/**
 * Gateway endpoints of a spoke for Amazon S3 and DynamoDB: they cost nothing, need no firewall in between, and only the organization's data passes. For each VPC, as they serve their
 * own VPC alone (AWS PrivateLink, "Gateway endpoints", read 2026-11-23).
 *
 * @example
 * new GatewayEndpoints(stack, 'GatewayEndpoints', {
 *   vpcId: 'vpc-0123456789abcdef0', routeTableIds: ['rtb-0123456789abcdef0'], policy: EndpointPolicy.organizationOnly('o-abcdefghij'),
 * });
 */
export class GatewayEndpoints extends Construct {
  public constructor(scope: Construct, id: string, props: GatewayEndpointsProps) {
    super(scope, id);
    const services = props.services ?? ['s3', 'dynamodb'];
    const problems = [
      ...(props.routeTableIds.length === 0 ? ['routeTableIds is empty: nothing would lead to the endpoints'] : []),
      ...services.filter((service) => service !== 's3' && service !== 'dynamodb').map((service) => `${service} has no gateway endpoint: s3 and dynamodb have. Use CentralEndpoints`),
      ...services.filter((service, at) => services.indexOf(service) !== at).map((service) => `${service} is named twice`),
    ];
    if (problems.length > 0) throw new InputError(`GatewayEndpoints ${this.node.path}: ${problems.join('; ')}`);
    for (const service of services) {
      const endpoint = new CfnVPCEndpoint(this, service, {
        vpcId: props.vpcId, routeTableIds: props.routeTableIds, vpcEndpointType: 'Gateway', serviceName: `com.amazonaws.${Stack.of(this).region}.${service}`,
      });
      props.policy._apply(endpoint, service);
    }
  }
}
