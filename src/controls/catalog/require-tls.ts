import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const OUTSIDER = `arn:${ZoneValue.PARTITION}:iam::999999999999:role/outsider`;

/** LZ.PERIMETER.3. */
export function requireTls(): Control {
  return new Control({
    id: 'LZ.PERIMETER.3',
    title: 'Data travels over TLS',
    description: 'Amazon S3 and a few other services still answer over plain HTTP, where data and signed URLs can be read on the way. '
      + 'Whoever asks and whatever the bucket policy says, a request without TLS is refused; no bucket needs a policy of its own for that. '
      + 'Before enabling it, look for static websites that are served by the HTTP endpoint of S3: put CloudFront before them.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('2.1.1'),
      Framework.NIST_800_53.maps('AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)', 'SI-7(6)'),
      Framework.PCI_DSS.maps('4.2.1'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.24'),
      Framework.SOC_2.maps('CC6.7'),
    ],
    controlTower: ['CT.S3.PV.5', 'CT.S3.PR.8'],
    sources: [
      'https://github.com/aws-samples/resource-control-policy-examples/blob/main/Restrict-resource-access-patterns/Restrict-access-to-only-HTTPS-connections-to-your-resources.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html (CIS and NIST 800-53 mapping of S3.5, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.resourceControl({
      actions: ['aoss:*', 'cognito-identity:*', 'cognito-idp:*', 'dynamodb:*', 'ecr:*', 'kms:*', 'logs:*', 's3:*', 'secretsmanager:*', 'sqs:*', 'sts:*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      // The platform speaks TLS as well.
      exemptPlatform: false,
    })],
    detective: [
      DetectiveMechanism.configRule('S3_BUCKET_SSL_REQUESTS_ONLY'),
      DetectiveMechanism.securityHub('S3.5'),
    ],
    proof: {
      denies: [
        { action: 's3:GetObject', principal: OUTSIDER, context: { 'aws:SecureTransport': ['false'] } },
        { action: 's3:PutObject', principal: 'logging.s3.amazonaws.com', context: { 'aws:SecureTransport': ['false'] } },
        { action: 'sqs:ReceiveMessage', principal: OUTSIDER, context: { 'aws:SecureTransport': ['false'] } },
      ],
      allows: [
        { action: 's3:GetObject', context: { 'aws:SecureTransport': ['true'] } },
        { action: 's3:GetObject', principal: OUTSIDER, context: { 'aws:SecureTransport': ['true'] } },
        { action: 's3:PutObject', principal: 'logging.s3.amazonaws.com', context: { 'aws:SecureTransport': [] } },
      ],
    },
  });
}
