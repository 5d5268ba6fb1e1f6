// Writes assets/taggable-types/types.json: which CloudFormation types take tags, by which property and in which form, as the L1 constructs of the installed CDK have it of the specification.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { format } from 'util';

const LIBRARY = dirname(require.resolve('aws-cdk-lib/package.json'));
const FORMS: { readonly [tagType: string]: string } = { STANDARD: 'list', AUTOSCALING_GROUP: 'list', MAP: 'map' };
const MANAGER = /TagManager\([\w().]*TagType[\w().]*\.([A-Z_]+),"((?:AWS|Alexa)[A-Za-z0-9:]*)",[^{]{0,60}\{tagPropertyName:"(\w+)"\}/g;

const types: { [type: string]: string } = {};
let all = 0;
for (const folder of readdirSync(LIBRARY).filter((name) => existsSync(join(LIBRARY, name, 'lib')))) {
  for (const file of readdirSync(join(LIBRARY, folder, 'lib')).filter((name) => name.endsWith('.generated.js'))) {
    const text = readFileSync(join(LIBRARY, folder, 'lib', file), 'utf8');
    all += new Set(text.match(/CFN_RESOURCE_TYPE_NAME="[^"]+"/g)).size;
    for (const [, tagType, type, name] of text.matchAll(MANAGER)) {
      const form = FORMS[tagType!];
      if (form === undefined) throw new Error(format('%s has tags of form %s, which nothing here knows', type, tagType));
      const property = name![0]!.toUpperCase() + name!.slice(1);
      if (!text.includes(`${property}:`)) throw new Error(format('%s has no property %s', type, property));
      types[type!] = `${property} ${form}`;
    }
  }
}
const { version } = JSON.parse(readFileSync(join(LIBRARY, 'package.json'), 'utf8'));
const sorted = Object.fromEntries(Object.entries(types).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(join(__dirname, '..', 'assets', 'taggable-types', 'types.json'), `${JSON.stringify({ version: 1, source: `aws-cdk-lib ${version}, L1 constructs of the CloudFormation specification`, all, types: sorted }, undefined, 1)}\n`);
process.stdout.write(`${Object.keys(types).length} of ${all} types take tags\n`);
