import { DetectionClients } from './clients';
import { guardDutyAdministrator } from './guardduty-administrator';
import { GuardDutyOrganization, guardDutyOrganization } from './guardduty-organization';
import { inspectorAdministrator } from './inspector-administrator';
import { macieAdministrator } from './macie-administrator';
import { macieOrganization } from './macie-organization';
import { securityLakeAdministrator } from './security-lake-administrator';
import { SecurityLakeOrganization, securityLakeOrganization } from './security-lake-organization';
import { serviceLinkedRole } from './service-linked-role';
import { Setting } from '../../custom-resource/custom-resource';

const PATTERNS: { readonly [property: string]: RegExp } = {
  Region: /^[a-z]{2,4}(-[a-z]+)+-\d+$/,
  AccountId: /^\d{12}$/,
  AutomatedDiscovery: /^(ENABLED|DISABLED)$/,
  Service: /^[a-z0-9.-]+\.amazonaws\.com$/,
};

/** The setting that a custom resource stands for. Fails for an unknown type, or with all missing and malformed properties. */
export function settingOf(type: string, properties: { readonly [name: string]: unknown }, clients: DetectionClients): Setting {
  const checked = (names: string[], lists: string[] = []): string[] => {
    const wrong = [
      ...names.filter((name) => !PATTERNS[name]!.test(String(properties[name] ?? ''))).map((name) => `the property ${name} matching ${PATTERNS[name]!.source}, found ${JSON.stringify(properties[name])}`),
      ...lists.filter((name) => !Array.isArray(properties[name])).map((name) => `a list as property ${name}, found ${JSON.stringify(properties[name])}`),
    ];
    if (wrong.length === 0) return names.map((name) => properties[name] as string);
    throw new Error(`${type} needs ${wrong.join('; ')}`);
  };
  switch (type) {
    case 'Custom::ServiceLinkedRole': return serviceLinkedRole(checked(['Service'])[0]!, clients);
    case 'Custom::GuardDutyAdministrator': {
      const [region, accountId] = checked(['Region', 'AccountId']);
      return guardDutyAdministrator(region!, accountId!, clients);
    }
    case 'Custom::GuardDutyOrganization': {
      const [region] = checked(['Region'], ['Features', 'Members']);
      return guardDutyOrganization({ region: region!, features: properties.Features as GuardDutyOrganization['features'], members: properties.Members as GuardDutyOrganization['members'] }, clients);
    }
    case 'Custom::InspectorAdministrator': {
      const [region, accountId] = checked(['Region', 'AccountId']);
      return inspectorAdministrator(region!, accountId!, clients);
    }
    case 'Custom::MacieAdministrator': {
      const [region, accountId] = checked(['Region', 'AccountId']);
      return macieAdministrator(region!, accountId!, clients);
    }
    case 'Custom::MacieOrganization': {
      const [region, administrator, discovery] = checked(['Region', 'AccountId', 'AutomatedDiscovery']);
      return macieOrganization({ region: region!, administrator: administrator!, isDiscovering: discovery === 'ENABLED' }, clients);
    }
    case 'Custom::SecurityLakeAdministrator': {
      const [region, accountId] = checked(['Region', 'AccountId']);
      return securityLakeAdministrator(region!, accountId!, clients);
    }
    case 'Custom::SecurityLakeOrganization': {
      const [region] = checked(['Region'], ['Regions', 'Sources']);
      return securityLakeOrganization({ region: region!, regions: properties.Regions as string[], sources: properties.Sources as SecurityLakeOrganization['sources'] }, clients);
    }
    default: throw new Error(`${type} is not a setting of detection`);
  }
}
