import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { receivesAccessLogs } from '../encryption/access-log-buckets';

/** What else there is while one resource is completed: looked through once, when a default first asks, where otherwise each would look through all of it again. */
export class Survey {
  private inStack: readonly IConstruct[] | undefined;
  private isForLogs: boolean | undefined;

  public constructor(private readonly resource: CfnResource) {}

  /** L1 resources of a class in the stack of the resource. */
  public beside<T extends CfnResource>(kind: abstract new (...args: any[]) => T): T[] {
    const stack = Stack.of(this.resource);
    this.inStack ??= stack.node.findAll();
    return this.inStack.filter((one): one is T => one instanceof kind && Stack.of(one) === stack);
  }

  /** Whether buckets or load balancers of the app write their access logs to it. */
  public get receivesAccessLogs(): boolean {
    this.isForLogs ??= this.resource instanceof CfnBucket && receivesAccessLogs(this.resource);
    return this.isForLogs;
  }
}
