import { Stack } from 'aws-cdk-lib';
import { CfnLoadBalancer as CfnClassicLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancing';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/** How a resource names the bucket that it writes its access logs to. */
interface Target {
  readonly stack: Stack;
  readonly name: unknown;
}

/** By app and number of what can write logs or receive them: the tree still grows while defaults are applied. */
const known = new WeakMap<IConstruct, { readonly size: number; readonly buckets: ReadonlySet<CfnBucket> }>();

/** Found while references between stacks still name the bucket; later they are outputs. */
const found = new WeakSet<CfnBucket>();

/**
 * Whether S3 or Elastic Load Balancing write access logs to a bucket, as far as the app says so. They write to no bucket that is encrypted with a key of KMS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function receivesAccessLogs(bucket: CfnBucket): boolean {
  if (found.has(bucket)) return true;
  const all = bucket.node.root.node.findAll().filter(isConcerned);
  const before = known.get(bucket.node.root);
  const buckets = before?.size === all.length ? before.buckets : targeted(all);
  known.set(bucket.node.root, { size: all.length, buckets });
  for (const one of buckets) found.add(one);
  return found.has(bucket);
}

type Concerned = CfnBucket | CfnLoadBalancer | CfnClassicLoadBalancer;

function isConcerned(one: IConstruct): one is Concerned {
  return one instanceof CfnBucket || one instanceof CfnLoadBalancer || one instanceof CfnClassicLoadBalancer;
}

function targeted(resources: readonly Concerned[]): ReadonlySet<CfnBucket> {
  const targets = resources.flatMap((resource): Target[] => targetsOf(resource).filter((name) => name !== undefined).map((name) => ({ stack: Stack.of(resource), name })));
  const byName = new Map<string, CfnBucket[]>();
  for (const bucket of resources.filter((resource): resource is CfnBucket => resource instanceof CfnBucket)) {
    for (const name of namesOf(bucket)) byName.set(name, [...byName.get(name) ?? [], bucket]);
  }
  return new Set(targets.flatMap((target) => {
    const fitting = byName.get(JSON.stringify(target.name)) ?? [];
    const near = fitting.filter((bucket) => Stack.of(bucket) === target.stack);
    return near.length > 0 ? near : fitting;
  }));
}

/** How templates name a bucket: by its name, or by a reference. */
function namesOf(bucket: CfnBucket): string[] {
  const stack = Stack.of(bucket);
  const name = stack.resolve(bucket.bucketName);
  return [...(typeof name === 'string' ? [JSON.stringify(name)] : []), JSON.stringify({ Ref: stack.resolve(bucket.logicalId) })];
}

/** As the template will say it: a name, or a reference. */
function targetsOf(resource: Concerned): unknown[] {
  const read = (value: unknown) => Stack.of(resource).resolve(value);
  if (resource instanceof CfnBucket) return logsToItself(resource, read(resource.loggingConfiguration));
  if (resource instanceof CfnClassicLoadBalancer) return [read(resource.accessLoggingPolicy)?.s3BucketName];
  const attributes: readonly { readonly key?: string; readonly value?: unknown }[] = read(resource.loadBalancerAttributes) ?? [];
  return attributes.filter(({ key }) => key?.endsWith('_logs.s3.bucket')).map(({ value }) => value);
}

/** Without a destination a bucket logs to itself. */
function logsToItself(bucket: CfnBucket, logging: { readonly destinationBucketName?: unknown } | undefined): unknown[] {
  return logging === undefined ? [] : [logging.destinationBucketName ?? { Ref: Stack.of(bucket).resolve(bucket.logicalId) }];
}
