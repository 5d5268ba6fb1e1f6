import { createHash } from 'crypto';

/** A path of keys as a part of a stack's name: `Workloads-Prod`. Keys with other signs than letters and digits get a hash, so that no two paths have the same. */
export function stackPart(path: string): string {
  const keys = path.split('/').filter((key, index, all) => index > 0 || key !== 'Root' || all.length === 1);
  if (keys.every((key) => /^[A-Za-z0-9]+$/.test(key))) return keys.join('-');
  return `${keys.map((key) => key.replace(/[^A-Za-z0-9]+/g, '-')).join('-')}-${createHash('sha256').update(path).digest('hex').slice(0, 6)}`;
}
