import { isGiven } from '../../controls/template-rule';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/** A queue that says nothing is encrypted by SQS (CloudFormation specification of SqsManagedSseEnabled, read 2026-11-23). */
export const queue: EncryptedType = {
  type: 'AWS::SQS::Queue',
  service: EncryptedService.SQS,
  complete: ({ KmsMasterKeyId, SqsManagedSseEnabled }, keys) => (
    keys.areOwn && !isGiven(KmsMasterKeyId) && !isGiven(SqsManagedSseEnabled) ? { kmsMasterKeyId: keys.arn() } : {}),
  findings: ({ KmsMasterKeyId, SqsManagedSseEnabled }, own) => {
    if (own) return mustBeOwnKey('KmsMasterKeyId', KmsMasterKeyId);
    return isGiven(KmsMasterKeyId) || !isGiven(SqsManagedSseEnabled) || String(SqsManagedSseEnabled) === 'true' ? []
      : [`SqsManagedSseEnabled must be true or left out where there is no KmsMasterKeyId, and is ${JSON.stringify(SqsManagedSseEnabled)}`];
  },
};
