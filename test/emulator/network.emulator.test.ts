import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import {
  DescribeSecurityGroupsCommand, DescribeSubnetsCommand, DescribeTransitGatewayAttachmentsCommand, DescribeTransitGatewayPeeringAttachmentsCommand, DescribeTransitGatewayRouteTablesCommand,
  DescribeVpcsCommand, DescribeVpnConnectionsCommand, EC2Client, GetTransitGatewayRouteTableAssociationsCommand, GetTransitGatewayRouteTablePropagationsCommand, SearchTransitGatewayRoutesCommand,
} from '@aws-sdk/client-ec2';
import { App } from 'aws-cdk-lib';
import { CommandResult, Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { networkZone } from '../../examples/network/zone';
import { LockFile } from '../../src';
import { formatLock } from '../../src/model/lock-file';
import { LiveOrganization, pullOrganization } from '../../src/organization/live/pull';

const [IRELAND, VIRGINIA] = ['eu-west-1', 'us-east-1'] as const;
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'network-example-'));

let emulator: Emulator;
let accounts: { readonly [name: string]: string };
let live: LiveOrganization;

/** The example with the ids that are known, as `landing-zone pull` would have written them. */
async function deployExample(known: LiveOrganization, name: string, ...args: string[]): Promise<CommandResult> {
  const file = path.join(directory, `${name}.lock.json`);
  const { organizationId, rootId, managementAccountId } = known;
  fs.writeFileSync(file, formatLock({
    version: 1, organizationId, rootId, managementAccountId,
    units: Object.fromEntries(known.units.map((unit) => [unit.path, unit.id])), accounts: Object.fromEntries(known.accounts.map(({ email, id }) => [email.toLowerCase(), id])),
  }));
  const app = new App({ outdir: path.join(directory, name), analyticsReporting: false });
  networkZone(app, LockFile.load(file));
  const done = await emulator.cdk(['deploy', '--app', app.synth().directory, ...args], { cwd: directory });
  if (done.exitCode !== 0) throw new Error(done.output);
  return done;
}

const client = async (account: string, region: string) => new EC2Client({ ...await emulator.clientOptions(account), region });
const network = (region: string) => client(accounts.network!, region);
/** Tables of the hub of a Region, by name. */
async function tablesOf(region: string): Promise<Map<string, string>> {
  const { TransitGatewayRouteTables } = await (await network(region)).send(new DescribeTransitGatewayRouteTablesCommand({}));
  return new Map(TransitGatewayRouteTables!.map(({ Tags, TransitGatewayRouteTableId }) => [Tags!.find(({ Key }) => Key === 'Name')!.Value!, TransitGatewayRouteTableId!]));
}

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.bootstrap(MANAGEMENT_ACCOUNT, IRELAND);
  // Accounts come first: their ids are in the other stacks.
  await deployExample({ organizationId: 'o-a1b2c3d4e5', rootId: 'r-a1b2', managementAccountId: MANAGEMENT_ACCOUNT, units: [], accounts: [] }, 'organization', 'Acme/Organization');
  live = await pullOrganization(await emulator.organizations());
  accounts = Object.fromEntries(live.accounts.map(({ name, id }) => [name, id]));
  const members = Object.values(accounts).filter((id) => id !== MANAGEMENT_ACCOUNT);
  const places = [...members.map((id) => [id, IRELAND] as const), ...['network', 'payments-prod'].map((name) => [accounts[name]!, VIRGINIA] as const)];
  const trust = ['--trust', MANAGEMENT_ACCOUNT, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess'];
  await Promise.all(places.map(async ([account, region]) => emulator.bootstrap(account, region, ...trust)));
  await deployExample(live, 'network', '--all', '--concurrency', '4');
}, 240_000);

afterAll(async () => {
  await emulator.stop();
  fs.rmSync(directory, { recursive: true });
});

/** Stacks of ours, in the order in which their first resource was made. */
const stackOrder = async () => [...new Set((await emulator.events()).map(({ stack }) => stack))].filter((stack) => stack.startsWith('Acme'));

test('stacks are deployed after those whose outputs they read', async () => {
  const order = await stackOrder();
  const isAfter = (one: string, other: string) => expect([one, other, order.indexOf(one) > order.indexOf(other)]).toEqual([one, other, true]);
  for (const region of [IRELAND, VIRGINIA]) {
    isAfter(`Acme-Hub-${region}`, 'Acme-StackReader-network');
    isAfter(`Acme-Hub-${region}-Spokes`, `Acme-Hub-${region}`);
    isAfter(`Acme-Hub-${region}-Peering`, `Acme-Hub-${region}`);
  }
  isAfter(`Acme-Hub-${VIRGINIA}-Peering`, `Acme-Hub-${IRELAND}-Peering`);
  for (const key of ['payments-prod', 'web-prod', 'payments-dev', 'shared-services']) {
    isAfter(`Acme-Spoke-${key}`, `Acme-Hub-${IRELAND}`);
    isAfter(`Acme-Hub-${IRELAND}-Spokes`, `Acme-Spoke-${key}`);
  }
  isAfter(`Acme-Hub-${VIRGINIA}-Spokes`, 'Acme-Spoke-payments-prod-virginia');
  expect(order).toHaveLength(17);
});

test('spokes are VPCs of their accounts, with subnets of the plan and a closed default security group', async () => {
  const spokes = [
    ['payments-prod', IRELAND, /^10\.0\.16\.0\/20$/, 9], ['web-prod', IRELAND, /^10\.[0-3]\./, 6], ['payments-dev', IRELAND, /^10\.[4-7]\./, 6],
    ['shared-services', IRELAND, /^10\.(8|9|10|11)\./, 9], ['payments-prod', VIRGINIA, /^10\.3[2-5]\./, 6],
  ] as const;
  for (const [account, region, block, subnets] of spokes) {
    const ec2 = await client(accounts[account]!, region);
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] }));
    expect(Vpcs!.map(({ CidrBlock }) => CidrBlock)).toEqual([expect.stringMatching(block)]);
    const [{ VpcId }] = Vpcs as [{ VpcId: string }];
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }));
    expect(Subnets).toHaveLength(subnets);
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }, { Name: 'group-name', Values: ['default'] }] }));
    expect(SecurityGroups!.map(({ IpPermissions, IpPermissionsEgress }) => [...IpPermissions!, ...IpPermissionsEgress!])).toEqual([[]]);
  }
});

/** `vpc of payments-prod`, `vpn`, `peering` for each attachment of a hub, by id. */
async function attachmentsOf(region: string): Promise<Map<string, string>> {
  const { TransitGatewayAttachments } = await (await network(region)).send(new DescribeTransitGatewayAttachmentsCommand({}));
  const nameOf = (id: string) => Object.keys(accounts).find((name) => accounts[name] === id);
  return new Map(TransitGatewayAttachments!.map(({ TransitGatewayAttachmentId, ResourceType, ResourceOwnerId }) => (
    [TransitGatewayAttachmentId!, ResourceType === 'vpc' ? `vpc of ${nameOf(ResourceOwnerId!)}` : ResourceType!]
  )));
}

test('a hub has the attachments of its Region\'s spokes, its firewall, its egress, the peering and the data centre', async () => {
  expect([...(await attachmentsOf(IRELAND)).values()].sort()).toEqual([
    'network-function', 'peering', 'vpc of network', 'vpc of payments-dev', 'vpc of payments-prod', 'vpc of shared-services', 'vpc of web-prod', 'vpn',
  ]);
  expect([...(await attachmentsOf(VIRGINIA)).values()].sort()).toEqual(['network-function', 'peering', 'vpc of network', 'vpc of payments-prod']);
});

async function associationsOf(region: string): Promise<{ [table: string]: string[] }> {
  const [ec2, attachments] = [await network(region), await attachmentsOf(region)];
  return Object.fromEntries(await Promise.all([...await tablesOf(region)].map(async ([name, TransitGatewayRouteTableId]) => {
    const { Associations } = await ec2.send(new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId }));
    return [name, Associations!.map(({ TransitGatewayAttachmentId }) => attachments.get(TransitGatewayAttachmentId!)!).sort()];
  })));
}

test('every attachment is associated with the table of its segment, once', async () => {
  expect(await associationsOf(IRELAND)).toEqual({
    'prod': ['vpc of payments-prod', 'vpc of web-prod'], 'dev': ['vpc of payments-dev'], 'shared': ['vpc of shared-services'], 'on-premises': ['vpn'],
    'inspection': ['network-function'], 'egress': ['vpc of network'], 'peering': ['peering'],
  });
  expect(await associationsOf(VIRGINIA)).toEqual({
    'prod': ['vpc of payments-prod'], 'dev': [], 'shared': [], 'on-premises': [], 'inspection': ['network-function'], 'egress': ['vpc of network'], 'peering': ['peering'],
  });
});

/** Routes of a table: `10.8.0.0/14 network-function`. */
async function routesOf(region: string, table: string): Promise<string[]> {
  const attachments = await attachmentsOf(region);
  const { Routes } = await (await network(region)).send(new SearchTransitGatewayRoutesCommand({
    TransitGatewayRouteTableId: (await tablesOf(region)).get(table)!, Filters: [{ Name: 'type', Values: ['static'] }],
  }));
  return Routes!.map(({ DestinationCidrBlock, State, TransitGatewayAttachments }) => (
    `${DestinationCidrBlock} ${State === 'blackhole' ? State : attachments.get(TransitGatewayAttachments![0]!.TransitGatewayAttachmentId!)}`
  )).sort();
}

test('development reaches shared services and the internet by the firewall, and the rest of the plan and the data centre are black holes', async () => {
  expect(await routesOf(IRELAND, 'dev')).toEqual([
    '0.0.0.0/1 network-function', '10.0.0.0/8 blackhole', '10.36.0.0/15 network-function', '10.38.0.0/15 network-function', '10.40.0.0/15 network-function', '10.42.0.0/15 network-function',
    '10.8.0.0/14 network-function', '128.0.0.0/1 network-function', '192.168.0.0/16 blackhole',
  ]);
});

test('the data centre is reached by its VPN from Ireland, by the peering from Virginia, past the firewalls', async () => {
  const onPremises = (routes: string[]) => [...new Set(routes.filter((route) => route.startsWith('192.168.')).map((route) => route.split(' ')[1]))].sort();
  expect(onPremises(await routesOf(IRELAND, 'inspection'))).toEqual(['blackhole', 'vpn']);
  expect(onPremises(await routesOf(IRELAND, 'prod'))).toEqual(['blackhole', 'network-function']);
  expect(onPremises(await routesOf(IRELAND, 'peering'))).toEqual(['network-function']);
  expect(onPremises(await routesOf(VIRGINIA, 'inspection'))).toEqual(['blackhole', 'peering']);
  const { VpnConnections } = await (await network(IRELAND)).send(new DescribeVpnConnectionsCommand({}));
  expect(VpnConnections).toHaveLength(1);
});

test('tables learn the spokes of their own segment, and the firewall learns all', async () => {
  const [ec2, attachments, tables] = [await network(IRELAND), await attachmentsOf(IRELAND), await tablesOf(IRELAND)];
  const learnt = async (table: string) => (await ec2.send(new GetTransitGatewayRouteTablePropagationsCommand({ TransitGatewayRouteTableId: tables.get(table)! })))
    .TransitGatewayRouteTablePropagations!.map(({ TransitGatewayAttachmentId }) => attachments.get(TransitGatewayAttachmentId!)).sort();
  expect(await learnt('prod')).toEqual(['vpc of payments-prod', 'vpc of web-prod']);
  expect(await learnt('dev')).toEqual(['vpc of payments-dev']);
  expect(await learnt('inspection')).toEqual(['vpc of payments-dev', 'vpc of payments-prod', 'vpc of shared-services', 'vpc of web-prod']);
  expect(await learnt('on-premises')).toEqual([]);
});

test('the peering of the hubs is accepted', async () => {
  const { TransitGatewayPeeringAttachments } = await (await network(VIRGINIA)).send(new DescribeTransitGatewayPeeringAttachmentsCommand({ Filters: [{ Name: 'state', Values: ['available'] }] }));
  const peerings = TransitGatewayPeeringAttachments!.filter(({ RequesterTgwInfo }) => RequesterTgwInfo);
  expect(peerings.map(({ RequesterTgwInfo, AccepterTgwInfo }) => [RequesterTgwInfo!.Region, AccepterTgwInfo!.Region])).toEqual([[IRELAND, VIRGINIA]]);
});

test('a second deployment changes nothing', async () => {
  const events = await emulator.events();
  await deployExample(live, 'again', '--all', '--concurrency', '4', '--force');
  expect(await emulator.events()).toEqual(events);
}, 180_000);
