import { OrganizationRegions, organizationRegions, RegionClients } from './organization-regions';
import { Setting } from '../../../custom-resource/custom-resource';

/** The setting that a custom resource stands for. Fails for another type, and for properties that are none. */
export function settingOf(type: string, properties: { readonly [name: string]: unknown }, clients: RegionClients): Setting {
  if (type !== 'Custom::OptInRegions') throw new Error(`${type} is no setting of Regions`);
  return organizationRegions(wantedOf(properties), clients);
}

/** What is wanted, from the properties of a custom resource or of a scheduled run. Fails with all that is wrong. */
export function wantedOf({ Regions, ManagementAccountId }: { readonly [name: string]: unknown }): OrganizationRegions {
  const wrong = [
    ...(Array.isArray(Regions) && Regions.length > 0 && Regions.every((one) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(String(one))) ? [] : [`Regions is ${JSON.stringify(Regions)}: names of Regions are expected`]),
    ...(/^\d{12}$/.test(String(ManagementAccountId)) ? [] : [`ManagementAccountId is ${JSON.stringify(ManagementAccountId)}: twelve digits are expected`]),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { regions: Regions as string[], managementAccountId: ManagementAccountId as string };
}
