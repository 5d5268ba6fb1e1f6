import { Control } from '../control';
import { EndpointOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const INSTANCE = [`arn:${ZoneValue.PARTITION}:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0`];

/** LZ.PERIMETER.6. */
export function requireOrganizationEndpoints({ sourceRanges = [] }: EndpointOptions = {}): Control {
  const open = { 'ec2:SourceInstanceArn': INSTANCE, 'aws:ViaAWSService': ['false'], ...(sourceRanges.length > 0 ? { 'aws:SourceIp': ['203.0.113.7'] } : {}) };
  return new Control({
    id: 'LZ.PERIMETER.6',
    title: 'Credentials of instances work on the organization\'s networks alone',
    description: 'Credentials that were taken from an instance work from anywhere in the world. With this control the role of an instance reaches Amazon S3, DynamoDB, SQS and KMS '
      + 'only through a VPC endpoint of the organization, or through an AWS service that acts for it. '
      + 'Before enabling it, see that every VPC with instances reaches endpoints for the four services, in itself or in the hub; '
      + 'sourceRanges names the addresses of NAT gateways that may be used instead.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'AC-17', 'SC-7'),
      Framework.PCI_DSS.maps('1.3.2'),
      Framework.ISO_27001.maps('A.8.5', 'A.8.20'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid (services that have the key, read 2026-11-22)',
      'https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_control_policies/service_specific_controls/network_perimeter_ec2_scp.json (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['dynamodb:*', 'kms:*', 's3:*', 'sqs:*'],
      conditions: {
        // Only for credentials that an instance's metadata service handed out.
        Null: { 'ec2:SourceInstanceArn': 'false' },
        StringNotEqualsIfExists: { 'aws:VpceOrgID': ZoneValue.ORGANIZATION_ID },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
        ...(sourceRanges.length > 0 ? { NotIpAddressIfExists: { 'aws:SourceIp': sourceRanges } } : {}),
        // As which EC2 itself opens encrypted volumes and images.
        ArnNotLike: { 'aws:PrincipalArn': ['arn:*:iam::*:role/aws:ec2-infrastructure'] },
      },
    })],
    proof: {
      denies: [
        { action: 's3:GetObject', context: { ...open, 'aws:VpceOrgID': [] } },
        { action: 'dynamodb:Query', context: { ...open, 'aws:VpceOrgID': ['o-another'] } },
        { action: 'sqs:ReceiveMessage', context: { ...open, 'aws:VpceOrgID': [] } },
        { action: 'kms:Decrypt', context: { ...open, 'aws:VpceOrgID': [] } },
      ],
      allows: [
        { action: 's3:GetObject', context: { 'ec2:SourceInstanceArn': INSTANCE, 'aws:VpceOrgID': [ZoneValue.ORGANIZATION_ID] } },
        { action: 's3:GetObject', context: { 'ec2:SourceInstanceArn': [] } },
        { action: 'kms:Decrypt', context: { 'ec2:SourceInstanceArn': INSTANCE, 'aws:ViaAWSService': ['true'] } },
        { action: 'ec2:DescribeInstances' },
        { action: 'kms:Decrypt', principal: `arn:${ZoneValue.PARTITION}:iam::111122223333:role/aws:ec2-infrastructure`, context: { ...open, 'aws:VpceOrgID': [] } },
        { action: 's3:GetObject', principal: PLATFORM_ROLE, context: { ...open, 'aws:VpceOrgID': [] } },
      ],
    },
  });
}
