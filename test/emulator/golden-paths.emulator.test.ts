import { App, Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { GOLDEN_PATHS } from '../../examples/golden-paths/all';
import { AccountKeys, ContractValue, DataClassification, EncryptionStandard, PavedRoad, PermissionBoundary, ProductFoundation, ResilienceTier } from '../../src';

const env = { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' };
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.bootstrap();
  await deployed(emulator, account);
}, 120_000);

afterAll(async () => {
  await emulator.stop();
});

/** What baselines and the network of the landing zone deliver to an account. */
function account(app: App) {
  const stack = new Stack(app, 'Account', { env });
  new AccountKeys(stack, 'Keys', { standard: new EncryptionStandard() });
  new PermissionBoundary(stack, 'Boundary');
  new ProductFoundation(stack, 'Foundation', { loadBalancerLogBucket: 'landing-zone-acme-access', flowLogBucketArn: 'arn:aws:s3:::landing-zone-acme-flow' });
  const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
  const network: [ContractValue, string][] = [
    [ContractValue.VPC_ID, 'vpc-11111111'], [ContractValue.VPC_CIDR, '10.1.0.0/20'], [ContractValue.AVAILABILITY_ZONES, zones.join()],
    [ContractValue.PRIVATE_SUBNET_IDS, 'subnet-1,subnet-2,subnet-3'], [ContractValue.ISOLATED_SUBNET_IDS, 'subnet-4,subnet-5,subnet-6'],
  ];
  for (const [{ parameterName, isList }, value] of network) new CfnParameter(stack, parameterName.replace(/\W+/g, ''), { name: parameterName, type: isList ? 'StringList' : 'String', value });
}

function products(app: App) {
  PavedRoad.apply(app, { product: 'orders', owner: 'team-orders', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1, awsSolutions: false });
  for (const [name, add] of Object.entries(GOLDEN_PATHS)) add(new Stack(app, name, { env }));
}

test('every golden path is deployed with what the landing zone has put into the account, and a second deployment changes nothing', async () => {
  await deployed(emulator, products, '--all', '--concurrency', '4');
  const records = await emulator.records();
  for (const name of Object.keys(GOLDEN_PATHS)) expect([name, records.filter(({ stack }) => stack === name).length]).toEqual([name, expect.any(Number)]);
  const roles = records.filter(({ type, stack }) => type === 'AWS::IAM::Role' && stack in GOLDEN_PATHS);
  expect(roles.filter(({ properties }) => !String(properties.PermissionsBoundary).endsWith(':policy/landing-zone/boundary')).map(({ stack, logicalId }) => `${stack} ${logicalId}`)).toEqual([]);
  const key = records.find(({ type }) => type === 'AWS::KMS::Key')!.attributes.Arn;
  const buckets = records.filter(({ type, stack }) => type === 'AWS::S3::Bucket' && stack in GOLDEN_PATHS);
  expect(new Set(buckets.map(({ properties }) => properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID))).toEqual(new Set([key]));
  const [service] = records.filter(({ type, stack }) => type === 'AWS::ECS::Service' && stack === 'WebService');
  expect(service!.properties.NetworkConfiguration.AwsvpcConfiguration.Subnets).toEqual(['subnet-1', 'subnet-2', 'subnet-3']);

  const events = await emulator.events();
  await deployed(emulator, products, '--all', '--concurrency', '4', '--force');
  expect(await emulator.events()).toEqual(events);
}, 240_000);
