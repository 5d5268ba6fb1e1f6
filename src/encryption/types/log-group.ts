import { isGiven } from '../../controls/template-rule';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/** Log groups are always encrypted; this is about the key, which must be an ARN (CloudFormation specification of KmsKeyId, read 2026-11-23). */
export const logGroup: EncryptedType = {
  type: 'AWS::Logs::LogGroup',
  service: EncryptedService.LOGS,
  complete: ({ KmsKeyId }, keys) => (keys.areOwn && !isGiven(KmsKeyId) ? { kmsKeyId: keys.arn() } : {}),
  findings: ({ KmsKeyId }, own) => (own ? mustBeOwnKey('KmsKeyId', KmsKeyId) : []),
};
