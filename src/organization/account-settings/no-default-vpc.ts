/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  AttachInternetGatewayCommand, DeleteInternetGatewayCommand, DeleteSubnetCommand, DeleteVpcCommand, DescribeInternetGatewaysCommand, DescribeNetworkInterfacesCommand, DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand, DescribeVpcsCommand, DetachInternetGatewayCommand,
} from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call, callUnlessGone } from './clients';
import { Setting } from '../../custom-resource/custom-resource';

/** Names in a message. */
const SHOWN = 5;

/**
 * This Region without the VPC that AWS makes in each account. One that is used is left whole: the setting fails with who uses it. It is not made again.
 *
 * AWS's own parts of it are its subnets, its internet gateway, and the main route table, network ACL and security group, which go with it
 * (https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html, read 2026-11-23).
 */
export function noDefaultVpc(clients: AccountClients): Setting {
  const { ec2 } = clients;
  const find = async () => (await call(async () => ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] })), clients)).Vpcs?.[0]?.VpcId;
  const of = (vpcId: string) => ({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });

  const users = async (vpcId: string): Promise<string[]> => {
    const { NetworkInterfaces = [] } = await call(async () => ec2.send(new DescribeNetworkInterfacesCommand(of(vpcId))), clients);
    const { SecurityGroups = [] } = await call(async () => ec2.send(new DescribeSecurityGroupsCommand(of(vpcId))), clients);
    return [...NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId!), ...SecurityGroups.filter(({ GroupName }) => GroupName !== 'default').map(({ GroupId }) => GroupId!)];
  };

  const remove = async (vpcId: string): Promise<void> => {
    const { Subnets = [] } = await call(async () => ec2.send(new DescribeSubnetsCommand(of(vpcId))), clients);
    for (const { SubnetId } of Subnets) await callUnlessGone(async () => ec2.send(new DeleteSubnetCommand({ SubnetId })), clients, 'InvalidSubnetID.NotFound');
    const attached = { Filters: [{ Name: 'attachment.vpc-id', Values: [vpcId] }] };
    const { InternetGateways = [] } = await call(async () => ec2.send(new DescribeInternetGatewaysCommand(attached)), clients);
    for (const { InternetGatewayId } of InternetGateways) {
      await callUnlessGone(async () => ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: vpcId })), clients, 'Gateway.NotAttached', 'InvalidInternetGatewayID.NotFound');
      try {
        await callUnlessGone(async () => ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId })), clients, 'InvalidInternetGatewayID.NotFound');
      } catch (error) {
        // Detached, it would never be found again.
        await call(async () => ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpcId })), clients);
        throw error;
      }
    }
    await callUnlessGone(async () => ec2.send(new DeleteVpcCommand({ VpcId: vpcId })), clients, 'InvalidVpcID.NotFound');
  };

  return {
    id: 'no-default-vpc',
    isOn: async () => await find() === undefined,
    turnOn: async () => {
      const vpcId = await find();
      if (vpcId === undefined) return false;
      const using = await users(vpcId);
      if (using.length > 0) {
        throw new Error(`The default VPC ${vpcId} is used by ${using.slice(0, SHOWN).join(', ')}${using.length > SHOWN ? ` and ${using.length - SHOWN} more` : ''}, and nothing of it was touched. `
          + 'Move them and deploy again, or keep default VPCs: keepDefaultVpc');
      }
      await remove(vpcId);
      return true;
    },
    turnOff: async () => {},
  };
}
