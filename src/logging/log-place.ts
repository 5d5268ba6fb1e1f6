import { LogPurpose } from './log-purpose';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** Where an archive is: all that names of its buckets and its key follow from. */
export interface LogPlace {
  /** Lower-case letters, digits and hyphens. */
  readonly archiveName: string;
  readonly account: string;
  readonly region: string;
}

/** Characters of a bucket's name (Amazon S3 User Guide, "General purpose bucket naming rules", read 2026-11-23). */
const LONGEST = 63;

/**
 * Name of a bucket: who knows the archive's name, account and Region knows it. `landing-zone` is what LZ.LOGS.3 and LZ.LOGS.4 tell log buckets by, `aws-waf-logs-` what AWS WAF asks for. The end
 * keeps the name for the account: nobody else can make a bucket of it (Amazon S3 User Guide, "Namespaces for general purpose buckets", read 2026-11-23).
 */
export function bucketName({ archiveName, account, region }: LogPlace, purpose: LogPurpose): string {
  const name = `${purpose === LogPurpose.WEB_FIREWALL ? `aws-waf-logs-${archiveName}` : `landing-zone-${archiveName}-${purpose.key}`}-${account}-${region}-an`;
  if (name.length <= LONGEST) return name;
  throw new InputError(`The bucket ${name} has ${name.length} characters in its name, ${LONGEST} are allowed: give the log archive an archiveName of at most ${archiveName.length - name.length + LONGEST}`);
}

export function bucketArn(place: LogPlace, purpose: LogPurpose): string {
  return `arn:${partitionOf(place.region)}:s3:::${bucketName(place, purpose)}`;
}

/** How ARNs of an archive's buckets begin, whatever their Region. */
export function bucketArnPrefixes({ archiveName, account, region }: LogPlace): string[] {
  const names = LogPurpose.all().map((purpose) => bucketName({ archiveName, account, region }, purpose));
  return names.map((name) => `arn:${partitionOf(region)}:s3:::${name.slice(0, name.indexOf(`-${account}-`))}-${account}-`);
}

/** Alias of the key that the archive encrypts with; LZ.PLATFORM.3 tells keys of the platform by it. */
export function keyAlias({ archiveName }: LogPlace): string {
  return `alias/landing-zone/${archiveName}-logs`;
}

export function keyAliasArn(place: LogPlace): string {
  return `arn:${partitionOf(place.region)}:kms:${place.region}:${place.account}:${keyAlias(place)}`;
}
