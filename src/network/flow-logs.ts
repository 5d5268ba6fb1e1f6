import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** Where flow logs of gateways and VPCs, and the firewall's logs, go. */
export class FlowLogs {
  /**
   * To a bucket of the log archive, which must let `delivery.logs.amazonaws.com` write: one object an hour and interface, in Parquet, partitioned as Athena reads it.
   *
   * @param bucketArn `arn:aws:s3:::acme-flow-logs`
   */
  public static toBucket(bucketArn: string): FlowLogs {
    if (!/^arn:aws[a-z-]*:s3:::[^/]+$/.test(bucketArn) && !bucketArn.includes('${')) {
      throw new InputError(`FlowLogs.toBucket("${bucketArn}"): the ARN of a bucket is expected, like arn:aws:s3:::acme-flow-logs`);
    }
    return new FlowLogs(bucketArn);
  }

  /** None: nobody will know who spoke to whom. The reason reaches the evidence. */
  public static none(reason: string): FlowLogs {
    if (reason.trim() === '') throw new InputError('FlowLogs.none: say why no flow logs are kept');
    return new FlowLogs(undefined, reason);
  }

  private constructor(
    /** ARN of the bucket. */
    public readonly bucketArn?: string,
    /** Why there are none. */
    public readonly reason?: string,
  ) {}

  /** @internal */
  public _of(scope: Construct, resourceType: 'VPC' | 'TransitGateway', resourceId: string): void {
    if (this.bucketArn === undefined) return;
    const log = new CfnFlowLog(scope, 'FlowLog', {
      resourceType,
      resourceId,
      logDestinationType: 's3',
      logDestination: this.bucketArn,
      // A gateway's logs name no traffic type and are written every minute (Amazon VPC, "Transit Gateway Flow Logs", read 2026-11-23).
      ...(resourceType === 'VPC' ? { trafficType: 'ALL' } : {}),
      maxAggregationInterval: resourceType === 'VPC' ? 600 : 60,
      destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
    });
    log.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}
