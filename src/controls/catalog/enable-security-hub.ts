import { Control } from '../control';
import { Framework } from '../framework';
import { locked } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/** LZ.SECURITYHUB.1. */
export function enableSecurityHub(): Control {
  return new Control({
    id: 'LZ.SECURITYHUB.1',
    title: 'Security Hub is on in every allowed Region',
    description: 'Findings are collected from the day an account exists, without a script that somebody has to run. Security Hub is enabled in the allowed Regions of every account below, '
      + 'and no unit or account changes that. Before enabling it, give Security Hub trusted access and a delegated administrator, and look at its price for your accounts.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('4.16'),
      Framework.NIST_800_53.maps('CA-7', 'RA-5', 'SI-4'),
      Framework.PCI_DSS.maps('10.4.1', '11.5.1'),
      Framework.ISO_27001.maps('A.8.16'),
      Framework.SOC_2.maps('CC7.1', 'CC7.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_security_hub_syntax.html (both lists are required, read 2026-11-22)',
      'CIS, NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.managementPolicy('SECURITYHUB_POLICY', {
      securityhub: { enable_in_regions: locked([ZoneValue.ALLOWED_REGIONS]), disable_in_regions: locked([]) },
    })],
    detective: [DetectiveMechanism.configRule('SECURITYHUB_ENABLED')],
  });
}
