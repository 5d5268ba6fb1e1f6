import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { isGiven, mustBe, withinEach } from '../../controls/template-rule';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType, StackKeys } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/** A table with replicas, each of which has a key of its Region: the stack's key by its ARN, the others by the alias that is the same everywhere. */
export const globalTable: EncryptedType = {
  type: 'AWS::DynamoDB::GlobalTable',
  service: EncryptedService.DYNAMODB,
  complete: ({ SSESpecification, Replicas }, keys, resource) => {
    const isChosen = isGiven(SSESpecification) || !Array.isArray(Replicas) || Replicas.some((replica) => isGiven(replica.SSESpecification));
    return !keys.areOwn || isChosen ? {} : { sseSpecification: { sseEnabled: true, sseType: 'KMS' }, replicas: withKeys(resource as CfnGlobalTable, keys) };
  },
  findings: ({ SSESpecification, Replicas }, own) => (!own ? [] : [
    ...mustBe(true, 'SSESpecification.SSEEnabled', SSESpecification?.SSEEnabled),
    ...mustBe('KMS', 'SSESpecification.SSEType', SSESpecification?.SSEType),
    ...withinEach('Replicas', Replicas, (replica, path) => mustBeOwnKey(`${path}.SSESpecification.KMSMasterKeyId`, replica.SSESpecification?.KMSMasterKeyId)),
  ]),
};

/** Decided when the template is made: replicas can be added until then. */
function withKeys(resource: CfnGlobalTable, keys: StackKeys): CfnGlobalTable['replicas'] {
  const before = resource.replicas;
  const here = keys.arn();
  return Lazy.uncachedAny({
    produce: ({ resolve }) => (resolve(before) as CfnGlobalTable.ReplicaSpecificationProperty[]).map((replica) => ({
      ...replica, sseSpecification: { kmsMasterKeyId: isHere(replica.region, resource) ? here : keys.alias },
    })),
  });
}

function isHere(region: unknown, resource: CfnResource): boolean {
  const stack = Stack.of(resource);
  return JSON.stringify(stack.resolve(region)) === JSON.stringify(stack.resolve(stack.region)) || JSON.stringify(region) === '{"Ref":"AWS::Region"}';
}
