import { LandingZoneSettings } from './landing-zone-settings';
import { Account } from '../organization/account';

/**
 * What CreateLandingZone would refuse whatever the zone is like: integrations without those that they need, retentions, keys.
 * https://docs.aws.amazon.com/controltower/latest/userguide/key-changes-lz-v4.html (what integrations require, read 2026-11-23)
 */
export function settingsProblems({ config, securityRoles, identityCenter, backup, logRetentionDays, accessLogRetentionDays, trailKeyArn, configKeyArn }: LandingZoneSettings): string[] {
  const keys = { trailKeyArn, configKeyArn, 'keyArn of backup': backup?.keyArn };
  return [
    ...(securityRoles && !config ? ['securityRoles needs config'] : []),
    ...(identityCenter && !securityRoles ? ['identityCenter needs securityRoles'] : []),
    ...(backup && !securityRoles ? ['backup needs securityRoles'] : []),
    ...Object.entries({ logRetentionDays, accessLogRetentionDays }).filter(([, days]) => !(Number.isInteger(days) && days >= 1)).map(([name, days]) => `${name} is ${days}, and a whole number from 1 is expected`),
    ...Object.entries(keys).filter(([, arn]) => arn !== undefined && !/^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/.test(arn))
      .map(([name, arn]) => `${name} is "${arn}", and the ARN of a key like arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is expected`),
  ];
}

/** What it would refuse of the Regions: all must be the zone's, the home Region among them. */
export function regionProblems(governed: readonly string[], allowed: readonly string[], home: string): string[] {
  const repeated = governed.filter((region, index) => governed.indexOf(region) !== index);
  const outside = [...new Set(governed)].filter((region) => !allowed.includes(region));
  return [
    ...(outside.length > 0 ? [`governedRegions has ${outside.join(', ')}, which the zone does not allow. Allowed: ${allowed.join(', ')}`] : []),
    ...(governed.includes(home) ? [] : [`governedRegions lacks the home Region ${home}`]),
    ...(repeated.length > 0 ? [`governedRegions has ${repeated.join(', ')} twice`] : []),
  ];
}

/** What it would refuse of the accounts of service integrations: they are different ones in one unit directly below the root, which becomes the Security OU. */
export function accountProblems(accounts: readonly Account[]): string[] {
  const units = [...new Set(accounts.map(({ unit }) => unit.targetPath))];
  const places = accounts.map(({ key, unit }) => `${key} in ${unit.targetPath}`).join(', ');
  const repeated = accounts.filter(({ key }, index) => accounts.findIndex((one) => one.key === key) !== index);
  return [
    ...(units.length > 1 ? [`its accounts are in several units, and must be in one: ${places}`] : []),
    ...(units.length === 1 && units[0]!.split('/').length !== 2 ? [`its accounts are in ${units[0]}, and must be in a unit directly below the root`] : []),
    ...(repeated.length > 0 ? [`${repeated.map(({ key }) => key).join(', ')} cannot have two of its integrations' accounts: name another account`] : []),
  ];
}
