import { GuardDutyOptions, GuardDutyProtection } from './guardduty-protection';
import { InputError } from '../model/input-error';

/** A protection in a Region, and whether it is on. */
export interface ChosenProtection {
  readonly protection: GuardDutyProtection;
  readonly isOn: boolean;
}

/** The protections of a Region, in the order that `GuardDutyProtection` has them. */
export function protectionsOf({ without = [], also = [] }: GuardDutyOptions, region: string): ChosenProtection[] {
  const left = (protection: GuardDutyProtection) => without.find((one) => one.protection === protection);
  const wanted = [...GuardDutyProtection._STANDARD, ...also.filter((one) => !GuardDutyProtection._STANDARD.includes(one))];
  return wanted.filter((protection) => !left(protection)?.regions?.includes(region))
    .map((protection) => ({ protection, isOn: left(protection) === undefined || left(protection)!.regions !== undefined }));
}

/** Fails with all that cannot be. Regions: those that GuardDuty is set up in. */
export function checkProtections({ without = [], also = [] }: GuardDutyOptions, place: string, regions: readonly string[]): void {
  const names = without.map(({ protection }) => protection.featureName);
  const problems = [
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is left out twice`),
    ...without.filter(({ reason }) => reason.trim() === '').map(({ protection }) => `${protection.featureName} is left out without a reason`),
    ...without.filter(({ protection }) => also.includes(protection)).map(({ protection }) => `${protection.featureName} is in both, without and also`),
    ...without.filter(({ regions: own }) => own?.length === 0).map(({ protection }) => `${protection.featureName} is left out of no Region: name some, or leave regions out`),
    ...without.flatMap(({ protection, regions: own = [] }) => own.filter((region) => !regions.includes(region))
      .map((region) => `${protection.featureName} is left out of ${region}, where GuardDuty is not set up: ${regions.join(', ')}`)),
  ];
  if (problems.length > 0) throw new InputError(`${place}: ${problems.join('; ')}`);
}
