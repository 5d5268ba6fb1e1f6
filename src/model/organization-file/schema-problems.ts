import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { YamlSource } from './yaml-source';
import { nearest } from '../../analysis/nearest';
import { Problem } from '../organization-definition';

/** Beside `src/` and `lib/` alike. */
const SCHEMAS = join(__dirname, '..', '..', '..', 'schema');
const compiled = new Map<string, ValidateFunction>();

/** Validates data against a schema of `schema/`: all problems, each at its place. */
export function schemaProblems(schema: string, data: unknown, source: YamlSource): Problem[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false }).compile(JSON.parse(readFileSync(join(SCHEMAS, schema), 'utf8')));
    compiled.set(schema, validate);
  }
  if (validate(data)) return [];
  return (validate.errors ?? []).flatMap((error) => toProblem(error, source));
}

function toProblem(error: ErrorObject, source: YamlSource): Problem[] {
  const path = error.instancePath.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const subject = subjectOf(path);
  const what = subject.owner === undefined ? subject.part : `${subject.part} of ${subject.owner}`;
  const described = (error.parentSchema as { description?: string } | undefined)?.description;
  const expected = described !== undefined ? `expected ${lower(described)}` : undefined;
  const shown = typeof error.data === 'string' || typeof error.data === 'number' ? `"${error.data}"` : undefined;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      const near = nearest(key, known);
      return [{ place: source.keyAt([...path, key]), message: `unknown key "${key}" in ${what}`, hint: near ? `did you mean "${near}"?` : `expected ${known.join(', ')}` }];
    }
    case 'required': return [{ place: source.keyAt(path), message: `${what} lacks "${error.params.missingProperty}"`, hint: 'add it' }];
    case 'type': return [{ place: source.valueAt(path), message: `${what} is ${kindOf(error.data)}`, hint: `expected ${typeWords([error.params.type].flat())}` }];
    case 'maxProperties': return [{ place: source.keyAt(path), message: `${what} has ${Object.keys(error.data as object).length} entries`, hint: `expected at most ${error.params.limit}` }];
    case 'uniqueItems': return [{ place: source.valueAt([...path, String(error.params.i)]), message: `${what} lists the same item twice`, hint: 'keep one' }];
    // They come with the error inside them, or say what branch of the schema was taken.
    case 'if': case 'propertyNames': return [];
    default:
  }
  if (error.propertyName !== undefined) return [{ place: source.keyAt([...path, error.propertyName]), message: `"${error.propertyName}" cannot be a key in ${what}`, ...(expected !== undefined ? { hint: expected } : {}) }];
  const value = shown === undefined ? what : `${subject.part} ${shown}${subject.owner === undefined ? '' : ` of ${subject.owner}`}`;
  return [{ place: source.valueAt(path), message: value, hint: expected ?? `it ${error.message ?? 'is not as expected'}` }];
}

/** What a path means to its reader: `e-mail` of `account log-archive`, `item 2` of `service-control policies of unit Prod`. */
function subjectOf(path: readonly string[]): { part: string; owner?: string } {
  let owner: string | undefined;
  let part = 'the file';
  for (let i = 0; i < path.length; i++) {
    const next = path[i + 1];
    const above = part === 'the file' || part === 'organization' ? undefined : owner === undefined ? part : `${part} of ${owner}`;
    if ((path[i] === 'accounts' || path[i] === 'units') && next !== undefined) {
      part = `${path[i] === 'accounts' ? 'account' : 'unit'} ${next}`;
      owner = undefined;
      i++;
    } else if ((path[i] === 'policies' || path[i] === 'tags') && next !== undefined) {
      part = path[i] === 'tags' ? `tag ${next}` : `${next} policies`;
      owner = above;
      i++;
    } else {
      part = /^[0-9]+$/.test(path[i]!) ? `item ${Number(path[i]) + 1}` : path[i] === 'email' ? 'e-mail' : path[i] === 'managementAccount' ? 'the management account' : path[i]!;
      owner = above;
    }
  }
  return { part, ...(owner !== undefined ? { owner } : {}) };
}

const TYPE_WORDS: { readonly [type: string]: string } = { object: 'a map', array: 'a list', string: 'a text', integer: 'a whole number', number: 'a number', boolean: 'true or false' };

function typeWords(types: readonly string[]): string {
  return types.filter((type) => type !== 'null').map((type) => TYPE_WORDS[type] ?? type).join(' or ');
}

function kindOf(data: unknown): string {
  if (data === null || data === undefined) return 'empty';
  return Array.isArray(data) ? 'a list' : typeof data === 'object' ? 'a map' : `the ${typeof data === 'string' ? 'text' : typeof data} "${String(data)}"`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
