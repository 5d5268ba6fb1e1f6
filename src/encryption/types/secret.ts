import { isGiven, withinEach } from '../../controls/template-rule';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/** A secret that says nothing is encrypted with AWS's key. The key of a replica lies in the replica's Region, and has the same alias there. */
export const secret: EncryptedType = {
  type: 'AWS::SecretsManager::Secret',
  service: EncryptedService.SECRETS_MANAGER,
  complete: ({ KmsKeyId, ReplicaRegions }, keys) => (!keys.areOwn ? {} : {
    ...(isGiven(KmsKeyId) ? {} : { kmsKeyId: keys.arn() }),
    ...(Array.isArray(ReplicaRegions) && ReplicaRegions.some((replica) => !isGiven(replica.KmsKeyId))
      ? { replicaRegions: ReplicaRegions.map(({ Region, KmsKeyId: given }) => ({ region: Region, kmsKeyId: isGiven(given) ? given : keys.alias })) } : {}),
  }),
  findings: ({ KmsKeyId, ReplicaRegions }, own) => (!own ? [] : [
    ...mustBeOwnKey('KmsKeyId', KmsKeyId),
    ...withinEach('ReplicaRegions', ReplicaRegions, (replica, path) => mustBeOwnKey(`${path}.KmsKeyId`, replica.KmsKeyId)),
  ]),
};
