import { Control } from '../control';
import { TlsOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const OUTSIDER = `arn:${ZoneValue.PARTITION}:iam::999999999999:role/outsider`;

/** LZ.PERIMETER.4. */
export function requireModernTls({ minimumVersion = '1.3' }: TlsOptions = {}): Control {
  if (!['1.2', '1.3'].includes(minimumVersion)) throw new Error(`The least TLS version is 1.2 or 1.3 and not ${minimumVersion}`);
  return new Control({
    id: 'LZ.PERIMETER.4',
    title: `Amazon S3 is reached by TLS ${minimumVersion} or newer`,
    description: 'TLS 1.3 leaves out the key exchanges and ciphers that were attacked in its predecessors, and keeps more of the handshake private. '
      + 'Objects and buckets are reached by it alone, whoever asks. Clients with an old TLS library, such as early releases of Java 8, are refused: '
      + 'before enabling it, look at tlsDetails.tlsVersion of S3 events in CloudTrail, or begin with version 1.2 as option.',
    severity: Severity.LOW,
    frameworks: [
      Framework.NIST_800_53.maps('SC-8', 'SC-8(1)', 'SC-13'),
      Framework.PCI_DSS.maps('4.2.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.7'),
    ],
    controlTower: ['CT.S3.PV.3'],
    sources: [
      'https://github.com/aws-samples/resource-control-policy-examples/blob/main/Service-specific-controls/S3-Enforce-TLS-version.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html (s3:TlsVersion, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.resourceControl({
      actions: ['s3:*'],
      conditions: { NumericLessThan: { 's3:TlsVersion': minimumVersion } },
      // The SDKs that the platform works with speak TLS 1.3.
      exemptPlatform: false,
    })],
    proof: {
      denies: [
        { action: 's3:GetObject', principal: OUTSIDER, context: { 's3:TlsVersion': ['1.1'] } },
        ...(minimumVersion === '1.3' ? [{ action: 's3:PutObject', principal: OUTSIDER, context: { 's3:TlsVersion': ['1.2'] } }] : []),
      ],
      allows: [
        { action: 's3:GetObject', context: { 's3:TlsVersion': ['1.3'] } },
        { action: 's3:GetObject', principal: OUTSIDER, context: { 's3:TlsVersion': [minimumVersion] } },
        { action: 's3:PutObject', principal: 'logging.s3.amazonaws.com', context: { 's3:TlsVersion': [] } },
      ],
    },
  });
}
