import { Exception } from '../compliance/checks/exceptions';

const NAMED = 3;

/** `s3.versioning (LZ.S3.2) at Product/Cache: Files are derived`. */
export function exceptionInWords({ rule, control, reason, origins }: Exception): string {
  const places = origins.map(({ constructPath, stack, logicalId }) => constructPath ?? `${stack}/${logicalId}`);
  const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : '';
  return `${rule}${control !== undefined ? ` (${control})` : ''} at ${places.slice(0, NAMED).join(', ')}${more}: ${reason === '' ? 'no reason' : reason}`;
}

/** Exceptions for programs. */
export function exceptionsJson(exceptions: readonly Exception[]): object[] {
  return exceptions.map(({ rule, control, reason, origins }) => ({ rule, ...(control !== undefined ? { control } : {}), reason, origins }));
}
