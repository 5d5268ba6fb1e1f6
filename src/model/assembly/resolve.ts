import { Assembly, StackTemplate } from './read-assembly';

/** A resource of the assembly, or an attribute of it, whose value only the deployment knows. */
export interface ResourceReference {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  /** Undefined for `Ref`. */
  readonly attribute?: string;
}

/** What became of a value: plain JSON, a reference to a resource, or unknown, by name. */
export type Resolved =
  | { readonly kind: 'value'; readonly value: any }
  | { readonly kind: 'reference'; readonly reference: ResourceReference }
  | { readonly kind: 'unknown'; readonly what: string };

/** Gives a reference its value where the reader knows it, such as an account's id; undefined where it does not. */
export type ReferenceValue = (reference: ResourceReference) => any;

/** Evaluates CloudFormation's intrinsic functions over a whole assembly. What it cannot evaluate is unknown, never guessed. */
export class Resolver {
  private readonly inProgress = new Set<string>();
  private readonly byName = new Map<string, StackTemplate[]>();
  private readonly exported = new Map<string, { stack: StackTemplate; value: any }>();

  public constructor(assembly: Assembly, private readonly valueOf: ReferenceValue = () => undefined) {
    for (const stack of assembly.templates) this.byName.set(stack.stackName, [...this.byName.get(stack.stackName) ?? [], stack]);
    for (const stack of assembly.templates) {
      for (const output of Object.values<any>(stack.template.Outputs ?? {})) {
        if (output.Export?.Name === undefined) continue;
        const name = this.resolve(output.Export.Name, stack);
        if (name.kind === 'value') this.exported.set(exportKey(stack, String(name.value)), { stack, value: output.Value });
      }
    }
  }

  /** One value as it stands in a template of a stack. */
  public resolve(json: any, stack: StackTemplate): Resolved {
    if (typeof json === 'string') return json.includes('{{resolve:') ? unknown(`dynamic reference ${json}`) : value(json);
    if (json === null || typeof json !== 'object') return value(json);
    if (Array.isArray(json)) return this.list(json, stack);
    const keys = Object.keys(json);
    if (keys.length === 1 && (keys[0] === 'Ref' || keys[0] === 'Condition' || keys[0]!.startsWith('Fn::'))) {
      if (keys[0] !== 'Condition' || typeof json.Condition === 'string') return this.intrinsic(keys[0]!, json[keys[0]!], stack);
    }
    return this.object(json, stack);
  }

  /** A document with references and unknown parts named; `value` is undefined when a part is not known. */
  public document(json: any, stack: StackTemplate): { value?: any; unresolved: string[] } {
    const unresolved: string[] = [];
    const visit = (part: any): any => {
      const resolved = isIntrinsic(part) || part === null || typeof part !== 'object' ? this.resolve(part, stack) : undefined;
      if (resolved === undefined) {
        if (Array.isArray(part)) return part.filter((item) => !isNoValue(item)).map(visit);
        return Object.fromEntries(Object.entries(part).filter(([, item]) => !isNoValue(item)).map(([key, item]) => [key, visit(item)]));
      }
      if (resolved.kind === 'value') return resolved.value;
      unresolved.push(resolved.kind === 'unknown' ? resolved.what : describe(resolved.reference));
      return undefined;
    };
    const result = visit(json);
    return unresolved.length === 0 ? { value: result, unresolved } : { unresolved };
  }

  private list(json: any[], stack: StackTemplate): Resolved {
    const items: any[] = [];
    for (const item of json) {
      if (isNoValue(item)) continue;
      const resolved = this.resolve(item, stack);
      if (resolved.kind !== 'value') return resolved;
      items.push(resolved.value);
    }
    return value(items);
  }

  private object(json: any, stack: StackTemplate): Resolved {
    const result: any = {};
    for (const [key, item] of Object.entries(json)) {
      if (isNoValue(item)) continue;
      const resolved = this.resolve(item, stack);
      if (resolved.kind !== 'value') return resolved;
      result[key] = resolved.value;
    }
    return value(result);
  }

  private intrinsic(name: string, argument: any, stack: StackTemplate): Resolved {
    switch (name) {
      case 'Ref': return this.ref(String(argument), stack);
      case 'Fn::GetAtt': return this.getAtt(argument, stack);
      case 'Fn::Sub': return this.sub(argument, stack);
      case 'Fn::Join': return this.over([argument?.[0], argument?.[1]], stack, ([delimiter, list]) => (Array.isArray(list) ? value(list.join(delimiter)) : unknown('Fn::Join of no list')));
      case 'Fn::Select': return this.select(argument, stack);
      case 'Fn::Split': return this.over([argument?.[0], argument?.[1]], stack, ([delimiter, text]) => value(String(text).split(delimiter)));
      case 'Fn::If': return this.choose(argument, stack);
      case 'Fn::FindInMap': return this.findInMap(argument, stack);
      case 'Fn::ImportValue': return this.over([argument], stack, ([exportName]) => this.importValue(String(exportName), stack));
      case 'Fn::GetStackOutput': return this.stackOutput(argument, stack);
      case 'Fn::Base64': return this.over([argument], stack, ([text]) => value(Buffer.from(String(text)).toString('base64')));
      case 'Fn::Equals': return this.over([argument?.[0], argument?.[1]], stack, ([a, b]) => value(JSON.stringify(a) === JSON.stringify(b)));
      case 'Fn::Not': return this.over([argument?.[0]], stack, ([a]) => value(!a));
      case 'Fn::And': return this.connective(argument, stack, false);
      case 'Fn::Or': return this.connective(argument, stack, true);
      case 'Condition': return this.condition(String(argument), stack);
      default: return unknown(`${name} in ${stack.stackName}`);
    }
  }

  /** Resolves the arguments, then applies; the first one that is not known decides. */
  private over(args: any[], stack: StackTemplate, apply: (values: any[]) => Resolved): Resolved {
    const values: any[] = [];
    for (const arg of args) {
      const resolved = this.resolve(arg, stack);
      if (resolved.kind !== 'value') return asUnknown(resolved);
      values.push(resolved.value);
    }
    return apply(values);
  }

  private ref(name: string, stack: StackTemplate): Resolved {
    switch (name) {
      case 'AWS::AccountId': return stack.account !== undefined ? value(stack.account) : unknown(`AWS::AccountId of ${stack.stackName}`);
      case 'AWS::Region': return stack.region !== undefined ? value(stack.region) : unknown(`AWS::Region of ${stack.stackName}`);
      case 'AWS::Partition': return stack.region !== undefined ? value(partitionOf(stack.region)) : unknown(`AWS::Partition of ${stack.stackName}`);
      case 'AWS::URLSuffix': return stack.region !== undefined ? value(partitionOf(stack.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com') : unknown(`AWS::URLSuffix of ${stack.stackName}`);
      case 'AWS::StackName': return value(stack.stackName);
      default:
    }
    const parameter = stack.template.Parameters?.[name];
    if (parameter) {
      if (parameter.Default === undefined || String(parameter.Type).startsWith('AWS::SSM')) return unknown(`parameter ${name} of ${stack.stackName}`);
      return value(parameter.Type === 'CommaDelimitedList' || String(parameter.Type).startsWith('List<') ? String(parameter.Default).split(',').map((item) => item.trim()) : String(parameter.Default));
    }
    return this.reference({ stack, logicalId: name });
  }

  private getAtt(argument: any, stack: StackTemplate): Resolved {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    if (attribute.some((part: any) => typeof part !== 'string')) return unknown(`Fn::GetAtt of ${logicalId} in ${stack.stackName}`);
    return this.reference({ stack, logicalId: String(logicalId), attribute: attribute.join('.') });
  }

  private reference(reference: ResourceReference): Resolved {
    if (reference.stack.template.Resources?.[reference.logicalId] === undefined) return unknown(`${describe(reference)}, which does not exist`);
    const known = this.valueOf(reference);
    return known === undefined ? { kind: 'reference', reference } : value(known);
  }

  private sub(argument: any, stack: StackTemplate): Resolved {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    let unresolved: Resolved | undefined;
    const result = String(text).replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
      if (inner.startsWith('!')) return `\${${inner.slice(1)}}`;
      const name = inner.trim();
      const resolved = variables && name in variables ? this.resolve(variables[name], stack)
        : name.includes('.') ? this.getAtt(name, stack) : this.ref(name, stack);
      if (resolved.kind === 'value') return String(resolved.value);
      unresolved ??= String(text) === whole ? resolved : asUnknown(resolved);
      return whole;
    });
    return unresolved ?? value(result);
  }

  private select(argument: any, stack: StackTemplate): Resolved {
    const index = this.resolve(argument?.[0], stack);
    if (index.kind !== 'value') return asUnknown(index);
    // Only the chosen item must be known.
    const choices = argument?.[1];
    if (Array.isArray(choices)) {
      const items = choices.filter((item) => !isNoValue(item));
      return Number(index.value) < items.length ? this.resolve(items[Number(index.value)], stack) : unknown(`Fn::Select ${index.value} of ${items.length} items in ${stack.stackName}`);
    }
    const list = this.resolve(choices, stack);
    if (list.kind !== 'value') return asUnknown(list);
    const item = Array.isArray(list.value) ? list.value[Number(index.value)] : undefined;
    return item === undefined ? unknown(`Fn::Select ${index.value} in ${stack.stackName}`) : value(item);
  }

  private choose(argument: any, stack: StackTemplate): Resolved {
    const condition = this.condition(String(argument?.[0]), stack);
    return condition.kind === 'value' ? this.resolve(argument[condition.value ? 1 : 2], stack) : asUnknown(condition);
  }

  private condition(name: string, stack: StackTemplate): Resolved {
    const definition = stack.template.Conditions?.[name];
    if (definition === undefined) return unknown(`condition ${name} of ${stack.stackName}`);
    return this.guarded(`condition ${name} of ${stack.stackName}`, stack, () => this.resolve(definition, stack));
  }

  /** One operand that decides is enough, even when another is not known. */
  private connective(argument: any, stack: StackTemplate, deciding: boolean): Resolved {
    let open: Resolved | undefined;
    for (const operand of Array.isArray(argument) ? argument : []) {
      const resolved = this.resolve(operand, stack);
      if (resolved.kind !== 'value') open ??= asUnknown(resolved);
      else if (resolved.value === deciding) return value(deciding);
    }
    return open ?? value(!deciding);
  }

  private findInMap(argument: any, stack: StackTemplate): Resolved {
    const [map, top, second, options] = Array.isArray(argument) ? argument : [];
    return this.over([map, top, second], stack, ([mapName, topKey, secondKey]) => {
      const found = stack.template.Mappings?.[mapName]?.[topKey]?.[secondKey];
      if (found !== undefined) return value(found);
      return options?.DefaultValue !== undefined ? this.resolve(options.DefaultValue, stack) : unknown(`Fn::FindInMap ${mapName}/${topKey}/${secondKey} in ${stack.stackName}`);
    });
  }

  private importValue(name: string, stack: StackTemplate): Resolved {
    const found = this.exported.get(exportKey(stack, name));
    if (!found) return unknown(`export ${name}, which no stack of the assembly makes`);
    return this.guarded(`export ${name}`, found.stack, () => this.resolve(found.value, found.stack));
  }

  private stackOutput(argument: any, stack: StackTemplate): Resolved {
    return this.over([argument?.StackName, argument?.OutputName, argument?.Region ?? stack.region ?? '', argument?.RoleArn ?? ''], stack, ([name, output, region, roleArn]) => {
      const account = String(roleArn).split(':')[4] ?? stack.account;
      const producers = (this.byName.get(String(name)) ?? [])
        .filter((candidate) => (candidate.account ?? account) === (account ?? candidate.account) && (candidate.region ?? region) === (region || candidate.region));
      const what = `output ${output} of stack ${name}`;
      if (producers.length !== 1) return unknown(`${what}, which ${producers.length === 0 ? 'is not in the assembly' : 'is there more than once'}`);
      const declared = producers[0]!.template.Outputs?.[output];
      if (declared === undefined) return unknown(`${what}, which the stack does not have`);
      return this.guarded(what, producers[0]!, () => this.resolve(declared.Value, producers[0]!));
    });
  }

  /** A value that leads back to itself is unknown. */
  private guarded(what: string, stack: StackTemplate, resolve: () => Resolved): Resolved {
    const key = `${stack.file} ${what}`;
    if (this.inProgress.has(key)) return unknown(`${what}, which depends on itself`);
    this.inProgress.add(key);
    try {
      return resolve();
    } finally {
      this.inProgress.delete(key);
    }
  }
}

/** A reference in words: `RootId of Organization in stack Acme`. */
export function describe({ stack, logicalId, attribute }: ResourceReference): string {
  return `${attribute === undefined ? '' : `${attribute} of `}${logicalId} in stack ${stack.stackName}`;
}

function isIntrinsic(json: any): boolean {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return false;
  const keys = Object.keys(json);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]!.startsWith('Fn::'));
}

function isNoValue(json: any): boolean {
  return json !== null && typeof json === 'object' && json.Ref === 'AWS::NoValue';
}

function exportKey({ account, region }: StackTemplate, name: string): string {
  return `${account ?? ''}/${region ?? ''}/${name}`;
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function value(json: any): Resolved {
  return { kind: 'value', value: json };
}

function unknown(what: string): Resolved {
  return { kind: 'unknown', what };
}

function asUnknown(resolved: Resolved): Resolved {
  return resolved.kind === 'reference' ? unknown(describe(resolved.reference)) : resolved;
}
