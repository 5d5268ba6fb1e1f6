import { InputError } from '../model/input-error';

/**
 * Prefix of a Region's zone ids, and the numbers of zones that new accounts get. Ids are the same places in every account, names (`us-east-1a`) are not, for
 * accounts from before November 2025 in the oldest Regions.
 *
 * AWS Regions and Availability Zones, pages "AWS Availability Zones" and "AZ IDs" (read 2026-11-23). us-east-1 without az3 and us-west-1 without az2, which
 * refuse new accounts or services.
 */
const ZONES: { readonly [region: string]: readonly [prefix: string, numbers: readonly number[]] } = {
  'us-east-1': ['use1', [1, 2, 4, 5, 6]],
  'us-east-2': ['use2', [1, 2, 3]],
  'us-west-1': ['usw1', [1, 3]],
  'us-west-2': ['usw2', [1, 2, 3, 4]],
  'af-south-1': ['afs1', [1, 2, 3]],
  'ap-east-1': ['ape1', [1, 2, 3]],
  'ap-east-2': ['ape2', [1, 2, 3]],
  'ap-south-1': ['aps1', [1, 2, 3]],
  'ap-south-2': ['aps2', [1, 2, 3]],
  'ap-northeast-1': ['apne1', [1, 2, 4]],
  'ap-northeast-2': ['apne2', [1, 2, 3, 4]],
  'ap-northeast-3': ['apne3', [1, 2, 3]],
  'ap-southeast-1': ['apse1', [1, 2, 3]],
  'ap-southeast-2': ['apse2', [1, 2, 3]],
  'ap-southeast-3': ['apse3', [1, 2, 3]],
  'ap-southeast-4': ['apse4', [1, 2, 3]],
  'ap-southeast-5': ['apse5', [1, 2, 3]],
  'ap-southeast-6': ['apse6', [1, 2, 3]],
  'ap-southeast-7': ['apse7', [1, 2, 3]],
  'ca-central-1': ['cac1', [1, 2, 4]],
  'ca-west-1': ['caw1', [1, 2, 3]],
  'eu-central-1': ['euc1', [1, 2, 3]],
  'eu-central-2': ['euc2', [1, 2, 3]],
  'eu-north-1': ['eun1', [1, 2, 3]],
  'eu-south-1': ['eus1', [1, 2, 3]],
  'eu-south-2': ['eus2', [1, 2, 3]],
  'eu-west-1': ['euw1', [1, 2, 3]],
  'eu-west-2': ['euw2', [1, 2, 3]],
  'eu-west-3': ['euw3', [1, 2, 3]],
  'il-central-1': ['ilc1', [1, 2, 3]],
  'me-central-1': ['mec1', [1, 2, 3]],
  'me-south-1': ['mes1', [1, 2, 3]],
  'mx-central-1': ['mxc1', [1, 2, 3]],
  'sa-east-1': ['sae1', [1, 2, 3]],
  'us-gov-east-1': ['usge1', [1, 2, 3]],
  'us-gov-west-1': ['usgw1', [1, 2, 3]],
};

/** The first zones of a Region, by id: `euw1-az1`. Fails with what is known where there are not so many. */
export function zoneIds(region: string, count: number): string[] {
  const known = ZONES[region];
  if (!known) {
    throw new InputError(`The zones of Region ${region} are not known here. Give their ids in zoneIds: aws ec2 describe-availability-zones --region ${region} --query "AvailabilityZones[].ZoneId"`);
  }
  const [prefix, numbers] = known;
  if (!Number.isInteger(count) || count < 1 || count > numbers.length) {
    throw new InputError(`${count} zones are asked of ${region}, which has ${numbers.length}: ${numbers.map((number) => `${prefix}-az${number}`).join(', ')}`);
  }
  return numbers.slice(0, count).map((number) => `${prefix}-az${number}`);
}
