import { isGiven, mustBe } from '../../controls/template-rule';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/** A table that says nothing is encrypted with a key that DynamoDB owns. */
export const table: EncryptedType = {
  type: 'AWS::DynamoDB::Table',
  service: EncryptedService.DYNAMODB,
  complete: ({ SSESpecification }, keys) => (
    keys.areOwn && !isGiven(SSESpecification) ? { sseSpecification: { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: keys.arn() } } : {}),
  findings: ({ SSESpecification }, own) => (!own ? [] : [
    ...mustBe(true, 'SSESpecification.SSEEnabled', SSESpecification?.SSEEnabled),
    ...mustBeOwnKey('SSESpecification.KMSMasterKeyId', SSESpecification?.KMSMasterKeyId),
  ]),
};
