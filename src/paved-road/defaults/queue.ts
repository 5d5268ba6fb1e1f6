import { Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { onlyByTls, withTls } from './only-by-tls';
import { isRefOf } from './reference';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';
import { Survey } from '../survey';

const TYPE = 'AWS::SQS::Queue';

/** Attempts before a message is put aside; AWS recommends at least five where Lambda reads (Lambda developer guide, "Using Lambda with Amazon SQS", read 2026-11-23). */
const ATTEMPTS = 5;

/** SQS keeps messages for 14 days at most. */
const LONGEST_RETENTION = 14 * 24 * 3600;

const DEAD_LETTERS = 'DeadLetters';

export const QUEUE_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'sqs.dead-letters',
    type: TYPE,
    why: 'A message that cannot be handled does not block or vanish; it is put aside and can be sent again.',
    complete: ({ RedrivePolicy, FifoQueue }, resource, { survey }) => (isGiven(RedrivePolicy) || hasDeadLetters(resource as CfnQueue, survey) ? {} : {
      redrivePolicy: { deadLetterTargetArn: deadLetters(resource as CfnQueue, FifoQueue === true).attrArn, maxReceiveCount: ATTEMPTS },
    }),
  },
  {
    id: 'sqs.tls',
    type: TYPE,
    control: 'LZ.PERIMETER.3',
    why: 'Messages are not read on the way.',
    complete: (_, resource, { survey }) => {
      requireTls(resource as CfnQueue, survey);
      return {};
    },
  },
];

/** Whether messages of other queues are put aside here, or it is made for that. */
export function hasDeadLetters(queue: CfnQueue, survey: Survey): boolean {
  const stack = Stack.of(queue);
  if (queue.node.id === DEAD_LETTERS) return true;
  const arn = JSON.stringify(stack.resolve(queue.attrArn));
  const others = survey.beside(CfnQueue).filter((one) => one !== queue && one.redrivePolicy !== undefined && one.node.tryFindChild(DEAD_LETTERS) === undefined);
  return others.some((one) => JSON.stringify(stack.resolve(one.redrivePolicy)).includes(arn));
}

function deadLetters(queue: CfnQueue, isFifo: boolean): CfnQueue {
  return queue.node.tryFindChild(DEAD_LETTERS) as CfnQueue | undefined ?? new CfnQueue(queue, DEAD_LETTERS, {
    messageRetentionPeriod: LONGEST_RETENTION, ...(isFifo ? { fifoQueue: true } : {}),
  });
}

/** A queue has one policy; CloudFormation puts the last in its place. */
function requireTls(queue: CfnQueue, survey: Survey): void {
  const policy = survey.beside(CfnQueuePolicy).find((one) => one.queues.length === 1 && isRefOf(one.queues[0], queue));
  const statement = onlyByTls('sqs:*', [queue.attrArn]);
  if (policy) policy.policyDocument = withTls(policy.policyDocument, statement);
  else new CfnQueuePolicy(queue, 'OnlyByTls', { queues: [queue.ref], policyDocument: { Version: '2012-10-17', Statement: [statement] } });
}
