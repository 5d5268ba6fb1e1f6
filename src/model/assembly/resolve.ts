import { pseudoParameter } from './pseudo-parameters';
import { Assembly, StackTemplate } from './read-assembly';
import { classify, isKnown, Reference, Resolved, Unknown, unknownPart } from './resolved';

export { Reference, Unknown } from './resolved';
export type { Resolved } from './resolved';

/** `AWS::NoValue`: the property or the item is not there. */
const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: any, stack: StackTemplate) => any;

/** What a reader knows beyond the text of the templates and the values of references. */
export interface Knowledge {
  /** Further functions, by name, of their resolved argument. */
  readonly functions?: { readonly [name: string]: Intrinsic };
  /** The value of a parameter in Parameter Store, in the account and Region of a stack; undefined where it is not known. */
  readonly storedParameter?: (name: string, stack: StackTemplate) => any;
}

/**
 * Resolves the intrinsic functions of CloudFormation over all stacks of an assembly, as far as the assembly says what they become.
 *
 * A parameter has its default, unless a nested stack is given another. An attribute of a resource is a `Reference`. All that cannot be told is `Unknown`:
 * functions not listed here, dynamic references, parameters without a default or read from Parameter Store, cycles, stacks outside the assembly.
 *
 * Sources (read 2026-11-22): https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html,
 * .../intrinsic-function-reference-getstackoutput.html.
 */
export class Resolver {
  private readonly memo = new Map<string, any>();
  private readonly open = new Set<string>();
  private readonly stacks = new Map<string, StackTemplate[]>();
  private readonly functions: { readonly [name: string]: Intrinsic };

  /** @param known the value of a reference, where the caller knows it; undefined where not */
  public constructor(private readonly assembly: Assembly, private readonly known: (reference: Reference) => any = () => undefined, private readonly knowledge: Knowledge = {}) {
    for (const stack of assembly.stacks) {
      const key = environmentKey(stack.stackName, stack.account, stack.region);
      this.stacks.set(key, [...this.stacks.get(key) ?? [], stack]);
    }
    const further = Object.entries(knowledge.functions ?? {}).map(([name, compute]): [string, Intrinsic] => [name, (argument, stack) => compute(this.tree(argument, stack), stack)]);
    this.functions = {
      ...Object.fromEntries(further),
      'Ref': (name, stack) => this.ref(name, stack),
      'Fn::GetAtt': (argument, stack) => this.getAtt(argument, stack),
      'Fn::Sub': (argument, stack) => this.sub(argument, stack),
      'Fn::Join': (argument, stack) => this.join(argument, stack),
      'Fn::Select': (argument, stack) => this.select(argument, stack),
      'Fn::Split': (argument, stack) => this.split(argument, stack),
      'Fn::If': (argument, stack) => this.branch(argument, stack),
      'Fn::FindInMap': (argument, stack) => this.findInMap(argument, stack),
      'Fn::ImportValue': (argument, stack) => this.importValue(argument, stack),
      'Fn::GetStackOutput': (argument, stack) => this.stackOutput(argument, stack),
      'Fn::Base64': (argument, stack) => this.withText(this.tree(argument, stack), 'Fn::Base64', stack, (text) => Buffer.from(text, 'utf8').toString('base64')),
    };
  }

  /** What a value written in a stack's template becomes. */
  public resolve(json: any, stack: StackTemplate): Resolved {
    return classify(this.partsOf(json, stack));
  }

  /** The same as a tree in which `Reference` and `Unknown` objects stand where no value is known. */
  public partsOf(json: any, stack: StackTemplate): any {
    const tree = this.tree(json, stack);
    return tree === NO_VALUE ? undefined : tree;
  }

  /** Whether a named condition of a stack holds; the name of what it hangs on when that is not known. */
  public condition(name: string, stack: StackTemplate): boolean | Unknown {
    const definition = own(stack.template.Conditions, name);
    if (definition === undefined) return new Unknown(`condition ${name} of stack ${stack.stackName}, which is not there`);
    return this.once(`condition ${name}`, stack, () => this.test(definition, stack));
  }

  private tree(json: any, stack: StackTemplate): any {
    if (typeof json === 'string') return this.text(json, stack);
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return json.map((item) => this.tree(item, stack)).filter((item) => item !== NO_VALUE);
    const keys = Object.keys(json);
    if (keys.some((key) => key.startsWith('Fn::')) || (keys.length === 1 && keys[0] === 'Ref')) {
      const name = keys.find((key) => key === 'Ref' || key.startsWith('Fn::'))!;
      const intrinsic = keys.length === 1 ? own(this.functions, name) : undefined;
      return intrinsic ? intrinsic(json[name], stack) : new Unknown(`${name} in stack ${stack.stackName}`);
    }
    return Object.fromEntries(keys.map((key) => [key, this.tree(json[key], stack)]).filter(([, value]) => value !== NO_VALUE));
  }

  private ref(name: any, stack: StackTemplate): any {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const unresolvable = new Unknown(`Ref ${typeof name === 'string' ? name : JSON.stringify(name)} in stack ${stack.stackName}`);
    if (typeof name !== 'string') return unresolvable;
    const pseudo = pseudoParameter(name, stack);
    if (pseudo !== undefined) return pseudo;
    const parameter = own(stack.template.Parameters, name);
    if (parameter !== undefined) return this.once(`parameter ${name}`, stack, () => this.parameter(name, parameter, stack));
    if (own(stack.resources, name) !== undefined) return this.reference(new Reference(stack, name, 'Ref'));
    return new Unknown(`${unresolvable.what}, which has no such parameter or resource`, { isDangling: true });
  }

  private parameter(name: string, parameter: any, stack: StackTemplate): any {
    const what = `parameter ${name} of stack ${stack.stackName}`;
    if (stack.parent) {
      const { stack: parent, logicalId } = stack.parent;
      const given = own(own(parent.resources, logicalId)?.Properties?.Parameters, name);
      if (given !== undefined) return asParameter(this.tree(given, parent), parameter);
    }
    if (parameter?.Default === undefined) return new Unknown(`${what}, which has no default`, { parameter: name });
    if (/^AWS::SSM::Parameter::Value</.test(parameter.Type)) {
      const stored = this.knowledge.storedParameter?.(String(parameter.Default), stack);
      return stored === undefined ? new Unknown(`${what}, which is read from Parameter Store`, { parameter: name }) : asParameter(stored, { Type: parameter.Type.replace(/^.*<|>$/g, '') });
    }
    if (parameter.NoEcho === true || parameter.NoEcho === 'true') return new Unknown(`${what}, which is a secret`);
    return asParameter(this.text(String(parameter.Default), stack), parameter);
  }

  private reference(reference: Reference): any {
    return this.known(reference) ?? reference;
  }

  private getAtt(argument: any, stack: StackTemplate): any {
    const parts = typeof argument === 'string' ? splitOnce(argument) : Array.isArray(argument) ? argument : [];
    const attribute = parts.slice(1).map((part: any) => this.tree(part, stack));
    const logicalId = parts[0];
    if (typeof logicalId !== 'string' || attribute.length === 0 || !attribute.every((part: any) => typeof part === 'string')) {
      return new Unknown(`Fn::GetAtt ${JSON.stringify(argument)} in stack ${stack.stackName}`);
    }
    const name = attribute.join('.');
    if (own(stack.resources, logicalId) === undefined) {
      return new Unknown(`Fn::GetAtt ${logicalId}.${name} in stack ${stack.stackName}, which has no such resource`, { isDangling: true });
    }
    const nested = stack.nested.get(logicalId);
    if (nested && name.startsWith('Outputs.')) return this.output(nested, name.slice('Outputs.'.length), stack);
    return this.reference(new Reference(stack, logicalId, name));
  }

  private sub(argument: any, stack: StackTemplate): any {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof text !== 'string') return new Unknown(`Fn::Sub ${JSON.stringify(argument)} in stack ${stack.stackName}`);
    const parts: any[] = [];
    let end = 0;
    for (const match of text.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
      const [whole, literal, name] = match as unknown as [string, string, string];
      parts.push(text.slice(end, match.index), literal ? `\${${name}}` : this.variable(name.trim(), variables, stack));
      end = match.index + whole.length;
    }
    return this.concatenated([...parts, text.slice(end)].filter((part) => part !== ''), '', 'Fn::Sub', stack);
  }

  private variable(name: string, variables: any, stack: StackTemplate): any {
    const given = own(variables, name);
    if (given !== undefined) return this.tree(given, stack);
    return name.includes('.') ? this.getAtt(name, stack) : this.ref(name, stack);
  }

  private join(argument: any, stack: StackTemplate): any {
    const [delimiter, list] = Array.isArray(argument) ? argument : [];
    const items = this.tree(list, stack);
    if (typeof delimiter !== 'string' || !Array.isArray(items)) return unknownOf(items, 'Fn::Join', stack);
    return this.concatenated(items, delimiter, 'Fn::Join', stack);
  }

  private select(argument: any, stack: StackTemplate): any {
    const [index, list] = Array.isArray(argument) ? argument.map((part: any) => this.tree(part, stack)) : [];
    if (!Array.isArray(list)) return unknownOf(list, 'Fn::Select', stack);
    if (!/^\d+$/.test(String(index))) return unknownOf(index, 'Fn::Select', stack);
    const item = list[Number(index)];
    return item === undefined ? new Unknown(`Fn::Select of item ${index} of ${list.length} in stack ${stack.stackName}`) : item;
  }

  private split(argument: any, stack: StackTemplate): any {
    const [delimiter, source] = Array.isArray(argument) ? argument : [];
    if (typeof delimiter !== 'string' || delimiter === '') return new Unknown(`Fn::Split ${JSON.stringify(argument)} in stack ${stack.stackName}`);
    return this.withText(this.tree(source, stack), 'Fn::Split', stack, (text) => text.split(delimiter));
  }

  private branch(argument: any, stack: StackTemplate): any {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    const holds = typeof name === 'string' ? this.condition(name, stack) : new Unknown(`Fn::If ${JSON.stringify(name)} in stack ${stack.stackName}`);
    return holds instanceof Unknown ? holds : this.tree(holds ? yes : no, stack);
  }

  private findInMap(argument: any, stack: StackTemplate): any {
    const [map, top, second] = Array.isArray(argument) ? argument.slice(0, 3).map((key: any) => this.tree(key, stack)) : [];
    const keys = [map, top, second];
    const open = keys.find((key) => !isScalar(key));
    if (open !== undefined || keys.includes(undefined)) return unknownOf(open, 'Fn::FindInMap', stack);
    const found = own(own(own(stack.template.Mappings, map), String(top)), String(second));
    if (found !== undefined) return this.tree(found, stack);
    const otherwise = argument[3]?.DefaultValue;
    return otherwise === undefined ? new Unknown(`Fn::FindInMap ${keys.join('.')} in stack ${stack.stackName}, which has no such entry`) : this.tree(otherwise, stack);
  }

  private importValue(argument: any, stack: StackTemplate): any {
    return this.withText(this.tree(argument, stack), 'Fn::ImportValue', stack, (name) => {
      const what = `Fn::ImportValue ${name} in stack ${stack.stackName}`;
      const exports = this.exportsOf(stack);
      if (exports instanceof Unknown) return exports;
      const [first, ...others] = exports.get(name) ?? [];
      if (first === undefined) return new Unknown(`${what}, which no stack of the assembly exports in its account and Region`);
      if (others.length > 0) return new Unknown(`${what}, which stacks ${first.stack.stackName} and ${others[0]!.stack.stackName} both export`);
      return this.output(first.stack, first.output, stack);
    });
  }

  private exportsOf({ account, region, stackName }: StackTemplate): ReadonlyMap<string, { stack: StackTemplate; output: string }[]> | Unknown {
    const key = `exports|${account}|${region}`;
    const done = this.memo.get(key);
    if (done !== undefined) return done;
    if (this.open.has(key)) return new Unknown(`a cycle through the exports that stack ${stackName} imports`);
    this.open.add(key);
    const exports = new Map<string, { stack: StackTemplate; output: string }[]>();
    for (const stack of this.assembly.templates.filter((other) => other.account === account && other.region === region)) {
      for (const [output, definition] of Object.entries<any>(stack.template.Outputs ?? {})) {
        const name = definition?.Export?.Name === undefined ? undefined : this.tree(definition.Export.Name, stack);
        if (typeof name !== 'string' || (definition.Condition !== undefined && this.condition(definition.Condition, stack) === false)) continue;
        exports.set(name, [...exports.get(name) ?? [], { stack, output }]);
      }
    }
    this.open.delete(key);
    this.memo.set(key, exports);
    return exports;
  }

  private stackOutput(argument: any, stack: StackTemplate): any {
    const given = this.tree(argument, stack);
    if (!isKnown(given)) return unknownOf(given, 'Fn::GetStackOutput', stack);
    const { StackName: name, OutputName: output, Region: region = stack.region, RoleArn: role } = given ?? {};
    const what = `Fn::GetStackOutput ${name}.${output} in stack ${stack.stackName}`;
    const account = role === undefined ? stack.account : /^arn:[^:]+:iam::(\d{12}):role\//.exec(role)?.[1];
    if (role !== undefined && account === undefined) return new Unknown(`${what}, whose RoleArn names no account`);
    const [producer, ...others] = this.stacks.get(environmentKey(name, account, region)) ?? [];
    if (producer === undefined) return new Unknown(`${what}: the assembly has no stack ${name} in account ${account ?? 'any'} and Region ${region ?? 'any'}`);
    if (others.length > 0) return new Unknown(`${what}: the assembly has ${others.length + 1} stacks of that name there`);
    return this.output(producer, output, stack);
  }

  private output(producer: StackTemplate, name: string, consumer: StackTemplate): any {
    const definition = own(producer.template.Outputs, name);
    const what = `output ${name} of stack ${producer.stackName}`;
    if (definition === undefined) return new Unknown(`${what}, which stack ${consumer.stackName} reads, is not there`, { isDangling: true });
    return this.once(`output ${name}`, producer, () => {
      const there = definition.Condition === undefined ? true : this.condition(definition.Condition, producer);
      if (there instanceof Unknown) return there;
      return there ? this.tree(definition.Value, producer) : new Unknown(`${what}, whose condition ${definition.Condition} does not hold`);
    });
  }

  private test(json: any, stack: StackTemplate): boolean | Unknown {
    const [name, ...others] = typeof json === 'object' && json !== null ? Object.keys(json) : [];
    const argument = name === undefined || others.length > 0 ? undefined : json[name];
    const list = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition': return this.condition(argument, stack);
      case 'Fn::Not': return list.length === 1 ? not(this.test(list[0], stack)) : new Unknown(`Fn::Not in stack ${stack.stackName}`);
      case 'Fn::And': return this.firstOf(false, list, stack);
      case 'Fn::Or': return this.firstOf(true, list, stack);
      case 'Fn::Equals': {
        const [one, other] = list.map((part: any) => this.tree(part, stack));
        const open = [one, other].find((part) => !isKnown(part));
        return open === undefined && list.length === 2 ? canonical(one) === canonical(other) : unknownOf(open, 'Fn::Equals', stack);
      }
      default: return new Unknown(`condition function ${name ?? JSON.stringify(json)} in stack ${stack.stackName}`);
    }
  }

  /** Or, for `true`; And, for `false`: one such part decides, whatever the unknown ones are. */
  private firstOf(deciding: boolean, parts: readonly any[], stack: StackTemplate): boolean | Unknown {
    const results = parts.map((part) => this.test(part, stack));
    if (results.includes(deciding)) return deciding;
    return results.find((result) => result instanceof Unknown) ?? !deciding;
  }

  /** A string, in which the deployment resolves dynamic references: known ones are replaced. */
  private text(text: string, stack: StackTemplate): any {
    const reference = /\{\{resolve:[^}]*\}?\}?/.exec(text);
    if (!reference) return text;
    const name = /^\{\{resolve:ssm:([^:}]+)\}\}$/.exec(reference[0])?.[1];
    const stored = name === undefined ? undefined : this.knowledge.storedParameter?.(name, stack);
    if (stored === undefined) return new Unknown(`dynamic reference ${reference[0]} in stack ${stack.stackName}`);
    if (reference[0] === text) return stored;
    return this.withText(stored, reference[0], stack, (value) => this.text(text.replace(reference[0], () => value), stack));
  }

  /** Items with a delimiter between them; a single item stays what it is, so that a reference stays one. */
  private concatenated(items: readonly any[], delimiter: string, name: string, stack: StackTemplate): any {
    if (items.length === 1 && items[0] instanceof Reference) return items[0];
    const open = items.find((item) => !isScalar(item));
    return open === undefined ? this.text(items.map(String).join(delimiter), stack) : unknownOf(open, name, stack);
  }

  private withText(source: any, name: string, stack: StackTemplate, use: (text: string) => any): any {
    return isScalar(source) ? use(String(source)) : unknownOf(source, name, stack);
  }

  private once<T>(name: string, stack: StackTemplate, compute: () => T): T | Unknown {
    const key = `${stack.id}|${name}`;
    if (this.memo.has(key)) return this.memo.get(key);
    if (this.open.has(key)) return new Unknown(`a cycle through ${name} of stack ${stack.stackName}`);
    this.open.add(key);
    const value = compute();
    this.open.delete(key);
    this.memo.set(key, value);
    return value;
  }
}

function unknownOf(part: any, name: string, stack: StackTemplate): Unknown {
  if (part instanceof Unknown) return part;
  return new Unknown(`${name} in stack ${stack.stackName}${isKnown(part) ? '' : `, which needs ${unknownPart(part)}`}`);
}

/** Parameters are strings, or lists written with commas. */
function asParameter(value: any, { Type: type }: { Type?: string }): any {
  const isList = type === 'CommaDelimitedList' || type?.startsWith('List<');
  if (isList) return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  return isScalar(value) ? String(value) : value;
}

function not(result: boolean | Unknown): boolean | Unknown {
  return result instanceof Unknown ? result : !result;
}

function isScalar(value: any): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** CloudFormation compares values as text. */
function canonical(value: any): string {
  return JSON.stringify(value, (_, part) => (isScalar(part) ? String(part) : part));
}

function environmentKey(name: string, account: string | undefined, region: string | undefined): string {
  return [name, account ?? '', region ?? ''].join('|');
}

function splitOnce(text: string): string[] {
  const at = text.indexOf('.');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A property of parsed JSON, never one that every object has. */
function own(object: any, key: string): any {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key) ? object[key] : undefined;
}
