import { join } from 'path';
import { isUnfilled, list, LzaFiles, Notice, POLICY_SECTIONS } from './lza-files';
import { fillYaml } from './replacements';
import { YamlSource } from '../organization-file/yaml-source';

/** What is read of each file; every other section is named. */
const READ_SECTIONS: { readonly [file: string]: readonly string[] } = {
  'accounts-config.yaml': ['mandatoryAccounts', 'workloadAccounts'],
  'organization-config.yaml': ['enable', 'organizationalUnits', 'quarantineNewAccounts', ...Object.keys(POLICY_SECTIONS)],
  'global-config.yaml': ['homeRegion', 'enabledRegions', 'managementAccountAccessRole', 'controlTower'],
  'replacements-config.yaml': ['globalReplacements'],
};

/** Lines of global-config.yaml whose replacements are carried over. */
const READ_LINES = /^(homeRegion|enabledRegions|managementAccountAccessRole):.*$/gm;

/** Notices on everything in the folder that the definition does not hold: sections, files, replacements. */
export function noticeRest(files: LzaFiles, organization: any, remarks: { regions: string | undefined }): void {
  const notice = (kind: Notice['kind'], subject: string, message: string) => { files.notices.push({ kind, subject, message }); };
  // Replacements first: they look at the files that were read.
  const used = usedReplacements(files, organization);
  for (const { key, value, asks } of files.replacements.filter((replacement) => used.has(replacement.key))) {
    if (asks === undefined) continue;
    const words = `${[value ?? []].flat().join(', ')}; its line still asks: ${asks}`;
    notice('assumed', `replacements-config.yaml: ${key}`, words);
    if (/region/i.test(key)) remarks.regions = [remarks.regions, `${key}: ${words}`].filter(Boolean).join('; ');
  }
  if (remarks.regions !== undefined) remarks.regions = `TODO check ${remarks.regions}`;
  const unused = files.replacements.filter(({ key }) => !used.has(key));
  for (const { key, value } of unused) {
    if (typeof value === 'string' && isUnfilled(value)) notice('not carried over', `replacements-config.yaml: ${key}`, `still "${value}"; nothing that is carried over uses it`);
  }
  const filled = unused.filter(({ value }) => !(typeof value === 'string' && isUnfilled(value)));
  if (filled.length > 0) notice('not carried over', `replacements-config.yaml: ${filled.map(({ key }) => key).join(', ')}`, 'nothing that is carried over uses them');

  const sections = Object.entries(READ_SECTIONS).filter(([name]) => files.has(name));
  for (const [name, known] of sections) {
    for (const section of sectionsOf(files, name).filter((item) => !known.includes(item))) notice('not carried over', `${name}: ${section}`, 'there is nothing like it here yet');
    if (name === 'global-config.yaml' && sectionsOf(files, name).includes('controlTower')) notice('not carried over', `${name}: controlTower`, 'only that it is enabled: its policy slots are reserved');
  }
  for (const name of files.unread()) {
    if (!/\.ya?ml$/.test(name)) notice('not carried over', name, 'nothing that is carried over uses it');
    else for (const section of sectionsOf(files, name)) notice('not carried over', `${name}: ${section}`, 'there is nothing like it here yet');
  }
}

/** Replacements that reach the definition. */
function usedReplacements(files: LzaFiles, organization: any): Set<string> {
  const global = files.has('global-config.yaml') ? files.text('global-config.yaml').match(READ_LINES) ?? [] : [];
  const policies = Object.keys(POLICY_SECTIONS).flatMap((section) => list(organization[section])).map((entry) => String(entry?.policy)).filter((name) => files.has(name));
  const texts = [...global, files.text('organization-config.yaml'), files.text('accounts-config.yaml'), ...policies.map((name) => files.text(name))];
  // The accelerator's prefix fills a variable of its own.
  return new Set(['AcceleratorPrefix', ...texts.flatMap((text) => [...text.matchAll(/\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}|\$\{ACCEL_LOOKUP::CUSTOM:([^}]+)\}/g)].map(([, yaml, policy]) => (yaml ?? policy)!))]);
}

/** Top-level keys of a file; a word on it when it has none that can be read. */
function sectionsOf(files: LzaFiles, name: string): string[] {
  const { source, problems } = YamlSource.parse(fillYaml(files.text(name), files.global, new Set()), join(files.dir, name));
  if (!source) return [`the whole file (${problems[0]!.message})`];
  const { data } = source;
  return data !== null && typeof data === 'object' && !Array.isArray(data) ? Object.keys(data) : ['the whole file'];
}
