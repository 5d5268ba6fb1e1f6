import { CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const WHY = 'A table that was spoilt is had back as it was at any second of the last 35 days.';

export const TABLE_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'dynamodb.recovery',
    type: 'AWS::DynamoDB::Table',
    why: WHY,
    complete: ({ PointInTimeRecoverySpecification }) => (isGiven(PointInTimeRecoverySpecification) ? {} : { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } }),
  },
  {
    id: 'dynamodb.deletion-protection',
    type: 'AWS::DynamoDB::Table',
    why: 'A table with data is not deleted by a click or with its stack.',
    complete: ({ DeletionProtectionEnabled }) => (isGiven(DeletionProtectionEnabled) ? {} : { deletionProtectionEnabled: true }),
  },
  {
    id: 'dynamodb.global.recovery',
    type: 'AWS::DynamoDB::GlobalTable',
    why: WHY,
    complete: ({ Replicas }, resource) => (allHave(Replicas, 'PointInTimeRecoverySpecification') ? {} : {
      replicas: eachWith(resource, { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } }),
    }),
  },
  {
    id: 'dynamodb.global.deletion-protection',
    type: 'AWS::DynamoDB::GlobalTable',
    why: 'A table with data is not deleted by a click or with its stack.',
    complete: ({ Replicas }, resource) => (allHave(Replicas, 'DeletionProtectionEnabled') ? {} : { replicas: eachWith(resource, { deletionProtectionEnabled: true }) }),
  },
];

/** True as well for replicas that synthesis cannot read: they are left alone. */
function allHave(replicas: unknown, property: string): boolean {
  return !Array.isArray(replicas) || replicas.every((replica) => isGiven(replica[property]));
}

/** Decided when the template is made: replicas can be added until then. */
function eachWith(resource: CfnResource, chosen: object): CfnGlobalTable['replicas'] {
  const before = (resource as CfnGlobalTable).replicas;
  return Lazy.uncachedAny({ produce: ({ resolve }) => (resolve(before) as object[]).map((replica) => ({ ...chosen, ...replica })) });
}
