import { sampleTemplate } from './samples';

const sample = sampleTemplate('EventProcessor');
const ofType = (type: string): [string, any][] => Object.entries<any>(sample.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);
const queue = (part: string): string => ofType('AWS::SQS::Queue').map(([id]) => id).find((id) => id.startsWith(`Invoicing${part}`))!;

test('events wait in the queue that the function works on; those that do not get there are put aside', () => {
  const [[, { EventPattern, Targets, EventBusName }]] = ofType('AWS::Events::Rule') as [[string, any]];
  expect(EventPattern).toEqual({ 'source': ['orders'], 'detail-type': ['OrderPlaced'] });
  expect(EventBusName).toEqual({ Ref: expect.stringMatching(/^Orders/) });
  expect(Targets).toEqual([expect.objectContaining({
    Arn: { 'Fn::GetAtt': [queue('Queue'), 'Arn'] }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue('Undelivered'), 'Arn'] } }, RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
  })]);
  const [[, source]] = ofType('AWS::Lambda::EventSourceMapping') as [[string, any]];
  expect(source.EventSourceArn).toEqual({ 'Fn::GetAtt': [queue('Queue'), 'Arn'] });
});

test('EventBridge alone sends for this rule, to both queues', () => {
  const [rule] = ofType('AWS::Events::Rule')[0]!;
  for (const name of ['Queue', 'Undelivered']) {
    const [, policy] = ofType('AWS::SQS::QueuePolicy').find(([, { Queues }]) => JSON.stringify(Queues) === JSON.stringify([{ Ref: queue(name) }]))!;
    const [allowed] = policy.PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Allow');
    expect(allowed).toMatchObject({ Action: expect.anything(), Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } } });
  }
});

test('three queues and no more: what was put aside is not put aside again', () => {
  expect(ofType('AWS::SQS::Queue').map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['InvoicingDeadLetters', 'InvoicingQueue', 'InvoicingUndelivered']);
});

test('each of them is watched', () => {
  const watched = ofType('AWS::CloudWatch::Alarm').map(([, { AlarmName }]) => AlarmName).filter((name) => /-ticket$/.test(name));
  expect(watched).toEqual(expect.arrayContaining(['orders-invoicing-deadletters-ticket', 'orders-invoicing-undelivered-ticket', 'orders-invoicing-failing-ticket']));
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([id, { Type }]) => [id.replace(/CurrentVersion.*/, 'CurrentVersion'), Type]))).toMatchSnapshot();
});
