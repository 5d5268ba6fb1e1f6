import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.TRAIL.2. */
export function protectEventDataStores(): Control {
  return new Control({
    id: 'LZ.TRAIL.2',
    title: 'Event data stores of CloudTrail Lake are kept',
    description: 'CloudTrail Lake keeps events for years and answers questions about them; it is evidence like a trail, and lost in the same way. '
      + 'Nobody but the platform deletes, stops or changes an event data store, its channels or its policy, or takes the delegated administrator of CloudTrail away. '
      + 'Queries and dashboards stay open.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AU-2', 'AU-9', 'AU-11', 'AU-12'),
      Framework.PCI_DSS.maps('10.3.2', '10.5.1'),
      Framework.ISO_27001.maps('A.8.15'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html (actions, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'cloudtrail:DeleteChannel', 'cloudtrail:DeleteEventDataStore', 'cloudtrail:DeleteResourcePolicy', 'cloudtrail:DeleteServiceLinkedChannel',
        'cloudtrail:DeregisterOrganizationDelegatedAdmin', 'cloudtrail:DisableFederation', 'cloudtrail:StopEventDataStoreIngestion', 'cloudtrail:UpdateChannel',
        'cloudtrail:UpdateEventDataStore', 'cloudtrail:UpdateServiceLinkedChannel',
      ],
    })],
    proof: {
      denies: [
        { action: 'cloudtrail:DeleteEventDataStore' },
        { action: 'cloudtrail:StopEventDataStoreIngestion', principal: 'root' },
        { action: 'cloudtrail:UpdateEventDataStore' },
        { action: 'cloudtrail:DeleteChannel', principal: 'user/someone' },
        { action: 'cloudtrail:DeregisterOrganizationDelegatedAdmin' },
      ],
      allows: [
        { action: 'cloudtrail:StartQuery' },
        { action: 'cloudtrail:CreateEventDataStore' },
        { action: 'cloudtrail:DeleteDashboard' },
        { action: 'cloudtrail:UpdateEventDataStore', principal: PLATFORM_ROLE },
      ],
    },
  });
}
