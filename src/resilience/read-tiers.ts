import { existsSync, readFileSync } from 'fs';
import { Duration } from 'aws-cdk-lib';
import { BackupFrequency } from './backup-frequency';
import { ResilienceTier } from './resilience-tier';
import { TierOptions } from './tier-options';
import { InputError } from '../model/input-error';
import { formatProblems } from '../model/organization-file/format-problems';
import { schemaProblems } from '../model/organization-file/schema-problems';
import { YamlSource } from '../model/organization-file/yaml-source';

const DURATIONS = ['rto', 'rpo', 'startWindow', 'completionWindow', 'retention'];

/** Tiers of a file. Fails with all that does not follow the schema. */
export function readTiers(file: string): TierOptions[] {
  if (!existsSync(file)) throw new InputError(`${file} does not exist. A resilience standard has what is different of its tiers below "tiers"`);
  const { source, problems } = YamlSource.parse(readFileSync(file, 'utf8'), file);
  if (!source) throw new InputError(formatProblems(problems, file));
  const shape = schemaProblems('resilience.schema.json', source.data, source);
  if (shape.length > 0) throw new InputError(formatProblems(shape, file));
  const { tiers } = source.data as { readonly tiers: { readonly [tier: string]: { readonly [option: string]: any } } };
  return Object.entries(tiers).map(([tier, options]) => ({
    tier: tier.slice('tier'.length) as ResilienceTier,
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [name, name === 'frequency' ? frequencyOf(value) : DURATIONS.includes(name) ? Duration.parse(value) : value])),
  }));
}

/** `hourly`, `every 4 hours`, `daily`, `weekly`. */
function frequencyOf(text: string): BackupFrequency {
  if (text === 'daily') return BackupFrequency.daily();
  if (text === 'weekly') return BackupFrequency.weekly();
  return BackupFrequency.everyHours(Number(/\d+/.exec(text)?.[0] ?? 1));
}
