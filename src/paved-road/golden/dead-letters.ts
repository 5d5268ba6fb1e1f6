import { Duration, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PavedRoad } from '../paved-road';

/** A queue for what could not be delivered or worked on, by services that know it as such and not as the dead-letter queue of another one; it has none itself. @internal */
export class DeadLetters extends Queue {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { retentionPeriod: Duration.days(14) });
    const reason = 'It holds what was put aside already';
    PavedRoad.optOut(this, { rule: 'sqs.dead-letters', reason });
    Validations.of(this).acknowledge({ id: 'AwsSolutions::AwsSolutions-SQS3', reason });
  }
}
