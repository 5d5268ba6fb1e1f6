import { Stack } from 'aws-cdk-lib';
import { CfnLoadBalancer as CfnClassicLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancing';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { remembered } from '../controls/template-properties';

/** What can write access logs or receive them in one stack. */
interface Part {
  readonly size: number;
  /** Names of buckets that are written to, as the template says them. */
  readonly targets: ReadonlySet<string>;
  /** Buckets by how templates name them. */
  readonly buckets: ReadonlyMap<string, readonly CfnBucket[]>;
}

/** By app. The tree still grows while defaults are applied: a stack is looked at again when one of its buckets is asked about, all others only once, or each bucket would cost a walk through the app. */
const known = new WeakMap<IConstruct, Map<Stack, Part>>();

/** Found while references between stacks still name the bucket; later they are outputs. */
const found = new WeakSet<CfnBucket>();

/**
 * Whether S3 or Elastic Load Balancing write access logs to a bucket, as far as the app says so. They write to no bucket that is encrypted with a key of KMS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function receivesAccessLogs(bucket: CfnBucket): boolean {
  if (found.has(bucket)) return true;
  const stack = Stack.of(bucket);
  const parts = known.get(bucket.node.root) ?? partsOf(bucket.node.root);
  known.set(bucket.node.root, parts);
  remembered(stack, () => look(stack, parts));
  return found.has(bucket);
}

/** Looks at a stack again, if something came to it. */
function look(stack: Stack, parts: Map<Stack, Part>): void {
  const concerned = stack.node.findAll().filter((one): one is Concerned => isConcerned(one) && Stack.of(one) === stack);
  if (parts.get(stack)?.size === concerned.length) return;
  parts.set(stack, partOf(concerned));
  find(parts);
}

function partsOf(app: IConstruct): Map<Stack, Part> {
  const byStack = new Map<Stack, Concerned[]>();
  for (const one of app.node.findAll().filter(isConcerned)) byStack.set(Stack.of(one), [...byStack.get(Stack.of(one)) ?? [], one]);
  const parts = new Map([...byStack].map(([stack, concerned]) => [stack, partOf(concerned)]));
  find(parts);
  return parts;
}

function partOf(concerned: readonly Concerned[]): Part {
  const targets = concerned.flatMap(targetsOf).filter((name) => name !== undefined).map((name) => JSON.stringify(name));
  const buckets = new Map<string, CfnBucket[]>();
  for (const bucket of concerned.filter((one): one is CfnBucket => one instanceof CfnBucket)) {
    for (const name of namesOf(bucket)) buckets.set(name, [...buckets.get(name) ?? [], bucket]);
  }
  return { size: concerned.length, targets: new Set(targets), buckets };
}

/** A name is that of a bucket of the same stack, else of any. */
function find(parts: ReadonlyMap<Stack, Part>): void {
  const all = [...parts.values()];
  for (const { targets, buckets } of all) {
    for (const name of targets) {
      for (const bucket of buckets.get(name) ?? all.flatMap((part) => part.buckets.get(name) ?? [])) found.add(bucket);
    }
  }
}

type Concerned = CfnBucket | CfnLoadBalancer | CfnClassicLoadBalancer;

function isConcerned(one: IConstruct): one is Concerned {
  return one instanceof CfnBucket || one instanceof CfnLoadBalancer || one instanceof CfnClassicLoadBalancer;
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
