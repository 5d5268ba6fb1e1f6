import { readFileSync } from 'fs';
import { join } from 'path';
import { CostExplorerClient, ListCostAllocationTagsCommand, UpdateCostAllocationTagsStatusCommand } from '@aws-sdk/client-cost-explorer';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { TREE, zoneOf } from './cost-fixture';
import { COST_SETTINGS, isFresh } from '../../scripts/bundle-handler';
import { CostAllocationTags, TaggingStandard } from '../../src';
import { activateWhatIsMissing, CostAllocationClients, settingOf } from '../../src/cost/settings/cost-allocation-tags';
import { CustomResourceEvent, settle } from '../../src/custom-resource/custom-resource';

const costExplorer = mockClient(CostExplorerClient);
let waits: number[];
let said: string[];

beforeEach(() => {
  costExplorer.reset();
  waits = [];
  said = [];
});

function named(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

function clients(attempts = 100): CostAllocationClients {
  let left = attempts;
  return {
    costExplorer: new CostExplorerClient({}), say: (message) => said.push(message), sleep: async (milliseconds) => { waits.push(milliseconds); }, deadline: () => --left <= 0,
  };
}

const TYPE = 'Custom::CostAllocationTags';

/** CloudFormation's view of the answer to an event. */
async function send(RequestType: CustomResourceEvent['RequestType'], Keys: unknown, PhysicalResourceId?: string, attempts?: number, type = TYPE) {
  const answers: any[] = [];
  const event: CustomResourceEvent = {
    RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Tags', ResourceType: type, ResourceProperties: { Keys }, PhysicalResourceId,
  };
  const given = clients(attempts);
  await settle(event, () => settingOf(type, event.ResourceProperties, given), { put: async (_url, body) => { answers.push(JSON.parse(body)); }, sleep: given.sleep });
  expect(answers).toHaveLength(1);
  return answers[0];
}

/** An account of AWS with its tags: those that it knows, with whether they are active. */
function account(known: { [key: string]: boolean }, pageSize = 1_000): { readonly tags: { [key: string]: boolean } } {
  costExplorer.on(ListCostAllocationTagsCommand).callsFake(({ TagKeys, NextToken = '0', Status }: { TagKeys: string[]; NextToken?: string; Status: string }) => {
    if (TagKeys.length > 100) throw named('ValidationException');
    const active = Object.keys(known).filter((key) => TagKeys.includes(key) && known[key] === (Status === 'Active'));
    const next = Number(NextToken) + pageSize;
    return { CostAllocationTags: active.slice(Number(NextToken), next).map((TagKey) => ({ TagKey, Type: 'UserDefined', Status })), ...(next < active.length && { NextToken: String(next) }) };
  });
  costExplorer.on(UpdateCostAllocationTagsStatusCommand).callsFake(({ CostAllocationTagsStatus: entries }: { CostAllocationTagsStatus: { TagKey: string; Status: string }[] }) => {
    if (entries.length > 20) throw named('ValidationException');
    const unknown = entries.filter(({ TagKey }) => !(TagKey in known));
    for (const { TagKey, Status } of entries) if (TagKey in known) known[TagKey] = Status === 'Active';
    return { Errors: unknown.map(({ TagKey }) => ({ TagKey, Code: 'TagKeysNotFoundException', Message: `Failed to update Cost Allocation Tag: ${TagKey}` })) };
  });
  return { tags: known };
}

const updates = (): string[][] => costExplorer.commandCalls(UpdateCostAllocationTagsStatusCommand).map(({ args }) => args[0].input.CostAllocationTagsStatus!.map(({ TagKey }) => TagKey!));
const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `key${at}`);

describe('a creation', () => {
  test('activates what is not active', async () => {
    const { tags } = account({ owner: false, team: true, other: false });
    expect(await send('Create', ['owner', 'team'])).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'cost-allocation-tags:created' });
    expect(tags).toEqual({ owner: true, team: true, other: false });
    expect(said).toEqual([]);
  });

  test('changes nothing when all are active', async () => {
    account({ owner: true });
    expect(await send('Create', ['owner'])).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'cost-allocation-tags:found' });
    expect(updates()).toEqual([]);
  });

  test('reads all pages before it says that something is not active', async () => {
    account(Object.fromEntries(many(5).map((key) => [key, true])), 2);
    expect(await send('Create', many(5))).toMatchObject({ PhysicalResourceId: 'cost-allocation-tags:found' });
    expect(costExplorer.commandCalls(ListCostAllocationTagsCommand).map(({ args }) => args[0].input.NextToken)).toEqual([undefined, '2', '4']);
  });

  test('asks for 100 keys and changes 20 in a call', async () => {
    const { tags } = account(Object.fromEntries(many(250).map((key) => [key, false])));
    await send('Create', many(250));
    expect(Object.values(tags)).not.toContain(false);
    expect(costExplorer.commandCalls(ListCostAllocationTagsCommand).map(({ args }) => args[0].input.TagKeys!.length)).toEqual([100, 100, 50]);
    expect(updates().map(({ length }) => length)).toEqual([...Array.from({ length: 12 }, () => 20), 10]);
  });

  test('goes on where AWS does not know a key yet, and names it', async () => {
    const { tags } = account({ owner: false });
    expect(await send('Create', ['environment', 'owner', 'team'])).toMatchObject({ Status: 'SUCCESS' });
    expect(tags).toEqual({ owner: true });
    expect(said).toEqual([expect.stringMatching(/^AWS does not know these tags yet: environment, team\./)]);
  });

  test('fails by name where AWS refuses a key, after the others are active', async () => {
    costExplorer.on(ListCostAllocationTagsCommand).resolves({});
    costExplorer.on(UpdateCostAllocationTagsStatusCommand)
      .resolvesOnce({ Errors: [{ TagKey: 'key3', Code: 'LimitExceeded', Message: 'too many' }, { TagKey: 'key4', Code: 'TagKeysNotFoundException' }] }).resolves({ Errors: [] });
    expect(await send('Create', many(30))).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Tags are not activated for cost allocation: key3 (LimitExceeded: too many)') });
    expect(updates()).toHaveLength(2);
    expect(said.join()).toContain('key4');
  });

  test.each([ListCostAllocationTagsCommand, UpdateCostAllocationTagsStatusCommand])('waits longer each time while Cost Explorer is busy: %p', async (command) => {
    account({ owner: false });
    costExplorer.on(command as any).rejectsOnce(named('LimitExceededException')).rejectsOnce(named('LimitExceededException')).rejectsOnce(named('ThrottlingException')).resolves({});
    expect(await send('Create', ['owner'])).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test('gives up in time', async () => {
    costExplorer.on(ListCostAllocationTagsCommand).rejects(named('LimitExceededException'));
    expect(await send('Create', ['owner'], undefined, 3)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('LimitExceededException happened') });
  });

  test('waits for the permissions of a new role', async () => {
    account({ owner: true });
    costExplorer.on(ListCostAllocationTagsCommand).rejectsOnce(named('AccessDeniedException')).resolves({ CostAllocationTags: [{ TagKey: 'owner', Type: 'UserDefined', Status: 'Active' }] });
    expect(await send('Create', ['owner'])).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([5000]);
  });

  test.each<[string, unknown, string]>([
    [TYPE, undefined, 'Expected Keys, a list of tag keys, found undefined'],
    [TYPE, [], 'found []'],
    [TYPE, ['owner', ''], 'found ["owner",""]'],
    ['Custom::Unicorn', ['owner'], 'Custom::Unicorn is no setting of costs'],
  ])('of %s with %j is answered with what is wrong', async (type, keys, reason) => {
    expect(await send('Create', keys, undefined, undefined, type)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
  });
});

describe('an update', () => {
  test('activates what was added, and leaves active what was taken out', async () => {
    const { tags } = account({ owner: true, team: false });
    expect(await send('Update', ['team'], 'cost-allocation-tags:created')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'cost-allocation-tags:created' });
    expect(tags).toEqual({ owner: true, team: true });
  });

  test('that is repeated changes nothing', async () => {
    account({ owner: false });
    const { PhysicalResourceId } = await send('Create', ['owner']);
    await send('Update', ['owner'], PhysicalResourceId);
    expect(updates()).toHaveLength(1);
  });
});

test.each(['cost-allocation-tags:created', 'cost-allocation-tags:found', 'Tags:failed'])('a deletion (%s) deactivates nothing', async (physicalId) => {
  const { tags } = account({ owner: true });
  expect(await send('Delete', ['owner'], physicalId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  expect(tags).toEqual({ owner: true });
});

describe('each day', () => {
  test('what AWS has come to know is activated, and nothing else is asked for', async () => {
    const { tags } = account({ owner: true, environment: false, team: false });
    await activateWhatIsMissing(['owner', 'environment', 'later'], clients());
    expect(tags).toEqual({ owner: true, environment: true, team: false });
    expect(updates()).toEqual([['environment', 'later']]);
    expect(said.join()).toContain('later');
  });

  test('nothing happens where all are active', async () => {
    account({ owner: true });
    await activateWhatIsMissing(['owner'], clients());
    expect(updates()).toEqual([]);
    expect(said).toEqual([]);
  });

  test('an error is one of the function', async () => {
    costExplorer.on(ListCostAllocationTagsCommand).rejects(named('ValidationException'));
    await expect(activateWhatIsMissing(['owner'], clients())).rejects.toThrow('ValidationException');
    await expect(activateWhatIsMissing('owner', clients())).rejects.toThrow('Expected Keys');
  });
});

test('the bundle is fresh: npx tsx scripts/bundle-handler.ts', () => {
  expect(isFresh(COST_SETTINGS)).toBe(true);
});

describe('the construct', () => {
  const stackOf = (keys: string[]): Stack => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Costs', { env: { account: '111122223333', region: 'us-east-1' } });
    new CostAllocationTags(stack, 'Tags', { keys });
    return stack;
  };

  test('asks for the keys when it is deployed and each day', () => {
    const template = Template.fromStack(stackOf(['owner', 'cost-center']));
    template.hasResourceProperties(TYPE, { Keys: ['owner', 'cost-center'], ServiceTimeout: '360' });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [Match.objectLike({ Input: '{"Keys":["owner","cost-center"]}' })] });
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'events.amazonaws.com', Action: 'lambda:InvokeFunction', SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Daily'), 'Arn'] } });
  });

  test('lets the function do what it calls and nothing else', () => {
    const [policy] = Object.values(Template.fromStack(stackOf(['owner'])).findResources('AWS::IAM::Policy'));
    const statements: any[] = policy!.Properties.PolicyDocument.Statement;
    expect(statements.map(({ Action }) => Action)).toEqual([['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'], ['logs:CreateLogStream', 'logs:PutLogEvents']]);
    expect(statements[1].Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/Log/), 'Arn'] });
    const calls = [...readFileSync(join(__dirname, '../../src/cost/settings/cost-allocation-tags.ts'), 'utf8').matchAll(/new (\w+)Command\(/g)].map(([, name]) => `ce:${name}`);
    expect([...new Set(calls)].sort()).toEqual(statements[0].Action);
  });

  test('a key more changes the list of keys alone', () => {
    const [before, after] = [['owner'], ['owner', 'team']].map((keys) => Template.fromStack(stackOf(keys)).toJSON().Resources as { [id: string]: any });
    const changed = Object.keys(after!).filter((id) => JSON.stringify(after![id]) !== JSON.stringify(before![id]));
    expect(changed.map((id) => after![id].Type).sort()).toEqual(['AWS::Events::Rule', TYPE]);
  });

  test.each<[string, string[], string]>([
    ['none', [], 'give at least one key'],
    ['one twice', ['owner', 'owner'], 'key owner is there twice'],
    ['an empty one', [' '], 'a key is empty'],
    ['more than AWS has', many(501), '501 keys: AWS has 500 active ones at most'],
  ])('keys that cannot be: %s', (_name, keys, problem) => {
    expect(() => stackOf(keys)).toThrow(problem);
  });

  test('is clean of AwsSolutions and NIST 800-53', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Costs', { env: { account: '111122223333', region: 'us-east-1' } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
    new CostAllocationTags(stack, 'Tags', { keys: ['owner'] });
    expect(() => app.synth()).not.toThrow();
  });

  test('is what it was', () => {
    const { Resources } = Template.fromStack(stackOf(['owner'])).toJSON();
    const without = JSON.stringify(Resources).replace(/[0-9a-f]{64}\.zip/g, 'HASH.zip');
    expect(JSON.parse(without)).toMatchSnapshot();
  });
});

describe('a zone', () => {
  const tagging = new TaggingStandard({
    tags: [
      { key: 'owner', default: 'nobody' }, { key: 'environment', default: 'prod', allocatesCosts: false }, { key: 'data', requiredFor: ['AWS::S3::Bucket'], default: 'internal' },
      { key: 'tenant', required: false, allocatesCosts: true },
    ],
  });
  const allocation = (props: object) => zoneOf(TREE, {}, props).app.synth().stacks.find(({ stackName }) => stackName === 'Acme-Costs-Allocation');

  test('with tags and costs activates those by which costs are told apart, in the management account', () => {
    expect(tagging.costAllocationKeys).toEqual(['owner', 'tenant']);
    const stack = allocation({ tagging })!;
    expect(stack.environment.region).toBe('us-east-1');
    expect(Object.values<any>(stack.template.Resources).find(({ Type }) => Type === TYPE).Properties.Keys).toEqual(['owner', 'tenant']);
  });

  test('without them, or without such keys, makes nothing', () => {
    expect(allocation({})).toBeUndefined();
    expect(allocation({ tagging: new TaggingStandard({ tags: [{ key: 'owner', default: 'nobody', allocatesCosts: false }] }) })).toBeUndefined();
  });
});
