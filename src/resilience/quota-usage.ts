import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** Dimensions of a usage metric, as AWS publishes it. */
export interface QuotaUsageProps {
  /** `Fargate`. */
  readonly service: string;
  /** `vCPU`. */
  readonly resource: string;
  /** `Standard/OnDemand`. @default 'None' */
  readonly usageClass?: string;
  /** `Resource` for what exists, `API` for calls a second. @default 'Resource' */
  readonly type?: string;
}

/**
 * What an account uses of a quota, by the metrics that AWS publishes for it. Only those that are connected to Service Quotas can be watched:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html
 *
 * @example
 * const usage = QuotaUsage.of({ service: 'Fargate', resource: 'vCPU', usageClass: 'Standard/Spot' });
 */
export class QuotaUsage {
  /** Processors of Fargate tasks on demand: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/monitoring-fargate-usage.html (read 2026-11-23). */
  public static fargateOnDemand(): QuotaUsage {
    return QuotaUsage.of({ service: 'Fargate', resource: 'vCPU', usageClass: 'Standard/OnDemand' });
  }

  /** Processors of EC2 instances of the standard families on demand: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html. */
  public static ec2OnDemand(): QuotaUsage {
    return QuotaUsage.of({ service: 'EC2', resource: 'vCPU', usageClass: 'Standard/OnDemand' });
  }

  /** Any usage metric of `AWS/Usage`. */
  public static of(props: QuotaUsageProps): QuotaUsage {
    return new QuotaUsage(props);
  }

  /** `Fargate-vCPU-Standard-OnDemand`: part of names. */
  public readonly name: string;
  /** How much is used, the most of five minutes. */
  public readonly metric: Metric;

  private constructor({ service, resource, usageClass = 'None', type = 'Resource' }: QuotaUsageProps) {
    this.name = [service, resource, ...(usageClass === 'None' ? [] : [usageClass])].join('-').replace(/[^A-Za-z0-9]+/g, '-');
    this.metric = new Metric({
      namespace: 'AWS/Usage', metricName: type === 'API' ? 'CallCount' : 'ResourceCount', statistic: type === 'API' ? 'Sum' : 'Maximum', period: Duration.minutes(5),
      dimensionsMap: { Service: service, Type: type, Resource: resource, Class: usageClass },
    });
  }
}
