import * as fs from 'fs';
import * as path from 'path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** What the emulator needs to know of a CloudFormation resource type. */
interface TypeExtract {
  readonly properties: string[];
  readonly required: string[];
  readonly createOnly: string[];
  readonly attributes: string[];
  readonly primaryIdentifier: string[];
}

/** Where the emulator reads the extract; generated, so not under version control. */
export const SPECIFICATION_FILE = path.join(__dirname, 'spec.json');

/** Writes the extract of the CloudFormation specification unless it is there for this version of the specification. */
export function ensureSpecification(): void {
  const manifest = require.resolve('@aws-cdk/aws-service-spec/package.json');
  const version: string = JSON.parse(fs.readFileSync(manifest, 'utf8')).version;
  if (fs.existsSync(SPECIFICATION_FILE) && JSON.parse(fs.readFileSync(SPECIFICATION_FILE, 'utf8')).version === version) return;
  const types: Record<string, TypeExtract> = {};
  for (const resource of loadAwsServiceSpecSync().all('resource')) {
    const properties = Object.entries(resource.properties);
    types[resource.cloudFormationType] = {
      properties: properties.map(([name]) => name),
      required: properties.filter(([, property]) => property.required).map(([name]) => name),
      createOnly: properties.filter(([, property]) => property.causesReplacement === 'yes').map(([name]) => name),
      attributes: Object.keys(resource.attributes),
      primaryIdentifier: resource.primaryIdentifier ?? [],
    };
  }
  fs.writeFileSync(SPECIFICATION_FILE, JSON.stringify({ version, types }));
}
