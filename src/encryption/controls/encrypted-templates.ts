import { Control } from '../../controls/control';
import { Framework } from '../../controls/framework';
import { DetectiveMechanism, ProactiveMechanism } from '../../controls/mechanism';
import { Severity } from '../../controls/severity';
import { TemplateCheck, TemplateRule } from '../../controls/template-rule';
import { rotationFindings } from '../key-rules';
import { ENCRYPTED_TYPES } from '../types/encrypted-types';

/** LZ.ENCRYPTION.1, of keys of one's own or of AWS's. */
export function encryptedTemplates(own: boolean, rotationDays: number): Control {
  const checks = Object.fromEntries(ENCRYPTED_TYPES.map(({ type, findings }): [string, TemplateCheck] => [type, (properties, resource) => findings(properties, own, resource)]));
  return new Control({
    id: 'LZ.ENCRYPTION.1',
    title: own ? 'Data is encrypted with keys of the organization\'s own' : 'Data is encrypted',
    description: own
      ? 'Only of a key of one\'s own can be said who uses it, whom it is shared with and when it is taken away. Buckets, topics, queues, tables, databases, file systems, volumes, secrets and log groups name '
        + 'one: that of their account, or another that their team keeps. Buckets for access logs have S3\'s own encryption, because S3 and load balancers write to no other.'
      : 'Databases, file systems and volumes ask for encryption, and queues do not switch it off. Buckets, topics, tables, secrets and log groups are encrypted by AWS in any case.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('SC-12', 'SC-13', 'SC-28', 'SC-28(1)'),
      Framework.PCI_DSS.maps('3.5.1', '3.6.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'CloudFormation specification of each type, as the L1 constructs of the CDK have it (read 2026-11-23)',
      'https://docs.aws.amazon.com/config/latest/developerguide/cloudwatch-log-group-encrypted.html (read 2026-11-23)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule(
      own ? 'Leave the key out, and EncryptionStandard.apply gives the account\'s; or name one of your own.' : 'Leave encryption out, and EncryptionStandard.apply switches it on.',
      new TemplateRule({ ...checks, 'AWS::KMS::Key': (key) => rotationFindings(key, rotationDays) }),
    )],
    detective: own ? ['CLOUDWATCH_LOG_GROUP_ENCRYPTED', 'DYNAMODB_TABLE_ENCRYPTED_KMS', 'S3_DEFAULT_ENCRYPTION_KMS', 'SECRETSMANAGER_USING_CMK', 'SNS_ENCRYPTED_KMS'].map((rule) => DetectiveMechanism.configRule(rule))
      : [],
  });
}
