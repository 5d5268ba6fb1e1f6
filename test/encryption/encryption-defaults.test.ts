import { App, CfnResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { PLAIN_L1, PLAIN_L2 } from './plain';
import { EncryptionKeys, EncryptionStandard, LandingZoneChecks } from '../../src';
import { ENCRYPTED_TYPES } from '../../src/encryption/types/encrypted-types';

const OWN = new EncryptionStandard();
const PER_SERVICE = new EncryptionStandard({ keys: EncryptionKeys.onePerService({ name: 'acme' }) });
const AWS = new EncryptionStandard({ keys: EncryptionKeys.awsManaged() });
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const DATA = { Ref: 'EncryptionKeyLandingZoneKeysData' };

const newStack = (app = new App({ analyticsReporting: false }), id = 'App') => new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-1' } });
const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON();
const propertiesIn = (stack: Stack, type: string) => Object.values<any>(Template.fromStack(stack).findResources(type))[0].Properties ?? {};
const encryptionIn = (stack: Stack, type: string) => {
  const properties = propertiesIn(stack, type);
  const names = ['BucketEncryption', 'KmsMasterKeyId', 'SqsManagedSseEnabled', 'SSESpecification', 'KmsKeyId', 'Encrypted', 'StorageEncrypted'];
  return Object.fromEntries(names.filter((name) => name in properties).map((name) => [name, properties[name]]));
};

/** Findings of the standard's own control, and of the catalogue's that follow from it, as `id: finding`. */
function findings(stack: Stack, standard: EncryptionStandard): string[] {
  const { violations } = new LandingZoneChecks(stack.node.root, { controls: standard.controls() }).validateScope(stack);
  return violations.map(({ ruleName, description }) => `${ruleName}: ${description.slice(description.indexOf(': ') + 2)}`);
}

test('the types that are tried are all types of the standard', () => {
  const types = ENCRYPTED_TYPES.map(({ type }) => type);
  expect(Object.keys(PLAIN_L1).sort()).toEqual([...types].sort());
  // L2 constructs of Neptune are in a package of their own.
  expect(Object.keys(PLAIN_L2).sort()).toEqual([...types.filter((type) => type !== 'AWS::Neptune::DBCluster'), 'AWS::KMS::Key'].sort());
});

describe.each([['one key an account', OWN], ['one key a service', PER_SERVICE], ['AWS\'s keys', AWS]] as const)('with %s', (_name, standard) => {
  test.each(Object.keys(PLAIN_L2))('a plain L2 construct of %s passes', (type) => {
    const stack = newStack();
    PLAIN_L2[type]!(stack);
    standard.apply(stack);
    templateOf(stack);
    expect(findings(stack, standard)).toEqual([]);
  });

  test.each(Object.keys(PLAIN_L1))('a plain L1 construct of %s passes', (type) => {
    const stack = newStack();
    PLAIN_L1[type]!(stack);
    standard.apply(stack);
    templateOf(stack);
    expect(findings(stack, standard)).toEqual([]);
  });
});

test.each(Object.keys(PLAIN_L1))('without the standard, %s is found', (type) => {
  const stack = newStack();
  PLAIN_L1[type]!(stack);
  expect(findings(stack, OWN).filter((finding) => finding.startsWith('LZ.ENCRYPTION.1: '))).not.toEqual([]);
});

describe('what resources are encrypted with', () => {
  test.each([
    ['AWS::S3::Bucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: DATA } }] } }, {}],
    ['AWS::SNS::Topic', { KmsMasterKeyId: DATA }, {}],
    ['AWS::SQS::Queue', { KmsMasterKeyId: DATA }, {}],
    ['AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: DATA } }, {}],
    ['AWS::DynamoDB::GlobalTable', { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } }, {}],
    ['AWS::SecretsManager::Secret', { KmsKeyId: DATA }, {}],
    ['AWS::Logs::LogGroup', { KmsKeyId: DATA }, {}],
    ['AWS::EC2::Volume', { Encrypted: true, KmsKeyId: DATA }, { Encrypted: true }],
    ['AWS::EFS::FileSystem', { Encrypted: true, KmsKeyId: DATA }, { Encrypted: true }],
    ['AWS::RDS::DBInstance', { StorageEncrypted: true, KmsKeyId: DATA }, { StorageEncrypted: true }],
    ['AWS::RDS::DBCluster', { StorageEncrypted: true, KmsKeyId: DATA }, { StorageEncrypted: true }],
    ['AWS::DocDB::DBCluster', { StorageEncrypted: true, KmsKeyId: DATA }, { StorageEncrypted: true }],
    ['AWS::Neptune::DBCluster', { StorageEncrypted: true, KmsKeyId: DATA }, { StorageEncrypted: true }],
  ])('%s', (type, own, aws) => {
    for (const [standard, expected] of [[OWN, own], [AWS, aws]] as const) {
      const stack = newStack();
      PLAIN_L1[type]!(stack);
      standard.apply(stack);
      expect(encryptionIn(stack, type)).toEqual(expected);
    }
  });

  test('one parameter of the template serves all resources with the same key, another one each service where it has a key', () => {
    const parametersOf = (standard: EncryptionStandard) => {
      const stack = newStack();
      for (const type of ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::Logs::LogGroup']) PLAIN_L1[type]!(stack);
      standard.apply(stack);
      return Object.values<any>(templateOf(stack).Parameters).filter(({ Default }) => !Default.includes('bootstrap')).map(({ Type, Default }) => `${Type} ${Default}`).sort();
    };
    expect(parametersOf(OWN)).toEqual(['AWS::SSM::Parameter::Value<String> /landing-zone/keys/data']);
    expect(parametersOf(PER_SERVICE)).toEqual(['logs', 's3', 'sns'].map((service) => `AWS::SSM::Parameter::Value<String> /acme/keys/${service}`));
    expect(parametersOf(AWS)).toEqual([]);
  });

  test('replicas in other Regions have the key of their Region, by its alias', () => {
    const stack = newStack();
    PLAIN_L2['AWS::DynamoDB::GlobalTable']!(stack);
    PLAIN_L2['AWS::SecretsManager::Secret']!(stack);
    OWN.apply(stack);
    const replicas = propertiesIn(stack, 'AWS::DynamoDB::GlobalTable').Replicas as any[];
    expect(replicas.map(({ Region, SSESpecification }) => [Region, SSESpecification.KMSMasterKeyId])).toEqual([['us-east-1', 'alias/landing-zone/data'], ['eu-west-1', DATA]]);
    expect(propertiesIn(stack, 'AWS::SecretsManager::Secret').ReplicaRegions).toEqual([{ Region: 'us-east-1', KmsKeyId: 'alias/landing-zone/data' }]);
  });

  test('a table of a stack that knows no Region finds its own replica', () => {
    const stack = new Stack(new App(), 'Anywhere');
    PLAIN_L1['AWS::DynamoDB::GlobalTable']!(stack, { replicas: [{ region: stack.region }, { region: 'us-east-1' }] });
    OWN.apply(stack);
    expect(propertiesIn(stack, 'AWS::DynamoDB::GlobalTable').Replicas.map((one: any) => one.SSESpecification.KMSMasterKeyId)).toEqual([DATA, 'alias/landing-zone/data']);
  });

  test('a database takes the encryption of its cluster, its snapshot or the one it copies', () => {
    for (const inherited of [{ dbClusterIdentifier: 'orders' }, { dbSnapshotIdentifier: 'snapshot' }, { sourceDbInstanceIdentifier: 'orders' }]) {
      const stack = newStack();
      PLAIN_L1['AWS::RDS::DBInstance']!(stack, inherited);
      OWN.apply(stack);
      expect(encryptionIn(stack, 'AWS::RDS::DBInstance')).toEqual({});
      expect(findings(stack, OWN)).toEqual([]);
    }
  });

  test('keys of teams are rotated and wait, as the standard says; keys that AWS cannot rotate only wait', () => {
    const standard = new EncryptionStandard({ rotation: Duration.days(180), deletionWindow: Duration.days(20) });
    const stack = newStack();
    new kms.Key(stack, 'Data');
    new kms.CfnReplicaKey(stack, 'Replica', { keyPolicy: {}, primaryKeyArn: KEY });
    new kms.CfnKey(stack, 'Signing', { keyPolicy: {}, keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });
    standard.apply(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, RotationPeriodInDays: 180, PendingWindowInDays: 20 });
    template.hasResourceProperties('AWS::KMS::ReplicaKey', { PendingWindowInDays: 20 });
    expect(Object.values<any>(template.findResources('AWS::KMS::Key', { Properties: { KeySpec: 'ECC_NIST_P256' } }))[0].Properties).toEqual({
      KeyPolicy: {}, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', PendingWindowInDays: 20,
    });
    expect(findings(stack, standard)).toEqual([]);
  });
});

describe('what somebody chose', () => {
  test.each([
    ['AWS::S3::Bucket', { bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms:dsse', kmsMasterKeyId: KEY } }] } }],
    ['AWS::SNS::Topic', { kmsMasterKeyId: KEY }],
    ['AWS::SQS::Queue', { kmsMasterKeyId: 'alias/payments' }],
    ['AWS::DynamoDB::Table', { sseSpecification: { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: KEY } }],
    ['AWS::DynamoDB::GlobalTable', {
      sseSpecification: { sseEnabled: true, sseType: 'KMS' }, replicas: [{ region: 'eu-west-1', sseSpecification: { kmsMasterKeyId: KEY } }],
    }],
    ['AWS::SecretsManager::Secret', { kmsKeyId: KEY, replicaRegions: [{ region: 'us-east-1', kmsKeyId: 'alias/payments' }] }],
    ['AWS::Logs::LogGroup', { kmsKeyId: Fn.importValue('payments-key') }],
    ['AWS::EC2::Volume', { encrypted: true, kmsKeyId: KEY }],
    ['AWS::EFS::FileSystem', { encrypted: true, kmsKeyId: KEY }],
    ['AWS::RDS::DBInstance', { storageEncrypted: true, kmsKeyId: KEY }],
    ['AWS::RDS::DBCluster', { storageEncrypted: true, kmsKeyId: KEY }],
    ['AWS::DocDB::DBCluster', { storageEncrypted: true, kmsKeyId: KEY }],
    ['AWS::Neptune::DBCluster', { storageEncrypted: true, kmsKeyId: KEY }],
  ])('a key of the team stays: %s', (type, chosen) => {
    const before = newStack();
    PLAIN_L1[type]!(before, chosen);
    const after = newStack();
    PLAIN_L1[type]!(after, chosen);
    OWN.apply(after);
    expect(templateOf(after)).toEqual(templateOf(before));
    expect(findings(after, OWN)).toEqual([]);
  });

  test.each([
    ['AWS::S3::Bucket', { bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] } }, 'SSEAlgorithm must be'],
    ['AWS::S3::Bucket', { bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }] } }, 'KMSMasterKeyID must be a key of your own and is missing'],
    ['AWS::S3::Bucket', { bucketEncryption: { serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true }] } }, 'ServerSideEncryptionByDefault must be a key'],
    ['AWS::S3::Bucket', { bucketEncryption: { serverSideEncryptionConfiguration: [] } }, 'BucketEncryption must be'],
    ['AWS::SNS::Topic', { kmsMasterKeyId: 'alias/aws/sns' }, 'which AWS manages'],
    ['AWS::SQS::Queue', { kmsMasterKeyId: 'alias/aws/sqs' }, 'which AWS manages'],
    ['AWS::SQS::Queue', { sqsManagedSseEnabled: true }, 'KmsMasterKeyId must be a key of your own and is missing'],
    ['AWS::SQS::Queue', { sqsManagedSseEnabled: false }, 'KmsMasterKeyId must be a key of your own and is missing'],
    ['AWS::DynamoDB::Table', { sseSpecification: { sseEnabled: false } }, 'SSESpecification.SSEEnabled must be true'],
    ['AWS::DynamoDB::Table', { sseSpecification: { sseEnabled: true } }, 'KMSMasterKeyId must be'],
    ['AWS::DynamoDB::GlobalTable', { sseSpecification: { sseEnabled: true, sseType: 'KMS' } }, 'Replicas[1].SSESpecification.KMSMasterKeyId must be'],
    ['AWS::DynamoDB::GlobalTable', { sseSpecification: { sseEnabled: false } }, 'SSEEnabled must be true'],
    ['AWS::SecretsManager::Secret', { kmsKeyId: 'alias/aws/secretsmanager' }, 'which AWS manages'],
    ['AWS::SecretsManager::Secret', { kmsKeyId: KEY, replicaRegions: [{ region: 'us-east-1', kmsKeyId: 'alias/aws/secretsmanager' }] }, 'ReplicaRegions[0].KmsKeyId must be'],
    ['AWS::EC2::Volume', { encrypted: false }, 'Encrypted must be true'],
    ['AWS::EC2::Volume', { encrypted: true, kmsKeyId: Fn.join('', ['arn:aws:kms:', Fn.ref('AWS::Region'), ':111122223333:alias/aws/ebs']) }, 'which AWS manages'],
    ['AWS::EFS::FileSystem', { encrypted: false }, 'Encrypted must be true'],
    ['AWS::RDS::DBInstance', { storageEncrypted: false }, 'StorageEncrypted must be true'],
    ['AWS::RDS::DBCluster', { storageEncrypted: true, kmsKeyId: 'alias/aws/rds' }, 'which AWS manages'],
    ['AWS::DocDB::DBCluster', { storageEncrypted: false }, 'StorageEncrypted must be true'],
    ['AWS::Neptune::DBCluster', { storageEncrypted: false }, 'StorageEncrypted must be true'],
  ])('and what is weaker stays and is found: %s %j', (type, chosen, message) => {
    const stack = newStack();
    PLAIN_L1[type]!(stack, chosen);
    OWN.apply(stack);
    templateOf(stack);
    expect(findings(stack, OWN).filter((finding) => finding.startsWith('LZ.ENCRYPTION.1: ') && finding.includes(message))).not.toEqual([]);
  });

  test('with AWS\'s keys, only what is not encrypted at all is found', () => {
    const found = (type: string, chosen: object) => {
      const stack = newStack();
      PLAIN_L1[type]!(stack, chosen);
      AWS.apply(stack);
      templateOf(stack);
      return findings(stack, AWS).filter((finding) => finding.startsWith('LZ.ENCRYPTION.1'));
    };
    expect(found('AWS::SQS::Queue', { sqsManagedSseEnabled: false })).toHaveLength(1);
    expect(found('AWS::SQS::Queue', { sqsManagedSseEnabled: false, kmsMasterKeyId: 'alias/aws/sqs' })).toEqual([]);
    expect(found('AWS::EFS::FileSystem', { encrypted: false })).toHaveLength(1);
    expect(found('AWS::RDS::DBInstance', { storageEncrypted: true })).toEqual([]);
    expect(found('AWS::Logs::LogGroup', {})).toEqual([]);
  });

  test('a key that is rotated too seldom, or not, is found', () => {
    const standard = new EncryptionStandard({ rotation: Duration.days(180), deletionWindow: Duration.days(20) });
    const stack = newStack();
    new kms.CfnKey(stack, 'Seldom', { keyPolicy: {}, enableKeyRotation: true, rotationPeriodInDays: 365 });
    new kms.CfnKey(stack, 'Never', { keyPolicy: {}, enableKeyRotation: false });
    new kms.CfnKey(stack, 'Soon', { keyPolicy: {}, pendingWindowInDays: 19 });
    standard.apply(stack);
    templateOf(stack);
    const found = findings(stack, standard);
    expect(found).toContain('LZ.ENCRYPTION.1: RotationPeriodInDays must be 180 or less and is 365');
    expect(found).toContain('LZ.KMS.2: EnableKeyRotation must be true and is false');
    expect(found).toContain('LZ.KMS.1: PendingWindowInDays must be 20 or more and is 19');
  });

  test('an override by hand counts as chosen', () => {
    const stack = newStack();
    (PLAIN_L1['AWS::SNS::Topic']!(stack)).addPropertyOverride('KmsMasterKeyId', KEY);
    OWN.apply(stack);
    expect(encryptionIn(stack, 'AWS::SNS::Topic')).toEqual({ KmsMasterKeyId: KEY });
  });
});

describe('buckets for access logs', () => {
  const aes = (stack: Stack, id: string) => (stack.node.findChild(id).node.defaultChild ?? stack.node.findChild(id)) as CfnResource;

  test('of another bucket, also in another stack, stay with S3\'s own encryption and are not found', () => {
    const app = new App();
    const [near, far] = [newStack(app, 'Near'), newStack(app, 'Far')];
    const logs = new s3.Bucket(far, 'Logs');
    new s3.Bucket(near, 'Data', { serverAccessLogsBucket: logs });
    const byName = new s3.CfnBucket(near, 'Named', { bucketName: 'named-logs' });
    new s3.CfnBucket(near, 'Other', { loggingConfiguration: { destinationBucketName: 'named-logs' } });
    OWN.apply(app);
    app.synth();
    const encrypted = (resource: CfnResource) => (resource as s3.CfnBucket).bucketEncryption !== undefined;
    expect([encrypted(aes(far, 'Logs')), encrypted(byName), encrypted(aes(near, 'Data')), encrypted(aes(near, 'Other'))]).toEqual([false, false, true, true]);
    expect([...findings(near, OWN), ...findings(far, OWN)]).toEqual([]);
  });

  test('of load balancers as well', () => {
    const stack = newStack();
    const logs = new s3.CfnBucket(stack, 'Logs');
    new CfnLoadBalancer(stack, 'Balancer', { loadBalancerAttributes: [{ key: 'access_logs.s3.enabled', value: 'true' }, { key: 'access_logs.s3.bucket', value: logs.ref }] });
    OWN.apply(stack);
    templateOf(stack);
    expect(logs.bucketEncryption).toBeUndefined();
    expect(findings(stack, OWN)).toEqual([]);
  });

  test('and a bucket that logs to itself', () => {
    const stack = newStack();
    const logs = new s3.CfnBucket(stack, 'Logs', { loggingConfiguration: {} });
    OWN.apply(stack);
    templateOf(stack);
    expect(logs.bucketEncryption).toBeUndefined();
  });
});

describe('laws', () => {
  const types = Object.keys(PLAIN_L1);

  test('applying again, before or after the resources, to the app or to the stack, gives the same template', () => {
    fc.assert(fc.property(fc.subarray(types, { minLength: 1 }), fc.array(fc.constantFrom('app', 'stack', 'resource'), { minLength: 1, maxLength: 4 }), fc.boolean(), (some, places, before) => {
      const template = (where: readonly string[], first: boolean) => {
        const stack = newStack();
        const apply = () => { for (const place of where) OWN.apply(place === 'app' ? stack.node.root : stack); };
        if (first) apply();
        for (const type of some) PLAIN_L1[type]!(stack);
        if (!first) apply();
        if (where.includes('resource')) for (const child of stack.node.children.filter(CfnResource.isCfnResource)) OWN.apply(child);
        return templateOf(stack);
      };
      expect(template(places, before)).toEqual(template(['app'], true));
    }), { numRuns: 25 });
  });

  test('the order in which resources are made does not matter', () => {
    const template = (order: readonly string[]) => {
      const stack = newStack();
      OWN.apply(stack);
      for (const type of order) PLAIN_L1[type]!(stack);
      const { Resources, Parameters } = templateOf(stack);
      return { Resources, Parameters };
    };
    fc.assert(fc.property(fc.shuffledSubarray(types, { minLength: types.length }), (order) => {
      expect(template(order)).toEqual(template(types));
    }), { numRuns: 10 });
  });
});

test('stacks that are deployed keep what would be replaced', () => {
  const stack = newStack();
  for (const make of Object.values(PLAIN_L1)) make(stack);
  OWN.apply(stack, { onlyChangeable: true });
  for (const type of ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::EFS::FileSystem', 'AWS::EC2::Volume', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster']) {
    expect([type, encryptionIn(stack, type)]).toEqual([type, {}]);
  }
  expect(encryptionIn(stack, 'AWS::DynamoDB::Table')).not.toEqual({});
  expect(encryptionIn(stack, 'AWS::S3::Bucket')).not.toEqual({});
});

test('an instance from a snapshot is left as it was, its credentials are not', () => {
  const stack = newStack();
  const vpc = PLAIN_L2['AWS::EFS::FileSystem']!(stack) && stack.node.findChild('Vpc');
  new rds.DatabaseInstanceFromSnapshot(stack, 'Restored', {
    vpc: vpc as any, engine: rds.DatabaseInstanceEngine.POSTGRES, snapshotIdentifier: 'snapshot', credentials: rds.SnapshotCredentials.fromGeneratedSecret('admin'),
  });
  OWN.apply(stack);
  expect(encryptionIn(stack, 'AWS::RDS::DBInstance')).toEqual({});
  expect(encryptionIn(stack, 'AWS::SecretsManager::Secret')).toEqual({ KmsKeyId: DATA });
});
