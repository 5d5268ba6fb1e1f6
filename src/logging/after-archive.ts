import { CfnResource, IAspect, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Baseline } from '../delivery/baseline';

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
    const own = Stack.of(node);
    const baseline = node.node.scopes.find((one): one is Baseline => one instanceof Baseline);
    // The template of a baseline is no stack of its own: those that deliver it wait.
    const after = (baseline?.stacks ?? [own]).filter((stack) => stack !== this.archive && !stack.dependencies.includes(this.archive));
    if (after.length === 0) return;
    const written = JSON.stringify(own.resolve((node as any)._toCloudFormation()));
    if (this.buckets.some((bucket) => written.includes(bucket))) for (const stack of after) stack.addStackDependency(this.archive, 'it writes to the log archive');
  }
}
