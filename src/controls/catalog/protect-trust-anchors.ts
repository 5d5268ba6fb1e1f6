import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.4. */
export function protectTrustAnchors(): Control {
  return new Control({
    id: 'LZ.IAM.4',
    title: 'IAM Roles Anywhere trusts what the platform chose',
    description: 'A trust anchor makes everybody with a certificate of some authority a possible principal, and a profile says which roles they get. '
      + 'Trust anchors, profiles, attribute mappings and revocation lists are changed by the platform alone, so that nobody adds a certificate authority of their own '
      + 'or lets a revoked certificate pass. Turning a trust anchor or a profile off stays open: that only takes access away.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'CM-5', 'IA-3', 'IA-5(2)'),
      Framework.ISO_27001.maps('A.5.16', 'A.5.17', 'A.8.24'),
      Framework.SOC_2.maps('CC6.1', 'CC6.2'),
    ],
    sources: [
      'https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_control_policies/service_specific_controls/restrict_idp_configurations_scp.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementrolesanywhere.html (actions, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'rolesanywhere:CreateProfile', 'rolesanywhere:CreateTrustAnchor', 'rolesanywhere:DeleteAttributeMapping', 'rolesanywhere:DeleteCrl', 'rolesanywhere:DisableCrl',
        'rolesanywhere:EnableProfile', 'rolesanywhere:EnableTrustAnchor', 'rolesanywhere:ImportCrl', 'rolesanywhere:PutAttributeMapping', 'rolesanywhere:UpdateCrl',
        'rolesanywhere:UpdateProfile', 'rolesanywhere:UpdateTrustAnchor',
      ],
    })],
    proof: {
      denies: [
        { action: 'rolesanywhere:CreateTrustAnchor' },
        { action: 'rolesanywhere:UpdateTrustAnchor', principal: 'root' },
        { action: 'rolesanywhere:CreateProfile' },
        { action: 'rolesanywhere:UpdateProfile' },
        { action: 'rolesanywhere:DeleteCrl' },
        { action: 'rolesanywhere:DisableCrl' },
      ],
      allows: [
        { action: 'rolesanywhere:ListTrustAnchors' },
        { action: 'rolesanywhere:DisableTrustAnchor' },
        { action: 'rolesanywhere:DisableProfile' },
        { action: 'rolesanywhere:CreateTrustAnchor', principal: PLATFORM_ROLE },
      ],
    },
  });
}
