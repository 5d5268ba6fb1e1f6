import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.8. */
export function denyFederationTokens(): Control {
  return new Control({
    id: 'LZ.IAM.8',
    title: 'No federation tokens that outlive their user\'s key',
    description: 'With sts:GetFederationToken an IAM user makes credentials, and from them a console session, for up to 36 hours. '
      + 'Deleting the user\'s access key does not end them, which is why intruders take one first. Nobody makes such tokens: people sign in through IAM Identity Center, programs use roles. '
      + 'Before enabling it, look in CloudTrail for an old identity broker that calls GetFederationToken.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-2(3)', 'AC-12', 'IA-5'),
      Framework.ISO_27001.maps('A.5.17', 'A.8.5'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html (duration, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['sts:GetFederationToken'] })],
    proof: {
      denies: [
        { action: 'sts:GetFederationToken' },
        { action: 'sts:GetFederationToken', principal: 'user/someone' },
        { action: 'sts:GetFederationToken', principal: 'root' },
      ],
      allows: [
        { action: 'sts:AssumeRole' },
        { action: 'sts:GetSessionToken', principal: 'user/someone' },
        { action: 'sts:GetCallerIdentity' },
        { action: 'sts:GetFederationToken', principal: PLATFORM_ROLE },
      ],
    },
  });
}
