import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { holdsData, replacingOf } from '../../../src/model/deployment/replacing-properties';

test('what is stored is what the specification says: npx tsx scripts/generate-replacements.ts', () => {
  const resources = [...loadAwsServiceSpecSync().all('resource')];
  expect(resources.length).toBeGreaterThan(1_000);
  const differing = resources.filter(({ cloudFormationType, properties }) => {
    const of = (kind: string) => Object.keys(properties).filter((name) => properties[name]!.causesReplacement === kind).sort();
    const { always, maybe } = replacingOf(cloudFormationType);
    return JSON.stringify([of('yes'), of('maybe')]) !== JSON.stringify([always, maybe]);
  });
  expect(differing.map(({ cloudFormationType }) => cloudFormationType)).toEqual([]);
  expect(resources.filter(({ cloudFormationType, isStateful }) => isStateful && cloudFormationType !== 'AWS::CloudFormation::Stack' && !holdsData(cloudFormationType))).toEqual([]);
});

test('buckets hold data, and are replaced by another name; functions hold none', () => {
  expect([holdsData('AWS::S3::Bucket'), holdsData('AWS::Lambda::Function'), holdsData('AWS::CloudFormation::Stack')]).toEqual([true, false, false]);
  expect(replacingOf('AWS::S3::Bucket').always).toContain('BucketName');
});
