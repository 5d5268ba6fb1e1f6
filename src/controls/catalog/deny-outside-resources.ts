import { Control } from '../control';
import { PerimeterOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const OBJECT = `arn:${ZoneValue.PARTITION}:s3:::outside/data.csv`;
const OUTSIDE = { 'aws:ResourceOrgID': ['o-another'], 'aws:ResourceAccount': ['999999999999'] };

/** LZ.PERIMETER.5. */
export function denyOutsideResources({ trustedAccounts = [] }: PerimeterOptions = {}): Control {
  return new Control({
    id: 'LZ.PERIMETER.5',
    title: 'Data is written to the organization\'s own resources alone',
    description: 'An intruder, or a careless script, takes data away by writing it to a bucket, queue, stream, table or repository of an account outside; '
      + 'and who encrypts with a key from outside can be held to ransom. Such writes are refused, also where the other side allows them. Reading is left alone, as software, layers, images '
      + 'and public data come from accounts of AWS and of vendors. '
      + 'Not covered: events of EventBridge to old targets, and copies of snapshots, for which AWS has no such key. trustedAccounts lets partners\' accounts through.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-20', 'SC-7', 'SC-7(10)'),
      Framework.PCI_DSS.maps('1.3.2'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.12'),
      Framework.SOC_2.maps('CC6.6', 'CC6.7'),
    ],
    sources: [
      'https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_control_policies/resource_perimeter_scp.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid (actions without the key, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'dynamodb:BatchWriteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem',
        'ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart',
        'firehose:PutRecord', 'firehose:PutRecordBatch', 'kinesis:PutRecord', 'kinesis:PutRecords',
        'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptTo',
        's3:PutObject', 's3:ReplicateObject', 'secretsmanager:PutSecretValue', 'sqs:SendMessage',
      ],
      conditions: {
        StringNotEqualsIfExists: {
          'aws:ResourceOrgID': ZoneValue.ORGANIZATION_ID,
          ...(trustedAccounts.length > 0 ? { 'aws:ResourceAccount': trustedAccounts } : {}),
        },
      },
    })],
    proof: {
      denies: [
        { action: 's3:PutObject', resource: OBJECT, context: OUTSIDE },
        { action: 's3:PutObject', resource: OBJECT, context: { ...OUTSIDE, 'aws:ResourceOrgID': [] } },
        { action: 's3:ReplicateObject', resource: OBJECT, context: OUTSIDE },
        { action: 'kms:GenerateDataKey', principal: 'root', context: OUTSIDE },
        { action: 'sqs:SendMessage', principal: 'user/someone', context: OUTSIDE },
        { action: 'dynamodb:PutItem', context: OUTSIDE },
        { action: 'ecr:PutImage', context: OUTSIDE },
      ],
      allows: [
        { action: 's3:PutObject', resource: OBJECT, context: { 'aws:ResourceOrgID': [ZoneValue.ORGANIZATION_ID] } },
        { action: 's3:GetObject', resource: OBJECT, context: OUTSIDE },
        { action: 'ecr:BatchGetImage', context: OUTSIDE },
        ...trustedAccounts.map((account) => ({ action: 's3:PutObject', resource: OBJECT, context: { 'aws:ResourceOrgID': ['o-another'], 'aws:ResourceAccount': [account] } })),
        { action: 's3:PutObject', principal: PLATFORM_ROLE, resource: OBJECT, context: OUTSIDE },
      ],
    },
  });
}
