import {
  CreateTransitGatewayCommand, CreateTransitGatewayPeeringAttachmentCommand, CreateVpcCommand, DescribeSecurityGroupsCommand, DescribeTransitGatewayPeeringAttachmentsCommand, EC2Client,
  RejectTransitGatewayPeeringAttachmentCommand,
} from '@aws-sdk/client-ec2';
import { App, Stack } from 'aws-cdk-lib';
import { deploy, deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { NetworkSettings } from '../../src/network/settings/network-settings';

const HOME = 'us-east-1';
const PEER = 'eu-central-1';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
});

beforeEach(async () => {
  await emulator.reset();
  await emulator.bootstrap();
});

const client = async (region = HOME) => new EC2Client({ ...await emulator.clientOptions(), region });

/** VPCs and peerings are made by calls, to see them before the settings too. */
function app(build: (settings: NetworkSettings) => void) {
  return (root: App) => build(NetworkSettings.of(new Stack(root, 'Network', { env: { account: MANAGEMENT_ACCOUNT, region: HOME } })));
}

async function defaultGroupOf(vpcId: string) {
  const { SecurityGroups } = await (await client()).send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }, { Name: 'group-name', Values: ['default'] }] }));
  return SecurityGroups![0]!;
}

async function rulesOf(vpcId: string): Promise<number> {
  const { IpPermissions, IpPermissionsEgress } = await defaultGroupOf(vpcId);
  return IpPermissions!.length + IpPermissionsEgress!.length;
}

async function vpc(): Promise<string> {
  return (await (await client()).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
}

async function peering(): Promise<string> {
  const gateway = async (region: string) => (await (await client(region)).send(new CreateTransitGatewayCommand({}))).TransitGateway!.TransitGatewayId!;
  const { TransitGatewayPeeringAttachment } = await (await client()).send(new CreateTransitGatewayPeeringAttachmentCommand({
    TransitGatewayId: await gateway(HOME), PeerTransitGatewayId: await gateway(PEER), PeerAccountId: MANAGEMENT_ACCOUNT, PeerRegion: PEER,
  }));
  return TransitGatewayPeeringAttachment!.TransitGatewayAttachmentId!;
}

test('a default security group is closed by a deployment, and stays closed', async () => {
  const [first, second] = [await vpc(), await vpc()];
  expect([await rulesOf(first), await rulesOf(second)]).not.toContain(0);
  const [one, other] = [(await defaultGroupOf(first)).GroupId!, (await defaultGroupOf(second)).GroupId!];

  await deployed(emulator, app((settings) => settings.closeDefaultSecurityGroup('first', one)));
  expect(await rulesOf(first)).toBe(0);
  expect(await rulesOf(second)).toBeGreaterThan(0);

  await deployed(emulator, app((settings) => settings.closeDefaultSecurityGroup('second', other)));
  expect([await rulesOf(first), await rulesOf(second)]).toEqual([0, 0]);
});

test('a peering is accepted in the Region of the peer, and stays when its resource goes', async () => {
  const attachmentId = await peering();
  const state = async () => (await (await client(PEER)).send(new DescribeTransitGatewayPeeringAttachmentsCommand({ TransitGatewayAttachmentIds: [attachmentId] })))
    .TransitGatewayPeeringAttachments![0]!.State;
  expect(await state()).toBe('pendingAcceptance');
  await deployed(emulator, app((settings) => settings.acceptPeering(PEER, attachmentId, PEER)));
  expect(await state()).toBe('available');

  const group = (await defaultGroupOf(await vpc())).GroupId!;
  await deployed(emulator, app((settings) => settings.closeDefaultSecurityGroup('other', group)));
  expect(await state()).toBe('available');
});

test('a peering that the other side rejected fails the deployment with its state', async () => {
  const attachmentId = await peering();
  await (await client(PEER)).send(new RejectTransitGatewayPeeringAttachmentCommand({ TransitGatewayAttachmentId: attachmentId }));
  const done = await deploy(emulator, app((settings) => settings.acceptPeering(PEER, attachmentId, PEER)));
  expect(done.exitCode).toBe(1);
  expect(done.output.replace(/\s+/g, ' ')).toContain(`${attachmentId} is rejected in ${PEER}`);
});
