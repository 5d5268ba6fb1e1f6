import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const GROUP = 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions';

/** LZ.ELASTICACHE.1. */
export function requireCacheEncryption(): Control {
  return new Control({
    id: 'LZ.ELASTICACHE.1',
    title: 'Caches are encrypted at rest and in transit',
    description: 'A cache holds sessions and tokens, and its protocol is readable by whoever sees the network. Replication groups of ElastiCache are created with encryption at rest and in '
      + 'transit, encryption in transit is not switched off, and clusters of MemoryDB keep TLS. Serverless caches are always encrypted. '
      + 'Not covered: single nodes and Memcached, for which AWS has no condition. See that clients connect by TLS before enabling it.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CA-9(1)', 'CM-3(6)', 'SC-8', 'SC-8(1)', 'SC-13', 'SC-28', 'SC-28(1)'),
      Framework.PCI_DSS.maps('3.5.1', '4.2.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1', 'CC6.7'),
    ],
    controlTower: ['CT.ELASTICACHE.PR.4', 'CT.ELASTICACHE.PR.5'],
    sources: [
      'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html (absent counts as false at creation, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmemorydb.html (absent counts as true, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html (NIST 800-53 mapping of ElastiCache.4 and ElastiCache.5, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // One statement a key: a group that lacks either of them is denied.
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['elasticache:CreateReplicationGroup'],
        resources: ['arn:*:elasticache:*:*:replicationgroup:*'],
        conditions: { Bool: { 'elasticache:AtRestEncryptionEnabled': 'false' } },
      },
      {
        actions: ['elasticache:CreateReplicationGroup', 'elasticache:ModifyReplicationGroup'],
        resources: ['arn:*:elasticache:*:*:replicationgroup:*'],
        conditions: { Bool: { 'elasticache:TransitEncryptionEnabled': 'false' } },
      },
      { actions: ['memorydb:CreateCluster'], conditions: { Bool: { 'memorydb:TLSEnabled': 'false' } } },
    )],
    proactive: [ProactiveMechanism.nagRule('A cache says that it is encrypted', new TemplateRule({
      'AWS::ElastiCache::ReplicationGroup': (group) => [
        ...mustBe(true, 'AtRestEncryptionEnabled', group.AtRestEncryptionEnabled),
        ...mustBe(true, 'TransitEncryptionEnabled', group.TransitEncryptionEnabled),
      ],
      // MemoryDB uses TLS where the template does not say.
      'AWS::MemoryDB::Cluster': (cluster) => mustBe(true, 'TLSEnabled', cluster.TLSEnabled ?? true),
    }))],
    detective: [
      DetectiveMechanism.securityHub('ElastiCache.4'),
      DetectiveMechanism.securityHub('ElastiCache.5'),
    ],
    proof: {
      denies: [
        {
          action: 'elasticache:CreateReplicationGroup', resource: GROUP,
          context: { 'elasticache:AtRestEncryptionEnabled': ['false'], 'elasticache:TransitEncryptionEnabled': ['true'] },
        },
        {
          action: 'elasticache:CreateReplicationGroup', resource: GROUP,
          context: { 'elasticache:AtRestEncryptionEnabled': ['true'], 'elasticache:TransitEncryptionEnabled': ['false'] },
        },
        { action: 'elasticache:ModifyReplicationGroup', principal: 'root', resource: GROUP, context: { 'elasticache:TransitEncryptionEnabled': ['false'] } },
        { action: 'memorydb:CreateCluster', context: { 'memorydb:TLSEnabled': ['false'] } },
      ],
      allows: [
        {
          action: 'elasticache:CreateReplicationGroup', resource: GROUP,
          context: { 'elasticache:AtRestEncryptionEnabled': ['true'], 'elasticache:TransitEncryptionEnabled': ['true'] },
        },
        { action: 'elasticache:ModifyReplicationGroup', resource: GROUP, context: { 'elasticache:TransitEncryptionEnabled': [] } },
        { action: 'elasticache:CreateReplicationGroup', resource: 'arn:aws:elasticache:eu-west-1:111122223333:parametergroup:sessions' },
        { action: 'elasticache:CreateServerlessCache' },
        { action: 'memorydb:CreateCluster', context: { 'memorydb:TLSEnabled': [] } },
        { action: 'memorydb:CreateCluster', context: { 'memorydb:TLSEnabled': ['true'] } },
        { action: 'elasticache:CreateReplicationGroup', principal: PLATFORM_ROLE, resource: GROUP, context: { 'elasticache:AtRestEncryptionEnabled': ['false'] } },
      ],
    },
  });
}
