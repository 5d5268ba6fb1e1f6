import { CfnParameter, Stack } from 'aws-cdk-lib';

/** What the landing zone has in every account and Region, and products use: each is a parameter of Systems Manager, whose name stays. */
export class ContractValue {
  /** Name of the bucket that S3 of the same account writes access logs to. */
  public static readonly ACCESS_LOG_BUCKET = new ContractValue('/landing-zone/v1/logs/access-bucket', 'LandingZoneAccessLogBucket', 'Bucket for access logs of buckets of this account and Region');
  /** Name of the bucket of the log archive that load balancers write to. */
  public static readonly LOAD_BALANCER_LOG_BUCKET = new ContractValue('/landing-zone/v1/logs/load-balancer-bucket', 'LandingZoneLoadBalancerLogBucket', 'Bucket for access logs of load balancers of this Region');
  /** ARN of the bucket of the log archive for flow logs. */
  public static readonly FLOW_LOG_BUCKET_ARN = new ContractValue('/landing-zone/v1/logs/flow-bucket-arn', 'LandingZoneFlowLogBucketArn', 'ARN of the bucket for flow logs of this Region');

  private constructor(
    /** Name of the parameter. */
    public readonly parameterName: string,
    private readonly logicalId: string,
    private readonly description: string,
  ) {}

  /** The value as a stack knows it: CloudFormation reads the parameter when it deploys, and fails with its name where it is missing. Synthesis needs neither account nor landing zone. */
  public valueIn(stack: Stack): string {
    const known = stack.node.tryFindChild(this.logicalId) as CfnParameter | undefined;
    return (known ?? new CfnParameter(stack, this.logicalId, { type: 'AWS::SSM::Parameter::Value<String>', default: this.parameterName, description: this.description })).valueAsString;
  }
}
