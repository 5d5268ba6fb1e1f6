import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/** LZ.S3.2. */
export function denyCustomerProvidedKeys(): Control {
  return new Control({
    id: 'LZ.S3.2',
    title: 'No S3 object is encrypted with a key that AWS does not keep',
    description: 'With SSE-C the caller brings the key and S3 forgets it: an intruder who writes objects anew under his own key holds the data to ransom, and no backup of the key exists. '
      + 'Uploads with such a key are denied. S3 encrypts every object by itself, and keys of AWS KMS stay possible. '
      + 'Look for SSE-C in the trail\'s data events or in S3 Inventory before enabling it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CP-9', 'SC-12', 'SC-28', 'SC-28(3)'),
      Framework.PCI_DSS.maps('3.6.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.S3.PV.6', 'CT.S3.PR.10'],
    sources: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html (read 2026-11-22)',
      'https://github.com/aws-samples/resource-control-policy-examples/blob/main/Service-specific-controls/S3-Deny-SSE-C.json (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['s3:PutObject'], conditions: { Null: { [ALGORITHM]: 'false' } } })],
    proof: {
      denies: [
        { action: 's3:PutObject', context: { [ALGORITHM]: ['AES256'] } },
        { action: 's3:PutObject', principal: 'root', context: { [ALGORITHM]: ['AES256'] } },
      ],
      allows: [
        { action: 's3:PutObject', context: { [ALGORITHM]: [] } },
        { action: 's3:GetObject' },
        { action: 's3:PutObject', principal: PLATFORM_ROLE, context: { [ALGORITHM]: ['AES256'] } },
      ],
    },
  });
}
