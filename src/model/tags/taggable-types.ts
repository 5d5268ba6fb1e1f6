import { readFileSync } from 'fs';
import { join } from 'path';

/** How a CloudFormation type takes tags. */
export interface TagProperty {
  /** `Tags`, `FileSystemTags`. */
  readonly name: string;
  /** A list of `Key` and `Value`, or a map. */
  readonly form: 'list' | 'map';
}

let types: ReadonlyMap<string, TagProperty> | undefined;

/** CloudFormation types that take tags, by their names, as the specification has them; read when first asked for. What is not among them cannot be tagged by a template. */
export function taggableTypes(): ReadonlyMap<string, TagProperty> {
  if (!types) {
    const stored = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly types: { readonly [type: string]: string } };
    types = new Map(Object.entries(stored.types).map(([type, text]) => {
      const [name, form] = text.split(' ') as [string, TagProperty['form']];
      return [type, { name, form }];
    }));
  }
  return types;
}

/** Tags of a resource's properties: value by key, undefined for a value that is not known before deployment. The whole is undefined where not even the keys are. */
export function tagsOf(properties: any, { name, form }: TagProperty): ReadonlyMap<string, string | undefined> | undefined {
  const tags = properties?.[name];
  if (tags === undefined || tags?.Ref === 'AWS::NoValue') return new Map();
  const entries: unknown[] | undefined = form === 'list' ? (Array.isArray(tags) ? tags.map((tag) => [tag?.Key, tag?.Value]) : undefined) : isMap(tags) ? Object.entries(tags) : undefined;
  const pairs = entries as [unknown, unknown][] | undefined;
  if (!pairs?.every(([key]) => typeof key === 'string')) return undefined;
  return new Map(pairs.map(([key, value]) => [key as string, typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined]));
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.keys(value).some((key) => key.startsWith('Fn::') || key === 'Ref');
}

const FILE = join(__dirname, '..', '..', '..', 'assets', 'taggable-types', 'types.json');
