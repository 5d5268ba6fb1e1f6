import { Stack, Validations } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ContractValue } from './contract-value';
import { InputError } from '../model/input-error';
import { Spoke, SpokeTier } from '../network/spoke';

/** Properties of what products find of a network. */
export interface ProductNetworkProps {
  /** The spoke, in the same stack; subnets of the tiers that it has are named. */
  readonly spoke: Spoke;
}

/**
 * The network of an account as products find it, by parameters whose names stay: one for each account and Region. `zone.network.addSpoke` makes it of the first spoke.
 *
 * @example
 * const vpc = ProductNetwork.vpcOf(stack);
 */
export class ProductNetwork extends Construct {
  /**
   * The VPC of the account and Region that a stack goes to: CloudFormation reads what it is when it deploys, and synthesis needs neither account nor landing zone. Its private subnets are `PRIVATE_WITH_EGRESS`.
   * @param zones Availability Zones that are used, 1 to 4: no more than the spoke has
   */
  public static vpcOf(scope: Construct, zones: number = 3): IVpc {
    if (!Number.isInteger(zones) || zones < 1 || zones > 4) throw new InputError(`ProductNetwork.vpcOf: zones is ${zones}, and 1 to 4 are possible`);
    const stack = Stack.of(scope);
    const id = `LandingZoneVpc${zones === 3 ? '' : zones}`;
    const known = stack.node.tryFindChild(id) as IVpc | undefined;
    const each = (value: ContractValue) => Array.from({ length: zones }, (_, index) => value.itemIn(stack, index));
    if (known) return known;
    // CloudFormation's validation says it of the stack, not of the parameter.
    Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::W2001', reason: 'Of the network that parameters tell a stack may use one part and not another.' });
    return Vpc.fromVpcAttributes(stack, id, {
      vpcId: ContractValue.VPC_ID.valueIn(stack),
      vpcCidrBlock: ContractValue.VPC_CIDR.valueIn(stack),
      availabilityZones: each(ContractValue.AVAILABILITY_ZONES),
      privateSubnetIds: each(ContractValue.PRIVATE_SUBNET_IDS),
      isolatedSubnetIds: each(ContractValue.ISOLATED_SUBNET_IDS),
    });
  }

  public constructor(scope: Construct, id: string, { spoke }: ProductNetworkProps) {
    super(scope, id);
    this.publish('VpcId', ContractValue.VPC_ID, spoke.vpcId);
    this.publish('VpcCidr', ContractValue.VPC_CIDR, spoke.cidr);
    this.publish('AvailabilityZones', ContractValue.AVAILABILITY_ZONES, spoke.availabilityZones(spoke.tiers[0]!).join(','));
    for (const tier of spoke.tiers) {
      this.publish(tier === SpokeTier.PRIVATE ? 'PrivateSubnetIds' : 'IsolatedSubnetIds', tier === SpokeTier.PRIVATE ? ContractValue.PRIVATE_SUBNET_IDS : ContractValue.ISOLATED_SUBNET_IDS, spoke.subnetIds(tier).join(','));
    }
  }

  private publish(id: string, { parameterName, isList }: ContractValue, value: string): void {
    new CfnParameter(this, id, { name: parameterName, type: isList ? 'StringList' : 'String', value, description: 'For products of this account: see the paved road of the landing zone' });
  }
}
