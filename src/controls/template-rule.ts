import { CfnResource } from 'aws-cdk-lib';
import { IProactiveRule } from './mechanism';
import { propertiesOf } from './template-properties';

/** Looks at the properties of one resource as its template will hold them; the findings in words, empty when it complies. */
export type TemplateCheck = (properties: any, resource: CfnResource) => string[];

/**
 * A rule on the properties a template will hold: raw overrides are applied, and tokens are resolved as far as synthesis can.
 * What is still an intrinsic function then is a finding.
 */
export class TemplateRule implements IProactiveRule {
  /** @param checks by CloudFormation resource type; the rule does not apply to any other type */
  public constructor(private readonly checks: { readonly [resourceType: string]: TemplateCheck | undefined }) {}

  public findings(resource: CfnResource): string[] | undefined {
    const check = this.checks[resource.cfnResourceType];
    const properties = check && propertiesOf(resource);
    return properties && check(properties, resource);
  }
}

/** The finding where a property does not hold the one value that complies; none where it does. */
export function mustBe(expected: boolean | string, path: string, actual: unknown): string[] {
  if (actual === expected || actual === String(expected)) return [];
  const is = actual === undefined || isNoValue(actual) ? 'missing'
    : typeof actual === 'object' ? `only known at deployment (${JSON.stringify(actual)})` : JSON.stringify(actual);
  return [`${path} must be ${JSON.stringify(expected)} and is ${is}`];
}

/** What is found in a part of the properties, none where it is not there, and a finding where synthesis cannot read it. */
export function within(path: string, part: unknown, check: (part: any) => string[]): string[] {
  if (part === undefined || isNoValue(part)) return [];
  return isIntrinsic(part) ? [`${path} must be readable by synthesis and is ${JSON.stringify(part)}`] : check(part);
}

/** What is found in the items of a list property. */
export function withinEach(path: string, list: unknown, check: (item: any, path: string) => string[]): string[] {
  return within(path, list, (items: unknown[]) => items.flatMap((item, index) => within(`${path}[${index}]`, item, (read) => check(read, `${path}[${index}]`))));
}

/** Whether a property is there: not left out, and not taken away by AWS::NoValue. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && !isNoValue(value);
}

function isIntrinsic(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && /^(Ref|Fn::.+)$/.test(keys[0]);
}

function isNoValue(value: unknown): boolean {
  return (value as { Ref?: string } | null)?.Ref === 'AWS::NoValue';
}
