import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { YamlSource } from './yaml-source';
import { nearest } from '../../analysis/nearest';
import { Problem } from '../organization-definition';

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
  const where = path.at(-1) ?? 'the file';
  const described = (error.parentSchema as { description?: string } | undefined)?.description;
  const shown = typeof error.data === 'string' || typeof error.data === 'number' ? `"${error.data}"` : undefined;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      const near = nearest(key, known);
      return [{ place: source.keyAt([...path, key]), message: `unknown key "${key}" in ${where}`, hint: near ? `did you mean "${near}"?` : `expected ${known.join(', ')}` }];
    }
    case 'required': return [{ place: source.keyAt(path), message: `${where} lacks "${error.params.missingProperty}"`, hint: 'add it' }];
    case 'type': return [{ place: source.valueAt(path), message: `${where} is ${kindOf(error.data)}`, hint: `expected ${[error.params.type].flat().join(' or ')}` }];
    case 'propertyNames': return [{ place: source.keyAt([...path, String(error.params.propertyName)]), message: `"${error.params.propertyName}" cannot be a key in ${where}`, hint: 'expected letters, digits, spaces and _ . + = @ -; tag keys must not start with aws:' }];
    // They come with the error above, or say what branch of the schema was taken.
    case 'if': return [];
    case 'pattern': case 'minLength': case 'maxLength':
      if (error.propertyName !== undefined) return [];
      return [{ place: source.valueAt(path), message: `${where} ${shown ?? ''}`.trim(), hint: `expected ${lower(described ?? error.message ?? '')}` }];
    case 'uniqueItems': return [{ place: source.valueAt([...path, String(error.params.i)]), message: `${where} lists the same item twice`, hint: 'keep one' }];
    default: return [{ place: source.valueAt(path), message: `${where}${shown !== undefined ? ` ${shown}` : ''} ${error.message ?? ''}`, ...(described !== undefined ? { hint: described } : {}) }];
  }
}

function kindOf(data: unknown): string {
  if (data === null || data === undefined) return 'empty';
  return Array.isArray(data) ? 'a list' : typeof data === 'object' ? 'a map' : `the ${typeof data} "${String(data)}"`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
