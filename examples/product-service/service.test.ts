import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { productService } from './service';

const resources = Object.values<any>(Template.fromStack(productService(new App())).toJSON().Resources);
const ofType = (type: string) => resources.filter(({ Type }) => Type === type);

test('it says nothing of encryption, and all of it is encrypted with the keys of the account', () => {
  const key = { Ref: 'EncryptionKeyLandingZoneKeysData' };
  expect(ofType('AWS::S3::Bucket').map(({ Properties }) => Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID)).toEqual([key]);
  expect(ofType('AWS::SQS::Queue').map(({ Properties }) => Properties.KmsMasterKeyId)).toEqual([key, key]);
  expect(ofType('AWS::DynamoDB::GlobalTable').map(({ Properties }) => Properties.SSESpecification.SSEType)).toEqual(['KMS']);
  expect(ofType('AWS::Logs::LogGroup').map(({ Properties }) => [Properties.KmsKeyId, Properties.RetentionInDays])).toEqual([[key, 365], [key, 365], [key, 365]]);
});

test('its roles reach what is its own, and send traces', () => {
  const statements = [
    ...ofType('AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
    ...ofType('AWS::IAM::Role').flatMap(({ Properties }) => (Properties.Policies ?? []).flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement)),
  ];
  const outside = statements.filter(({ Resource }) => ![Resource].flat().every((one: any) => /"Fn::GetAtt":\["[A-Za-z0-9]+","Arn"\]/.test(JSON.stringify(one))));
  expect(outside.map(({ Action }) => Action)).toEqual([['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']]);
  expect(ofType('AWS::IAM::Role').map(({ Properties }) => [Properties.ManagedPolicyArns, Properties.PermissionsBoundary])).toEqual([
    [undefined, 'arn:aws:iam::111122223333:policy/landing-zone/boundary'], [undefined, 'arn:aws:iam::111122223333:policy/landing-zone/boundary'],
  ]);
});
