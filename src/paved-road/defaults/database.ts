import { Validations } from 'aws-cdk-lib';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';

const KEPT = 'A database with data is not deleted by a click or with its stack.';

/** AWS's own wording of the engine. */
const isAurora = (engine: unknown) => typeof engine === 'string' && engine.startsWith('aurora');

export const DATABASE_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'rds.private',
    type: INSTANCE,
    control: 'LZ.RDS.2',
    why: 'A database has no address in the internet.',
    complete: ({ PubliclyAccessible }) => (isGiven(PubliclyAccessible) ? {} : { publiclyAccessible: false }),
  },
  {
    id: 'rds.multi-az',
    type: INSTANCE,
    why: 'A database goes on when a zone fails; in the last tier of resilience it is restored.',
    complete: ({ MultiAZ, DBClusterIdentifier }, resource, { isHighlyAvailable }) => {
      if (isGiven(MultiAZ) || isGiven(DBClusterIdentifier) || isAurora((resource as CfnDBInstance).engine)) return {};
      if (!isHighlyAvailable) Validations.of(resource).acknowledge({ id: 'AwsSolutions::AwsSolutions-RDS3', reason: 'In the last tier of resilience a database is restored from its backup.' });
      return { multiAz: isHighlyAvailable };
    },
  },
  {
    id: 'rds.deletion-protection',
    type: INSTANCE,
    why: KEPT,
    complete: ({ DeletionProtection, DBClusterIdentifier }) => (isGiven(DeletionProtection) || isGiven(DBClusterIdentifier) ? {} : { deletionProtection: true }),
  },
  {
    id: 'rds.iam',
    type: INSTANCE,
    why: 'Programs sign in by their role, with a token of fifteen minutes and no password.',
    complete: ({ EnableIAMDatabaseAuthentication, DBClusterIdentifier, Engine }) => (isGiven(EnableIAMDatabaseAuthentication) || isGiven(DBClusterIdentifier) || !/^(mysql|mariadb|postgres)$/.test(String(Engine)) ? {}
      : { enableIamDatabaseAuthentication: true }),
  },
  {
    id: 'rds.port',
    type: INSTANCE,
    why: 'Who reaches a database is decided by security groups; another port than the usual one keeps nobody out, and is not asked for.',
    complete: (_, resource) => {
      Validations.of(resource).acknowledge({ id: 'AwsSolutions::AwsSolutions-RDS11', reason: 'Security groups decide who reaches the database; its port is no secret.' });
      return {};
    },
  },
  {
    id: 'rds.cluster.deletion-protection',
    type: CLUSTER,
    why: KEPT,
    complete: ({ DeletionProtection }) => (isGiven(DeletionProtection) ? {} : { deletionProtection: true }),
  },
  {
    id: 'rds.cluster.iam',
    type: CLUSTER,
    why: 'Programs sign in by their role, with a token of fifteen minutes and no password.',
    complete: ({ EnableIAMDatabaseAuthentication }) => (isGiven(EnableIAMDatabaseAuthentication) ? {} : { enableIamDatabaseAuthentication: true }),
  },
  {
    id: 'rds.cluster.port',
    type: CLUSTER,
    why: 'Who reaches a database is decided by security groups; another port than the usual one keeps nobody out, and is not asked for.',
    complete: (_, resource) => {
      Validations.of(resource).acknowledge({ id: 'AwsSolutions::AwsSolutions-RDS11', reason: 'Security groups decide who reaches the database; its port is no secret.' });
      return {};
    },
  },
];
