// npx tsx scripts/generate-replacements.ts
// Writes assets/replacements/properties.json: by which properties CloudFormation replaces a resource of each type, and which types hold data, as AWS's specification of CloudFormation has it.
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const FILE = join(__dirname, '..', 'assets', 'replacements', 'properties.json');
const { version } = JSON.parse(readFileSync(require.resolve('@aws-cdk/aws-service-spec/package.json'), 'utf8'));
const sorted = <T>(record: { readonly [name: string]: T }) => Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));

const types: { [type: string]: string[] } = {};
const stateful: string[] = [];
for (const { cloudFormationType, properties, isStateful } of loadAwsServiceSpecSync().all('resource')) {
  const replacing = Object.keys(properties).filter((name) => ['yes', 'maybe'].includes(properties[name]!.causesReplacement ?? 'no'))
    .map((name) => `${name}${properties[name]!.causesReplacement === 'maybe' ? '?' : ''}`).sort();
  if (replacing.length > 0) types[cloudFormationType] = replacing;
  if (isStateful) stateful.push(cloudFormationType);
}
mkdirSync(dirname(FILE), { recursive: true });
const lines = Object.entries(sorted(types)).map(([type, names]) => `  ${JSON.stringify(type)}: ${JSON.stringify(names)}`);
writeFileSync(FILE, `{\n "version": 1,\n "source": "@aws-cdk/aws-service-spec ${version}; a property with ? replaces under conditions",\n "stateful": ${JSON.stringify(stateful.sort())},\n "types": {\n${lines.join(',\n')}\n }\n}\n`);
process.stdout.write(`${lines.length} types have properties that replace, ${stateful.length} hold data\n`);
