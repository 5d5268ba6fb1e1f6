import { App, Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { DataPipeline, DataPipelineProps, PavedRoad } from '../../../src';

function pipeline(props: Partial<DataPipelineProps> = {}): any {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Sales');
  new DataPipeline(stack, 'Sales', { serviceName: 'orders-sales', runbook: 'https://runbooks.acme.example/orders-sales', code: Code.fromInline('def handler(event, context): return event'), ...props });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const sample = sampleTemplate('DataPipeline');
const ofType = (template: any, type: string): [string, any][] => Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);
const id = (type: string, part: string): string => ofType(sample, type).map(([one]) => one).find((one) => one.startsWith(`Sales${part}`))!;

test('a file that lands starts the work, without a function of CDK\'s that sets notifications; what cannot be started is put aside', () => {
  const [, landing] = ofType(sample, 'AWS::S3::Bucket').find(([one]) => one === id('AWS::S3::Bucket', 'Landing'))!;
  expect(landing.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
  const [[, { EventPattern, Targets: [target] }]] = ofType(sample, 'AWS::Events::Rule') as [[string, any]];
  expect(EventPattern).toEqual({ 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [{ Ref: id('AWS::S3::Bucket', 'Landing') }] } } });
  expect([target.Arn, target.DeadLetterConfig.Arn]).toEqual([{ Ref: id('AWS::StepFunctions::StateMachine', 'StateMachine') }, { 'Fn::GetAtt': [id('AWS::SQS::Queue', 'Undelivered'), 'Arn'] }]);
  expect(ofType(sample, 'AWS::Lambda::Function')).toHaveLength(1);
  expect(ofType(sample, 'AWS::SQS::Queue')).toHaveLength(1);
});

test('the function is told which file, tries again, and is stopped in the end', () => {
  const [[, { DefinitionString }]] = ofType(pipeline({ timeout: Duration.minutes(5) }), 'AWS::StepFunctions::StateMachine') as [[string, any]];
  const definition = JSON.parse(DefinitionString['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : 'ARN')).join(''));
  expect(definition.TimeoutSeconds).toBe(1200);
  expect(definition.States.Work.Parameters).toEqual({ 'bucket.$': '$.detail.bucket.name', 'key.$': '$.detail.object.key' });
  expect(definition.States.Work.Retry.at(-1)).toMatchObject({ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 });
});

test('the function reads what landed and writes what is curated, and not the other way round', () => {
  const role = id('AWS::IAM::Role', 'FunctionServiceRole');
  const statements = ofType(sample, 'AWS::IAM::Policy').filter(([, { Roles }]) => Roles[0].Ref === role).flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement);
  const actionsOn = (bucket: string) => statements.filter(({ Resource }: any) => JSON.stringify(Resource).includes(id('AWS::S3::Bucket', bucket))).flatMap(({ Action }: any) => Action);
  expect(actionsOn('Landing').some((action) => /Put|Delete/.test(action))).toBe(false);
  expect(actionsOn('Curated').some((action) => /Get(Object|Bucket)|List/.test(action))).toBe(false);
  expect(actionsOn('Curated')).toContain('s3:PutObject');
});

test('what came of files can be asked in SQL, a query at most so much', () => {
  const template = pipeline({ scanLimit: Size.gibibytes(5) });
  const [[, database]] = ofType(template, 'AWS::Glue::Database') as [[string, any]];
  const [[, { Name, WorkGroupConfiguration }]] = ofType(template, 'AWS::Athena::WorkGroup') as [[string, any]];
  expect([database.DatabaseInput.Name, Name]).toEqual(['orders_sales', 'orders-sales']);
  expect(WorkGroupConfiguration).toMatchObject({ EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 5 * 1024 ** 3, ManagedQueryResultsConfiguration: { Enabled: true } });
});

test('files are kept as they came for a while', () => {
  const [, landing] = ofType(pipeline({ keepLanded: Duration.days(30) }), 'AWS::S3::Bucket').find(([one]) => one.startsWith('SalesLanding'))!;
  expect(landing.LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 30 });
});

test('mistakes, all at once', () => {
  expect(() => pipeline({ timeout: Duration.minutes(20), scanLimit: Size.kibibytes(1) })).toThrow(/has 2 problems\n {2}timeout is 20 minutes.*\n {2}scanLimit is 1024 bytes/);
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([one, { Type }]) => [one, Type]))).toMatchSnapshot();
});
