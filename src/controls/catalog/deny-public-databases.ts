import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.RDS.2. */
export function denyPublicDatabases(): Control {
  return new Control({
    id: 'LZ.RDS.2',
    title: 'No database is created with a public address',
    description: 'A database with a public address is tried by everybody, and a security group is then all that keeps them out. No instance of RDS is created or restored with one. '
      + 'Two ways stay open, as AWS has no condition on them: ModifyDBInstance, and a request that leaves the choice to a subnet group of the default VPC; '
      + 'the detective mechanisms report them, and LZ.VPC.1 takes the default VPC away.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('2.2.3'),
      Framework.NIST_800_53.maps('AC-4', 'AC-4(21)', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)', 'SC-7(4)', 'SC-7(5)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['AWS-GR_RDS_INSTANCE_PUBLIC_ACCESS_CHECK', 'CT.RDS.PR.23', 'CT.RDS.PR.29', 'CT.REDSHIFT.PR.1'],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html (rds:PubliclyAccessible, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html (CIS, NIST 800-53 and PCI DSS mapping of RDS.2, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'rds:CreateDBInstance', 'rds:CreateDBInstanceReadReplica', 'rds:CreateDBShardGroup', 'rds:RestoreDBInstanceFromDBSnapshot', 'rds:RestoreDBInstanceFromS3',
        'rds:RestoreDBInstanceToPointInTime',
      ],
      conditions: { Bool: { 'rds:PubliclyAccessible': 'true' } },
    })],
    proactive: [ProactiveMechanism.nagRule('A database instance and a Redshift cluster say that they are not public', new TemplateRule({
      'AWS::RDS::DBInstance': (instance) => mustBe(false, 'PubliclyAccessible', instance.PubliclyAccessible),
      // A new cluster of Redshift is private where the template does not say.
      'AWS::Redshift::Cluster': (cluster) => mustBe(false, 'PubliclyAccessible', cluster.PubliclyAccessible ?? false),
    }))],
    detective: [
      DetectiveMechanism.configRule('RDS_INSTANCE_PUBLIC_ACCESS_CHECK'),
      DetectiveMechanism.configRule('REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK'),
      DetectiveMechanism.securityHub('RDS.2'),
      DetectiveMechanism.securityHub('Redshift.1'),
    ],
    proof: {
      denies: [
        { action: 'rds:CreateDBInstance', context: { 'rds:PubliclyAccessible': ['true'] } },
        { action: 'rds:RestoreDBInstanceFromDBSnapshot', context: { 'rds:PubliclyAccessible': ['true'] } },
        { action: 'rds:CreateDBInstanceReadReplica', principal: 'root', context: { 'rds:PubliclyAccessible': ['true'] } },
      ],
      allows: [
        { action: 'rds:CreateDBInstance', context: { 'rds:PubliclyAccessible': ['false'] } },
        { action: 'rds:CreateDBInstance', context: { 'rds:PubliclyAccessible': [] } },
        { action: 'rds:CreateDBCluster' },
        { action: 'rds:ModifyDBInstance' },
        { action: 'rds:CreateDBInstance', principal: PLATFORM_ROLE, context: { 'rds:PubliclyAccessible': ['true'] } },
      ],
    },
  });
}
