import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { isGiven, mustBe, TemplateRule } from '../template-rule';

const INSTANCE = 'arn:aws:rds:eu-west-1:111122223333:db:orders';
const CLUSTER = 'arn:aws:rds:eu-west-1:111122223333:cluster:orders';

/** LZ.RDS.1. */
export function requireRdsEncryption(): Control {
  return new Control({
    id: 'LZ.RDS.1',
    title: 'Databases of RDS, Aurora, Neptune and DocumentDB are encrypted',
    description: 'A database cannot be encrypted after its creation, and its snapshots and replicas are as open as itself. No database instance or cluster is created unencrypted; '
      + 'a request that does not say so is denied too. Instances of Aurora, Neptune and DocumentDB take the encryption of their cluster. '
      + 'What is restored from an unencrypted snapshot stays unencrypted: look for such snapshots before enabling it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('2.2.1'),
      Framework.NIST_800_53.maps('CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'),
      Framework.PCI_DSS.maps('3.5.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['AWS-GR_RDS_STORAGE_ENCRYPTED', 'CT.RDS.PR.16', 'CT.RDS.PR.24', 'CT.DOCUMENTDB.PR.1', 'CT.NEPTUNE.PR.3'],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html (rds:StorageEncrypted, rds:DatabaseEngine, read 2026-11-22)',
      'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (StorageEncrypted is the cluster\'s for Aurora, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html (CIS and NIST 800-53 mapping of RDS.3, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['rds:CreateDBCluster', 'rds:RestoreDBClusterFromS3'],
        resources: ['arn:*:rds:*:*:cluster:*'],
        conditions: { BoolIfExists: { 'rds:StorageEncrypted': 'false' } },
      },
      {
        actions: ['rds:CreateDBInstance', 'rds:RestoreDBInstanceFromS3'],
        resources: ['arn:*:rds:*:*:db:*'],
        conditions: {
          BoolIfExists: { 'rds:StorageEncrypted': 'false' },
          StringNotLike: { 'rds:DatabaseEngine': ['aurora*', 'docdb', 'neptune'] },
        },
      },
    )],
    proactive: [ProactiveMechanism.nagRule('A database that inherits nothing says that it is encrypted', new TemplateRule({
      'AWS::RDS::DBCluster': (cluster) => encrypted(cluster, ['SnapshotIdentifier', 'SourceDBClusterIdentifier']),
      'AWS::RDS::DBInstance': (instance) => encrypted(instance, [
        'DBClusterIdentifier', 'DBClusterSnapshotIdentifier', 'DBSnapshotIdentifier', 'SourceDBClusterIdentifier', 'SourceDBInstanceAutomatedBackupsArn',
        'SourceDBInstanceIdentifier', 'SourceDbiResourceId',
      ]),
      'AWS::DocDB::DBCluster': (cluster) => encrypted(cluster, ['SnapshotIdentifier', 'SourceDBClusterIdentifier']),
      'AWS::Neptune::DBCluster': (cluster) => encrypted(cluster, ['SnapshotIdentifier', 'SourceDBClusterIdentifier']),
    }))],
    detective: [
      DetectiveMechanism.configRule('RDS_STORAGE_ENCRYPTED'),
      DetectiveMechanism.securityHub('RDS.3'),
      DetectiveMechanism.securityHub('RDS.27'),
    ],
    proof: {
      denies: [
        { action: 'rds:CreateDBCluster', resource: CLUSTER, context: { 'rds:StorageEncrypted': ['false'] } },
        { action: 'rds:CreateDBCluster', resource: CLUSTER, context: { 'rds:StorageEncrypted': [] } },
        { action: 'rds:CreateDBInstance', resource: INSTANCE, context: { 'rds:StorageEncrypted': ['false'], 'rds:DatabaseEngine': ['postgres'] } },
        { action: 'rds:CreateDBInstance', principal: 'root', resource: INSTANCE, context: { 'rds:StorageEncrypted': [], 'rds:DatabaseEngine': ['mysql'] } },
      ],
      allows: [
        { action: 'rds:CreateDBCluster', resource: CLUSTER, context: { 'rds:StorageEncrypted': ['true'] } },
        { action: 'rds:CreateDBInstance', resource: INSTANCE, context: { 'rds:StorageEncrypted': ['true'], 'rds:DatabaseEngine': ['postgres'] } },
        { action: 'rds:CreateDBInstance', resource: INSTANCE, context: { 'rds:DatabaseEngine': ['aurora-postgresql'] } },
        { action: 'rds:CreateDBInstance', resource: 'arn:aws:rds:eu-west-1:111122223333:subgrp:orders' },
        { action: 'rds:CreateDBCluster', resource: 'arn:aws:rds:eu-west-1:111122223333:cluster-pg:orders' },
        { action: 'rds:ModifyDBInstance', resource: INSTANCE },
        { action: 'rds:CreateDBCluster', principal: PLATFORM_ROLE, resource: CLUSTER, context: { 'rds:StorageEncrypted': ['false'] } },
      ],
    },
  });
}

/** Not of a database that takes its encryption from another one, named by one of the properties. */
function encrypted(database: any, inheritsBy: readonly string[]): string[] {
  return inheritsBy.some((property) => isGiven(database[property])) ? [] : mustBe(true, 'StorageEncrypted', database.StorageEncrypted);
}
