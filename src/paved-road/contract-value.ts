import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';

/** What the landing zone has in every account and Region, and products use: each is a parameter of Systems Manager, whose name stays. */
export class ContractValue {
  /** Name of the bucket that S3 of the same account writes access logs to. */
  public static readonly ACCESS_LOG_BUCKET = new ContractValue('/landing-zone/v1/logs/access-bucket', 'LandingZoneAccessLogBucket', 'Bucket for access logs of buckets of this account and Region');
  /** Name of the bucket of the log archive that load balancers write to. */
  public static readonly LOAD_BALANCER_LOG_BUCKET = new ContractValue('/landing-zone/v1/logs/load-balancer-bucket', 'LandingZoneLoadBalancerLogBucket', 'Bucket for access logs of load balancers of this Region');
  /** ARN of the bucket of the log archive for flow logs. */
  public static readonly FLOW_LOG_BUCKET_ARN = new ContractValue('/landing-zone/v1/logs/flow-bucket-arn', 'LandingZoneFlowLogBucketArn', 'ARN of the bucket for flow logs of this Region');
  /** Id of the VPC of the account and Region. */
  public static readonly VPC_ID = new ContractValue('/landing-zone/v1/network/vpc-id', 'LandingZoneVpcId', 'VPC of this account and Region');
  /** Addresses of the VPC. */
  public static readonly VPC_CIDR = new ContractValue('/landing-zone/v1/network/vpc-cidr', 'LandingZoneVpcCidr', 'Addresses of the VPC');
  /** Names of its Availability Zones, a list. */
  public static readonly AVAILABILITY_ZONES = new ContractValue('/landing-zone/v1/network/availability-zones', 'LandingZoneAvailabilityZones', 'Availability Zones of the VPC', true);
  /** Ids of subnets for workloads, one in each zone, a list. */
  public static readonly PRIVATE_SUBNET_IDS = new ContractValue('/landing-zone/v1/network/private-subnet-ids', 'LandingZonePrivateSubnetIds', 'Subnets for workloads, one in each zone', true);
  /** Ids of subnets for databases, one in each zone, a list. */
  public static readonly ISOLATED_SUBNET_IDS = new ContractValue('/landing-zone/v1/network/isolated-subnet-ids', 'LandingZoneIsolatedSubnetIds', 'Subnets for databases, one in each zone', true);

  private constructor(
    /** Name of the parameter. */
    public readonly parameterName: string,
    private readonly logicalId: string,
    private readonly description: string,
    /** Whether the parameter is a list. */
    public readonly isList: boolean = false,
  ) {}

  /** The value as a stack knows it: CloudFormation reads the parameter when it deploys, and fails with its name where it is missing. Synthesis needs neither account nor landing zone. */
  public valueIn(stack: Stack): string {
    return this.parameterIn(stack).valueAsString;
  }

  /** One value of a list; a deployment fails where the list is shorter. */
  public itemIn(stack: Stack, index: number): string {
    return Fn.select(index, this.parameterIn(stack).valueAsList);
  }

  private parameterIn(stack: Stack): CfnParameter {
    const known = stack.node.tryFindChild(this.logicalId) as CfnParameter | undefined;
    return known ?? new CfnParameter(stack, this.logicalId, {
      type: `AWS::SSM::Parameter::Value<${this.isList ? 'List<String>' : 'String'}>`, default: this.parameterName, description: this.description,
    });
  }
}
