import { CfnResource, IAspect, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Resources that write to a bucket, or are refused where it is not there. */
const WRITERS: readonly string[] = [
  'AWS::CloudTrail::Trail', 'AWS::Config::DeliveryChannel', 'AWS::EC2::FlowLog', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::NetworkFirewall::LoggingConfiguration',
  'AWS::Route53Resolver::ResolverQueryLoggingConfig', 'AWS::WAFv2::LoggingConfiguration',
];

/** Deploys stacks that write to a log archive after it: they name its buckets by name, so nothing else says so. */
export class AfterArchive implements IAspect {
  public constructor(private readonly archive: Stack, private readonly buckets: readonly string[]) {}

  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || !WRITERS.includes(node.cfnResourceType)) return;
    const stack = Stack.of(node);
    if (stack === this.archive || stack.dependencies.includes(this.archive)) return;
    const written = JSON.stringify(stack.resolve((node as any)._toCloudFormation()));
    if (this.buckets.some((bucket) => written.includes(bucket))) stack.addStackDependency(this.archive, 'it writes to the log archive');
  }
}
