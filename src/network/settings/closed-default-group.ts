/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { DescribeSecurityGroupsCommand, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand, SecurityGroup } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import type { SettingsTools } from './settings';
import { Setting } from '../../custom-resource/custom-resource';
import { patiently, until } from '../../custom-resource/waiting';

/** A VPC can be newer than what EC2 answers with: it knows two codes for a group that is not there (error codes of the EC2 API, read 2026-11-22). */
const NOT_THERE_YET = ['InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'];

/** The default security group of a VPC without rules. It stays so: what was open before nobody knows any more. */
export function closedDefaultGroup(groupId: string, tools: SettingsTools): Setting {
  const ec2 = tools.ec2();
  const group = async (): Promise<SecurityGroup> => {
    const { SecurityGroups } = await patiently(async () => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] })), tools, ...NOT_THERE_YET);
    const found = SecurityGroups?.[0];
    if (found?.GroupName !== 'default') throw new Error(`${groupId} is not the default security group of a VPC, its name is ${found?.GroupName ?? 'unknown'}: its rules are left alone`);
    return found;
  };
  const isClosed = async () => {
    const { IpPermissions = [], IpPermissionsEgress = [] } = await group();
    return IpPermissions.length === 0 && IpPermissionsEgress.length === 0;
  };
  const close = async () => {
    const { IpPermissions = [], IpPermissionsEgress = [] } = await group();
    if (IpPermissions.length > 0) await revoked(async () => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions })), tools);
    if (IpPermissionsEgress.length > 0) await revoked(async () => ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: IpPermissionsEgress })), tools);
  };
  return {
    id: `closed-default-security-group:${groupId}`,
    isOn: isClosed,
    turnOn: async () => {
      await close();
      return true;
    },
    // AWS may have shown rules of before, or not revoked all: what is still there is revoked again.
    ready: async () => {
      await until(async () => {
        if (await isClosed()) return true;
        await close();
        return undefined;
      }, () => `${groupId} still has rules`, tools);
    },
    turnOff: async () => {},
  };
}

/** A rule that is gone already fails the whole call; what is left is seen by the next look. */
async function revoked(revoke: () => Promise<unknown>, tools: SettingsTools): Promise<void> {
  try {
    await patiently(revoke, tools);
  } catch (error) {
    if ((error as Error).name !== 'InvalidPermission.NotFound') throw error;
  }
}
