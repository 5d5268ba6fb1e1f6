import type { StackTemplate } from './stack-template';

/** A value only the deployment knows: an attribute of a resource in the assembly. `Ref` is the attribute of a plain `Ref`. */
export class Reference {
  public constructor(public readonly stack: StackTemplate, public readonly logicalId: string, public readonly attribute: string) {}

  /** The same for two references to one resource. */
  public get resourceKey(): string {
    return `${this.stack.id}|${this.logicalId}`;
  }

  public get text(): string {
    const what = this.attribute === 'Ref' ? `Ref ${this.logicalId}` : `Fn::GetAtt ${this.logicalId}.${this.attribute}`;
    return `${what} in stack ${this.stack.stackName}`;
  }
}

/** A value that cannot be told from the assembly, by a name that says what and where. */
export class Unknown {
  public constructor(
    public readonly what: string,
    /** Why, where that matters: the template points to what is not there, or the deployer gives this parameter. */
    public readonly cause: { readonly isDangling?: boolean; readonly parameter?: string } = {},
  ) {}
}

/**
 * What became of a value of a template.
 *
 * `partial`: a list or an object of which parts are known; `value` holds `Reference` and `Unknown` objects in the others' places, and `unknown` names
 * each with its path.
 */
export type Resolved =
  | { readonly kind: 'value'; readonly value: any }
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'unknown'; readonly what: string }
  | { readonly kind: 'partial'; readonly value: any; readonly unknown: readonly string[] };

/** Names a resolved tree, whose leaves may be references and unknowns. */
export function classify(tree: any): Resolved {
  if (tree instanceof Unknown) return { kind: 'unknown', what: tree.what };
  if (tree instanceof Reference) return { kind: 'reference', reference: tree };
  const unknown: string[] = [];
  collect(tree, '', unknown);
  return unknown.length === 0 ? { kind: 'value', value: tree } : { kind: 'partial', value: tree, unknown };
}

/** Whether a tree holds no reference and nothing unknown. */
export function isKnown(tree: any): boolean {
  if (tree instanceof Unknown || tree instanceof Reference) return false;
  return typeof tree !== 'object' || tree === null || Object.values(tree).every(isKnown);
}

/** The name of the first part of a tree that is not known. */
export function unknownPart(tree: any): string {
  if (tree instanceof Unknown) return tree.what;
  if (tree instanceof Reference) return tree.text;
  const unknown: string[] = [];
  collect(tree, '', unknown);
  return unknown[0] ?? 'nothing';
}

function collect(tree: any, path: string, unknown: string[]): void {
  if (tree instanceof Unknown || tree instanceof Reference) {
    const what = tree instanceof Unknown ? tree.what : tree.text;
    unknown.push(path === '' ? what : `${path}: ${what}`);
  } else if (Array.isArray(tree)) {
    tree.forEach((item, index) => collect(item, `${path}[${index}]`, unknown));
  } else if (typeof tree === 'object' && tree !== null) {
    for (const [key, value] of Object.entries(tree)) collect(value, path === '' ? key : `${path}.${key}`, unknown);
  }
}
