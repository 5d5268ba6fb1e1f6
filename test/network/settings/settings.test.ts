import {
  AcceptTransitGatewayPeeringAttachmentCommand, DescribeSecurityGroupsCommand, DescribeTransitGatewayPeeringAttachmentsCommand, EC2Client, IpPermission,
  RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { isFresh, NETWORK_SETTINGS } from '../../../scripts/bundle-handler';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { runInLambda } from '../../../src/custom-resource/lambda';
import { settingOf } from '../../../src/network/settings/settings';

const ec2 = mockClient(EC2Client);
let waits: number[];
let regions: (string | undefined)[];

beforeEach(() => {
  ec2.reset();
  waits = [];
  regions = [];
});

function named(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

/** Where the function is. */
const HOME = 'eu-west-1';

const CLOSED = { type: 'Custom::ClosedDefaultSecurityGroup', properties: { SecurityGroupId: 'sg-0123456789abcdef0' } };
const ACCEPTED = { type: 'Custom::AcceptedTransitGatewayPeering', properties: { AttachmentId: 'tgw-attach-0123456789abcdef0', PeerRegion: 'eu-central-1' } };

function eventOf(RequestType: CustomResourceEvent['RequestType'], { type, properties }: { type: string; properties: { [name: string]: unknown } }, PhysicalResourceId?: string): CustomResourceEvent {
  return { RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type, ResourceProperties: properties, PhysicalResourceId };
}

/** Sends an event through the handler's core and gives CloudFormation's view of the answer; the time is up after so many waits. */
async function send(
  RequestType: CustomResourceEvent['RequestType'], resource: { type: string; properties: { [name: string]: unknown } }, PhysicalResourceId?: string, patience = 50,
) {
  const answers: any[] = [];
  const sleep = async (milliseconds: number) => { waits.push(milliseconds); };
  const tools = {
    sleep,
    deadline: () => waits.length >= patience,
    ec2: (region?: string) => {
      regions.push(region);
      return new EC2Client({ region: region ?? HOME });
    },
  };
  await settle(eventOf(RequestType, resource, PhysicalResourceId), () => settingOf(resource.type, resource.properties, tools), {
    put: async (_, body) => { answers.push(JSON.parse(body)); }, sleep,
  });
  expect(answers).toHaveLength(1);
  return answers[0];
}

describe('a default security group', () => {
  const ingress: IpPermission[] = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: CLOSED.properties.SecurityGroupId, UserId: '111122223333' }] }];
  const egress: IpPermission[] = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

  /** A group as EC2 keeps it: revoking takes its rules. */
  function group(name = 'default', rules = { in: ingress, out: egress }) {
    const now = { ...rules };
    ec2.on(DescribeSecurityGroupsCommand).callsFake(async () => ({ SecurityGroups: [{ GroupName: name, IpPermissions: now.in, IpPermissionsEgress: now.out }] }));
    ec2.on(RevokeSecurityGroupIngressCommand).callsFake(async () => { now.in = []; return {}; });
    ec2.on(RevokeSecurityGroupEgressCommand).callsFake(async () => { now.out = []; return {}; });
  }

  test('loses all its rules', async () => {
    group();
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'closed-default-security-group:sg-0123456789abcdef0:created' });
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand).map(({ args }) => args[0].input)).toEqual([{ GroupId: 'sg-0123456789abcdef0', IpPermissions: ingress }]);
    expect(ec2.commandCalls(RevokeSecurityGroupEgressCommand).map(({ args }) => args[0].input)).toEqual([{ GroupId: 'sg-0123456789abcdef0', IpPermissions: egress }]);
    expect(waits).toEqual([]);
    expect(regions).toEqual([undefined]);
  });

  test('that is closed already takes no call', async () => {
    group('default', { in: [], out: [] });
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:found$/) });
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand)).toHaveLength(0);
    expect(ec2.commandCalls(RevokeSecurityGroupEgressCommand)).toHaveLength(0);
  });

  test('of which only one side is open loses that side', async () => {
    group('default', { in: [], out: egress });
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand)).toHaveLength(0);
    expect(ec2.commandCalls(RevokeSecurityGroupEgressCommand)).toHaveLength(1);
  });

  test('is looked at until no rule is left, and rules that somebody else took are no error', async () => {
    group();
    ec2.on(RevokeSecurityGroupIngressCommand).rejectsOnce(named('InvalidPermission.NotFound')).callsFake(async () => { group('default', { in: [], out: [] }); return {}; });
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand)).toHaveLength(2);
    expect(waits).toEqual([5_000]);
  });

  test('that keeps its rules is an error in the end, under the id of what was begun', async () => {
    group();
    ec2.on(RevokeSecurityGroupEgressCommand).resolves({});
    expect(await send('Create', CLOSED, undefined, 3)).toMatchObject({
      Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/:created$/), Reason: expect.stringContaining('sg-0123456789abcdef0 still has rules. Deploy again'),
    });
  });

  test.each(['UnauthorizedOperation', 'InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'])('waits for what was made a moment ago: %s', async (name) => {
    group('default', { in: [], out: [] });
    ec2.on(DescribeSecurityGroupsCommand).rejectsOnce(named(name)).rejectsOnce(named(name)).resolves({ SecurityGroups: [{ GroupName: 'default' }] });
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([5_000, 5_000]);
  });

  test('is not waited for more than two minutes, and a lasting error fails at once', async () => {
    ec2.on(DescribeSecurityGroupsCommand).rejects(named('UnauthorizedOperation'));
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Setting:failed', Reason: expect.stringContaining('UnauthorizedOperation') });
    expect(waits).toHaveLength(23);
    ec2.on(DescribeSecurityGroupsCommand).rejects(named('InvalidParameterValue'));
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'FAILED' });
    expect(waits).toHaveLength(23);
  });

  test('is the only kind of group that is touched', async () => {
    group('web');
    expect(await send('Create', CLOSED)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('its name is web: its rules are left alone') });
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand)).toHaveLength(0);
  });

  test('stays closed', async () => {
    const physicalId = 'closed-default-security-group:sg-0123456789abcdef0:created';
    expect(await send('Delete', CLOSED, physicalId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(ec2.calls()).toHaveLength(0);
  });

  test('of another VPC is another setting', async () => {
    group();
    const other = { ...CLOSED, properties: { SecurityGroupId: 'sg-0fedcba9876543210' } };
    const { PhysicalResourceId } = await send('Update', other, 'closed-default-security-group:sg-0123456789abcdef0:created');
    expect(PhysicalResourceId).toMatch(/^closed-default-security-group:sg-0fedcba9876543210:created/);
  });
});

describe('a peering', () => {
  const ATTACHMENT = ACCEPTED.properties.AttachmentId;
  const shown = (State?: any, Status = {}) => ({ TransitGatewayPeeringAttachments: State === undefined ? [] : [{ TransitGatewayAttachmentId: ATTACHMENT, State, Status }] });
  /** The states that the peer's Region shows, one a look, and those of the Region that asked; the last stays. */
  function states(peer: (string | undefined)[], asking: (string | undefined)[] = ['available']) {
    const left = { peer: [...peer], asking: [...asking] };
    ec2.on(DescribeTransitGatewayPeeringAttachmentsCommand).callsFake(async (_, client) => {
      const side = await client().config.region() === HOME ? left.asking : left.peer;
      return shown(side.length > 1 ? side.shift() : side[0]);
    });
    ec2.on(AcceptTransitGatewayPeeringAttachmentCommand).callsFake(async (_, client) => {
      expect(await client().config.region()).toBe('eu-central-1');
      return {};
    });
  }

  test('is accepted in the Region of the peer once that has seen it, and complete when it is available', async () => {
    states([undefined, undefined, 'initiatingRequest', 'pendingAcceptance', 'pending', 'pending', 'available']);
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `accepted-peering:eu-central-1:${ATTACHMENT}:created` });
    expect(ec2.commandCalls(AcceptTransitGatewayPeeringAttachmentCommand).map(({ args }) => args[0].input)).toEqual([{ TransitGatewayAttachmentId: ATTACHMENT }]);
    expect(regions).toEqual(['eu-central-1', undefined]);
    expect(waits).toEqual([5_000, 5_000, 5_000, 5_000]);
  });

  test('that the Region does not know yet is waited for', async () => {
    states(['pendingAcceptance', 'available']);
    const missing = named('InvalidTransitGatewayAttachmentID.NotFound');
    ec2.on(DescribeTransitGatewayPeeringAttachmentsCommand).rejectsOnce(missing).rejectsOnce(missing).resolvesOnce(shown('pendingAcceptance')).resolves(shown('available'));
    ec2.on(AcceptTransitGatewayPeeringAttachmentCommand).rejectsOnce(missing).resolves({});
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:created$/) });
    expect(ec2.commandCalls(AcceptTransitGatewayPeeringAttachmentCommand)).toHaveLength(2);
  });

  test('is complete when the Region that asked shows it as available too', async () => {
    states(['pendingAcceptance', 'pendingAcceptance', 'available'], ['pendingAcceptance', 'pending', 'available']);
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([5_000, 5_000]);
    waits = [];
    states(['available'], ['pending']);
    expect((await send('Create', ACCEPTED, undefined, 4)).Reason).toContain(`${ATTACHMENT} is pending in the Region that asked. Deploy again`);
  });

  test('that is pending before it asks is accepted when it asks', async () => {
    states(['pending', 'pending', 'pendingAcceptance', 'available']);
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:created$/) });
    expect(ec2.commandCalls(AcceptTransitGatewayPeeringAttachmentCommand)).toHaveLength(1);
  });

  test.each([['available'], ['pending', 'available']])('that is accepted already is not accepted again: %s', async (...now) => {
    states(now);
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:found$/) });
    expect(ec2.commandCalls(AcceptTransitGatewayPeeringAttachmentCommand)).toHaveLength(0);
  });

  test('that somebody else accepts a moment earlier is success; an error that leaves it as it is, is one', async () => {
    states(['pendingAcceptance', 'pendingAcceptance', 'pending', 'available']);
    ec2.on(AcceptTransitGatewayPeeringAttachmentCommand).rejects(named('IncorrectState'));
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'SUCCESS' });
    states(['pendingAcceptance']);
    ec2.on(AcceptTransitGatewayPeeringAttachmentCommand).rejects(named('TransitGatewayAttachmentLimitExceeded'));
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('TransitGatewayAttachmentLimitExceeded happened') });
  });

  test.each(['failing', 'failed', 'rejecting', 'rejected', 'deleting', 'deleted', 'rollingBack'])('that is %s is an error with AWS\'s reason', async (state) => {
    ec2.on(DescribeTransitGatewayPeeringAttachmentsCommand).resolves(shown(state, { Code: 'peer-limit', Message: 'Too many peerings' }));
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`${ATTACHMENT} is ${state} in eu-central-1: peer-limit: Too many peerings`) });
  });

  test('that fails after it was accepted is an error too', async () => {
    states(['pendingAcceptance', 'pendingAcceptance', 'pending', 'failed']);
    expect(await send('Create', ACCEPTED)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/:created$/), Reason: expect.stringContaining('AWS gives no reason') });
  });

  test('that takes too long is an error that says how far it came', async () => {
    states([undefined]);
    expect((await send('Create', ACCEPTED, undefined, 4)).Reason).toContain(`${ATTACHMENT} is not there yet in eu-central-1. Deploy again`);
    waits = [];
    states(['pendingAcceptance', 'pendingAcceptance', 'pending']);
    expect((await send('Create', ACCEPTED, undefined, 4)).Reason).toContain(`${ATTACHMENT} is pending in eu-central-1. Deploy again`);
  });

  test('is left to the Region that asked when its resource is deleted', async () => {
    expect(await send('Delete', ACCEPTED, `accepted-peering:eu-central-1:${ATTACHMENT}:created`)).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.calls()).toHaveLength(0);
  });
});

test('all malformed properties are named, and unknown types refused', async () => {
  const { Reason } = await send('Create', { type: ACCEPTED.type, properties: { AttachmentId: 'tgw-1' } });
  expect(Reason).toMatch(/AttachmentId matching .* found "tgw-1"; .*PeerRegion matching .*, found undefined/);
  expect((await send('Create', { type: 'Custom::Other', properties: {} })).Reason).toContain('Custom::Other is not a setting of the network');
});

test('a run in Lambda answers CloudFormation before its time is over, though AWS hangs', async () => {
  const answers: any[] = [];
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
    answers.push(JSON.parse(String(init!.body)));
    return new Response();
  });
  try {
    const hanging = { id: 'setting', isOn: async () => new Promise<boolean>(() => {}), turnOn: async () => true, turnOff: async () => {} };
    const deadlines: boolean[] = [];
    await runInLambda(eventOf('Create', CLOSED), { getRemainingTimeInMillis: () => 10_050 }, (time) => {
      deadlines.push(time.deadline());
      return hanging;
    });
    expect(answers).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('Deploy again') })]);
    expect(deadlines).toEqual([true]);
  } finally {
    fetched.mockRestore();
  }
});

test('the bundled function is up to date', () => {
  expect(isFresh(NETWORK_SETTINGS)).toBe(true);
});
