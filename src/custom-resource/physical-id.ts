/** Whether a resource turned its setting on, or found it on. */
export type Origin = 'created' | 'found';

/**
 * What a resource remembers of its setting. It lives in the physical id, the one thing that CloudFormation hands to Delete as it was:
 * `trusted-access:config.amazonaws.com:created`.
 *
 * When the properties come to name another setting, the id before follows a bar. Should that deployment fail, CloudFormation updates back, and the id
 * of before is answered as it was, with what it knew.
 */
export interface SettingMemory {
  /** Id of the setting. */
  readonly setting: string;
  readonly origin: Origin;
  /** Physical id before the last change to another setting. */
  readonly before?: string;
}

/** CloudFormation's limit (custom resource response objects, user guide, read 2026-11-22). */
const MAX_LENGTH = 1_024;

/** The physical id; what was long before is forgotten first. */
export function physicalIdOf({ setting, origin, before }: SettingMemory): string {
  const parts = [`${setting}:${origin}`, ...(before?.split('|') ?? [])];
  while (parts.length > 1 && parts.join('|').length > MAX_LENGTH) parts.pop();
  return parts.join('|');
}

/** Undefined for an id that is not ours: that of a failed creation, or one CloudFormation made up because no answer arrived. */
export function memoryOf(physicalId: string | undefined): SettingMemory | undefined {
  const [own, ...before] = (physicalId ?? '').split('|');
  const found = /^(.+):(created|found)$/.exec(own!);
  if (!found) return undefined;
  return { setting: found[1]!, origin: found[2] as Origin, ...(before.length > 0 ? { before: before.join('|') } : {}) };
}
