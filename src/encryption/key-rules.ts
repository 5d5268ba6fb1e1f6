import { isGiven } from '../controls/template-rule';

/** AWS's own period. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html (read 2026-11-22) */
export const YEAR = 365;

/** Whether AWS rotates such a key by itself: not asymmetric keys, HMAC keys, imported material and keys in a custom key store. */
export function isRotated({ KeySpec, Origin }: any): boolean {
  return !differs(KeySpec, 'SYMMETRIC_DEFAULT') && !differs(Origin, 'AWS_KMS');
}

/** Finding of a key that is rotated less often than the standard says. That it is rotated at all is LZ.KMS.2. */
export function rotationFindings(properties: any, days: number): string[] {
  const { RotationPeriodInDays: period } = properties;
  if (!isRotated(properties) || Number(isGiven(period) ? period : YEAR) <= days) return [];
  return [`RotationPeriodInDays must be ${days} or less and is ${isGiven(period) ? JSON.stringify(period) : `missing, which is ${YEAR}`}`];
}

function differs(value: unknown, ofAws: string): boolean {
  return typeof value === 'string' && value !== ofAws;
}
