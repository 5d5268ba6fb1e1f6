import { App, Stack } from 'aws-cdk-lib';
import { DataClassification, LandingZone, PavedRoad, RegionStandard, ResilienceTier } from '../../src';
import { ProductFoundation } from '../../src/paved-road/product-foundation';
import { stackSets } from '../delivery/baseline-fixture';
import { validated } from '../network/aws-solutions';
import { PLAIN } from '../paved-road/plain-constructs';

function zone() {
  const app = new App({ analyticsReporting: false });
  return { app, made: new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example' }) };
}

/** Of the stack set: names and values of parameters. */
function published() {
  const { app, made } = zone();
  const archive = made.addLogArchive();
  made.addPavedRoad();
  const { Properties } = stackSets(app)['Acme-PavedRoad-Root'];
  const resources = Object.values<any>(JSON.parse(Properties.TemplateBody).Resources);
  return { archive, properties: Properties, resources, parameters: new Map(resources.filter(({ Type }) => Type === 'AWS::SSM::Parameter').map(({ Properties: { Name, Value } }) => [Name, Value])) };
}

test('what products read is what the zone publishes: no parameter of a product is missing', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Product');
  for (const [name, make] of Object.entries(PLAIN)) make(new Stack(stack.node.root, name));
  PavedRoad.apply(stack.node.root, {
    product: 'payments', owner: 'payments', costCenter: '1', environment: 'prod', dataClassification: DataClassification.INTERNAL, tier: ResilienceTier.TIER_2, awsSolutions: false,
  });
  const read = (stack.node.root as App).synth().stacks.flatMap(({ template }) => Object.values<any>(template.Parameters ?? {}).map(({ Default }) => String(Default)));
  const { parameters } = published();
  expect([...new Set(read.filter((name) => name.startsWith('/landing-zone/v1/')))].sort()).toEqual([...parameters.keys()].sort());
});

test('they are in all accounts and allowed Regions, with the names of that Region', () => {
  const { archive, properties, parameters } = published();
  expect(properties.StackInstancesGroup[0].Regions).toEqual(['eu-west-1', 'us-east-1']);
  const here = (value: any) => (typeof value === 'string' ? value : value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : 'eu-west-1')).join(''));
  expect(here(parameters.get('/landing-zone/v1/logs/load-balancer-bucket'))).toBe(archive.accessLogsBucket);
  expect(parameters.get('/landing-zone/v1/logs/flow-bucket-arn')['Fn::Join'][1]).toContainEqual({ Ref: 'AWS::Region' });
});

test('S3 writes access logs of this account alone, and all stays when the stack goes', () => {
  const { resources } = published();
  const policy = resources.find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  expect(policy.Properties.PolicyDocument.Statement[1]).toMatchObject({ Principal: { Service: 'logging.s3.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } });
  expect(new Set(resources.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['Retain']));
});

test('images are signed in all accounts and Regions where that is asked for', () => {
  const { app, made } = zone();
  made.addLogArchive();
  made.addPavedRoad({ signImages: true });
  const types = Object.values<any>(JSON.parse(stackSets(app)['Acme-PavedRoad-Root'].Properties.TemplateBody).Resources).map(({ Type }) => Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::ECR::SigningConfiguration', 'AWS::Signer::SigningProfile']));
  expect(published().resources.map(({ Type }) => Type)).not.toContain('AWS::Signer::SigningProfile');
});

test('checks of CloudFormation, AwsSolutions and the landing zone find nothing', () => {
  const { violations } = validated((stack) => { new ProductFoundation(stack, 'Foundation', { loadBalancerLogBucket: 'lb', flowLogBucketArn: 'arn:aws:s3:::flow' }); });
  expect(violations).toEqual([]);
}, 60_000);

test('mistakes: no log archive, and twice', () => {
  expect(() => zone().made.addPavedRoad()).toThrow('has no log archive yet: add it with zone.addLogArchive()');
  const { made } = zone();
  made.addLogArchive();
  made.addPavedRoad();
  expect(() => made.addPavedRoad()).toThrow('has its paved road already');
});

test('as a small snapshot', () => {
  expect(published().resources.map(({ Type, Properties }) => [Type, Properties.Name ?? Properties.BucketName ?? Properties.PolicyDocument.Statement.map(({ Sid }: any) => Sid)])).toMatchSnapshot();
});
