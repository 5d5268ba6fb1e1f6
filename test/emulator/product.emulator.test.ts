import { App, Stack } from 'aws-cdk-lib';
import { deploy, deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { OrderService } from '../../examples/product-service/service';
import { AccountKeys, DataClassification, EncryptionStandard, PavedRoad, PermissionBoundary, ProductFoundation, ResilienceTier } from '../../src';

const env = { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' };
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.bootstrap();
}, 60_000);

afterAll(async () => {
  await emulator.stop();
});

/** What baselines of the landing zone deliver to an account. */
function account(app: App) {
  const stack = new Stack(app, 'Account', { env });
  new AccountKeys(stack, 'Keys', { standard: new EncryptionStandard() });
  new PermissionBoundary(stack, 'Boundary');
  new ProductFoundation(stack, 'Foundation', { loadBalancerLogBucket: 'landing-zone-acme-access', flowLogBucketArn: 'arn:aws:s3:::landing-zone-acme-flow' });
}

function product(app: App) {
  PavedRoad.apply(app, { product: 'orders', owner: 'team-orders', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1 });
  new OrderService(app, 'Orders', { env });
}

test('without a landing zone, a product is not deployed, and the missing parameters are named; with one it is, and a second deployment changes nothing', async () => {
  const refused = await deploy(emulator, product);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.output).toMatch(/\/landing-zone\/(keys\/data|v1\/logs\/access-bucket)/);

  await deployed(emulator, account);
  await deployed(emulator, product);
  const records = await emulator.records();
  const bucket = records.find(({ type, stack }) => type === 'AWS::S3::Bucket' && stack === 'Orders')!;
  const logs = records.find(({ type, stack }) => type === 'AWS::S3::Bucket' && stack === 'Account')!;
  const key = records.find(({ type }) => type === 'AWS::KMS::Key')!;
  expect(bucket.properties.LoggingConfiguration.DestinationBucketName).toBe(logs.physicalId);
  expect(bucket.properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID).toBe(key.attributes.Arn);

  const events = await emulator.events();
  await deployed(emulator, product, '--force');
  expect(await emulator.events()).toEqual(events);
}, 120_000);
