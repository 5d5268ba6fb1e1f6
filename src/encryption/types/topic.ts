import { isGiven } from '../../controls/template-rule';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/**
 * SNS stores messages on encrypted disks in any case. AWS's own key is no default for them: alarms, S3 and EventBridge cannot publish to a topic with it, and the messages are lost.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const topic: EncryptedType = {
  type: 'AWS::SNS::Topic',
  service: EncryptedService.SNS,
  complete: ({ KmsMasterKeyId }, keys) => (keys.areOwn && !isGiven(KmsMasterKeyId) ? { kmsMasterKeyId: keys.arn() } : {}),
  findings: ({ KmsMasterKeyId }, own) => (own ? mustBeOwnKey('KmsMasterKeyId', KmsMasterKeyId) : []),
};
