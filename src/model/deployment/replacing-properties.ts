import { readFileSync } from 'fs';
import { join } from 'path';

/** By which changes CloudFormation replaces a resource of a type. */
export interface Replacing {
  /** Properties whose change replaces it. */
  readonly always: readonly string[];
  /** Properties whose change replaces it under conditions. */
  readonly maybe: readonly string[];
}

interface Stored {
  readonly stateful: readonly string[];
  readonly types: { readonly [type: string]: readonly string[] };
}

/** Types that hold data, which the specification does not mark: what is in them does not come back with another resource of the name. */
const FURTHER = ['AWS::DocDBElastic::Cluster', 'AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster', 'AWS::MemoryDB::Cluster', 'AWS::RDS::GlobalCluster', 'AWS::S3Express::DirectoryBucket', 'AWS::S3Tables::TableBucket', 'AWS::Timestream::Table'];

let stored: Stored | undefined;

/** What replaces a resource of a type; nothing of types that the specification does not know. Read when first asked for. */
export function replacingOf(type: string): Replacing {
  const names = read().types[type] ?? [];
  return { always: names.filter((name) => !name.endsWith('?')), maybe: names.filter((name) => name.endsWith('?')).map((name) => name.slice(0, -1)) };
}

/** Whether resources of a type hold data that goes with them. A nested stack holds none itself: its resources are looked at. */
export function holdsData(type: string): boolean {
  return type !== 'AWS::CloudFormation::Stack' && (read().stateful.includes(type) || FURTHER.includes(type));
}

function read(): Stored {
  return stored ??= JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'assets', 'replacements', 'properties.json'), 'utf8')) as Stored;
}
