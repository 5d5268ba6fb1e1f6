import { bucket } from './bucket';
import { globalTable } from './global-table';
import { logGroup } from './log-group';
import { queue } from './queue';
import { secret } from './secret';
import { switched } from './switched';
import { table } from './table';
import { topic } from './topic';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';

/** What a cluster takes its encryption from. */
const CLUSTER_SOURCES = ['SnapshotIdentifier', 'SourceDBClusterIdentifier'];

/** What an instance takes its encryption from: its cluster, a snapshot, another instance. */
const INSTANCE_SOURCES = [
  'DBClusterIdentifier', 'DBClusterSnapshotIdentifier', 'DBSnapshotIdentifier', 'SourceDBClusterIdentifier', 'SourceDBInstanceAutomatedBackupsArn', 'SourceDBInstanceIdentifier',
  'SourceDbiResourceId',
];

/** Every type that the standard encrypts. */
export const ENCRYPTED_TYPES: readonly EncryptedType[] = [
  bucket,
  globalTable,
  logGroup,
  queue,
  secret,
  switched('AWS::DocDB::DBCluster', EncryptedService.RDS, 'StorageEncrypted', CLUSTER_SOURCES),
  switched('AWS::EC2::Volume', EncryptedService.EBS, 'Encrypted', ['SourceVolumeId']),
  switched('AWS::EFS::FileSystem', EncryptedService.EFS, 'Encrypted'),
  switched('AWS::Neptune::DBCluster', EncryptedService.RDS, 'StorageEncrypted', CLUSTER_SOURCES),
  switched('AWS::RDS::DBCluster', EncryptedService.RDS, 'StorageEncrypted', CLUSTER_SOURCES),
  switched('AWS::RDS::DBInstance', EncryptedService.RDS, 'StorageEncrypted', INSTANCE_SOURCES),
  table,
  topic,
];
