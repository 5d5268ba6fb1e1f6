import { PlatformNamesOptions } from './control-options';

/** How the names of AWS Control Tower, of Landing Zone Accelerator and of this library begin. */
const STANDARD = ['aws-controltower', 'aws-accelerator', 'landing-zone'];

/** Patterns of the landing zone's own resources: `before`, what its names begin with, `*`. */
export function platformResources(before: string, { namePrefixes = STANDARD }: PlatformNamesOptions): string[] {
  if (namePrefixes.length === 0 || namePrefixes.some((prefix) => prefix === '' || prefix.includes('*'))) {
    throw new Error(`Name prefixes of the platform must be texts without *, like landing-zone; they are ${JSON.stringify(namePrefixes)}`);
  }
  return namePrefixes.map((prefix) => `${before}${prefix}*`);
}
