import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { completed } from './completed';
import { ContractValue } from '../contract-value';
import { RoadDefault } from '../road-default';
import { Survey } from '../survey';

export const NETWORK_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'vpc.flow-logs',
    type: 'AWS::EC2::VPC',
    control: 'LZ.VPC.6',
    why: 'Who spoke to whom can be looked up in the log archive.',
    complete: (_, resource, road) => {
      if (!hasFlowLog(resource, road.survey)) {
        new CfnFlowLog(resource, 'FlowLog', {
          resourceType: 'VPC',
          resourceId: resource.ref,
          trafficType: 'ALL',
          logDestinationType: 's3',
          logDestination: road.valueOf(Stack.of(resource), ContractValue.FLOW_LOG_BUCKET_ARN),
          destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
        }).applyRemovalPolicy(RemovalPolicy.DESTROY);
      }
      return {};
    },
  },
  {
    id: 'elb.access-logs',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    why: 'Who asked for what, and what was answered, can be looked up in the log archive.',
    complete: ({ Type }, resource, road) => (Type === 'gateway' ? {} : withAttributes(resource as CfnLoadBalancer, 'access_logs.s3.enabled', () => [
      { key: 'access_logs.s3.enabled', value: 'true' }, { key: 'access_logs.s3.bucket', value: road.valueOf(Stack.of(resource), ContractValue.LOAD_BALANCER_LOG_BUCKET) },
    ])),
  },
  {
    id: 'elb.headers',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    why: 'Requests that servers could read in two ways do not reach them.',
    complete: ({ Type }, resource) => (Type !== undefined && Type !== 'application' ? {} : withAttributes(resource as CfnLoadBalancer, 'routing.http.drop_invalid_header_fields.enabled', () => [
      { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
    ])),
  },
  {
    id: 'elb.deletion-protection',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    why: 'An address that others know is not deleted by a click.',
    complete: (_, resource) => withAttributes(resource as CfnLoadBalancer, 'deletion_protection.enabled', () => [{ key: 'deletion_protection.enabled', value: 'true' }]),
  },
];

function hasFlowLog(vpc: CfnResource, survey: Survey): boolean {
  const stack = Stack.of(vpc);
  const id = JSON.stringify(stack.resolve(vpc.ref));
  return survey.beside(CfnFlowLog).some((one) => JSON.stringify(stack.resolve(one.resourceId)) === id);
}

function withAttributes(balancer: CfnLoadBalancer, key: string, chosen: () => CfnLoadBalancer.LoadBalancerAttributeProperty[]): { readonly [attribute: string]: unknown } {
  const given: CfnLoadBalancer.LoadBalancerAttributeProperty[] = Stack.of(balancer).resolve(balancer.loadBalancerAttributes) ?? [];
  return given.some((attribute) => attribute.key === key) ? {} : { loadBalancerAttributes: withMore(balancer.loadBalancerAttributes, chosen()) };
}

function withMore(before: CfnLoadBalancer['loadBalancerAttributes'], more: CfnLoadBalancer.LoadBalancerAttributeProperty[]): CfnLoadBalancer['loadBalancerAttributes'] {
  return completed(before, (given: CfnLoadBalancer.LoadBalancerAttributeProperty[] = []) => [...given, ...more]);
}
