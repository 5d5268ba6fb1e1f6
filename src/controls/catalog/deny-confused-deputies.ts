import { Control } from '../control';
import { PerimeterOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const SERVICE = 'cloudtrail.amazonaws.com';

/** LZ.PERIMETER.2. */
export function denyConfusedDeputies({ trustedAccounts = [] }: PerimeterOptions = {}): Control {
  return new Control({
    id: 'LZ.PERIMETER.2',
    title: 'AWS services act for the organization alone',
    description: 'A policy that lets an AWS service in lets it in for everybody who uses that service: a stranger\'s trail or notification can then write to your bucket, '
      + 'or read with your key. An AWS service reaches data of the organization only for accounts of the organization, wherever the service says for whom it acts. '
      + 'Before enabling it, look for buckets, queues and keys that other companies\' accounts deliver to through a service; trustedAccounts lets them through.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'SC-7'),
      Framework.PCI_DSS.maps('7.2.1'),
      Framework.ISO_27001.maps('A.5.15', 'A.5.23', 'A.8.3'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention (read 2026-11-22)',
      'https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies (confused deputy protection, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.resourceControl({
      actions: ['aoss:*', 'cognito-identity:*', 'cognito-idp:*', 'dynamodb:*', 'ecr:*', 'kms:*', 'logs:*', 's3:*', 'secretsmanager:*', 'sqs:*', 'sts:*'],
      conditions: {
        StringNotEqualsIfExists: {
          'aws:SourceOrgID': ZoneValue.ORGANIZATION_ID,
          ...(trustedAccounts.length > 0 ? { 'aws:SourceAccount': trustedAccounts } : {}),
        },
        // Only where the service says for which account it acts; that account may be in no organization.
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
      // An AWS service is no platform principal.
      exemptPlatform: false,
    })],
    proof: {
      denies: [
        { action: 's3:PutObject', principal: SERVICE, context: { 'aws:SourceAccount': ['999999999999'], 'aws:SourceOrgID': ['o-another'] } },
        { action: 'kms:GenerateDataKey', principal: SERVICE, context: { 'aws:SourceAccount': ['999999999999'], 'aws:SourceOrgID': [] } },
        { action: 'sqs:SendMessage', principal: 's3.amazonaws.com', context: { 'aws:SourceAccount': ['999999999999'], 'aws:SourceOrgID': ['o-another'] } },
      ],
      allows: [
        { action: 's3:PutObject', principal: SERVICE, context: { 'aws:SourceAccount': ['111122223333'], 'aws:SourceOrgID': [ZoneValue.ORGANIZATION_ID] } },
        { action: 'sts:AssumeRole', principal: 'lambda.amazonaws.com', context: { 'aws:SourceAccount': [] } },
        { action: 's3:PutObject' },
        ...trustedAccounts.map((account) => ({ action: 's3:PutObject', principal: SERVICE, context: { 'aws:SourceAccount': [account], 'aws:SourceOrgID': ['o-another'] } })),
      ],
    },
  });
}
