import { BaselineWave } from './baseline-wave';
import { IDeploymentTarget } from './deployment-target';
import { overlap } from './overlap';

/** What is wrong with waves, as sentences. */
export function waveProblems(waves: readonly BaselineWave[]): string[] {
  const names = waves.map(({ name }) => name);
  const placed = waves.flatMap(({ name, units }) => units.map((unit) => ({ name, unit })));
  const pairs = placed.flatMap((one, index) => placed.slice(index + 1).filter((other) => overlap(one.unit, other.unit)).map((other) => ({ one, other })));
  return [
    ...(waves.length === 0 ? ['waves is empty: name the units that get it, like waves: [{ name: "production", units: [prod] }]'] : []),
    ...waves.filter(({ units }) => units.length === 0).map(({ name }) => `wave ${name} has no units`),
    ...[...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => `two waves are named ${name}`),
    ...names.filter((name) => !/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(name)).map((name) => `"${name}" cannot be the name of a wave: letters, digits and hyphens are expected`),
    ...pairs.map(({ one, other }) => (one.unit.targetPath === other.unit.targetPath
      ? `unit ${shown(one.unit)} is named twice: in wave ${one.name} and in wave ${other.name}`
      : `unit ${shown(one.unit)} of wave ${one.name} and unit ${shown(other.unit)} of wave ${other.name} are one below the other: accounts of both would get it twice. Name the lowest units instead`)),
  ];
}

/** A path without the root before it. */
export function shown({ targetPath }: IDeploymentTarget): string {
  return targetPath.replace(/^Root\//, '');
}
