import { Control } from '../control';
import { Framework } from '../framework';
import { locked } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/** LZ.INSPECTOR.1. */
export function enableInspector(): Control {
  return new Control({
    id: 'LZ.INSPECTOR.1',
    title: 'Inspector scans instances, images and functions everywhere',
    description: 'A flaw that nobody looks for is found by others first. Amazon Inspector scans EC2 instances, container images and Lambda functions in the allowed Regions of every account below, '
      + 'new accounts included, and no unit or account changes that. Before enabling it, give Inspector trusted access and a delegated administrator, and look at its price. '
      + 'Detaching the policy leaves Inspector on where it is.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('RA-5', 'SI-2', 'SI-4'),
      Framework.PCI_DSS.maps('6.3.1', '11.3.1'),
      Framework.ISO_27001.maps('A.8.8'),
      Framework.SOC_2.maps('CC7.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inspector_syntax.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/inspector-controls.html (the controls, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.managementPolicy('INSPECTOR_POLICY', {
      inspector: {
        enablement: {
          ec2_scanning: { enable_in_regions: locked([ZoneValue.ALLOWED_REGIONS]) },
          ecr_scanning: { enable_in_regions: locked([ZoneValue.ALLOWED_REGIONS]) },
          lambda_standard_scanning: { enable_in_regions: locked([ZoneValue.ALLOWED_REGIONS]) },
        },
      },
    })],
    detective: [
      DetectiveMechanism.securityHub('Inspector.1'),
      DetectiveMechanism.securityHub('Inspector.2'),
      DetectiveMechanism.securityHub('Inspector.4'),
    ],
  });
}
