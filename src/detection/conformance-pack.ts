import { CfnOrganizationConformancePack } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import { ASKING, DEFAULT_PARAMETERS, GLOBAL_RULES } from './rule-parameters';
import { Control } from '../controls/control';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** What can be chosen of a conformance pack. */
export interface ConformancePackOptions {
  /** Controls whose detective mechanisms of AWS Config are looked for; a rule of several controls is there once. */
  readonly controls: Control[];
  /** Parameters of rules, by the rule's identifier and the parameter's name; values are texts. Rules that ask what only you can say are left out without: `{ REQUIRED_TAGS: { tag1Key: 'owner' } }`. @default - AWS's own */
  readonly parameters?: { [rule: string]: { [name: string]: string } };
  /** Ids of accounts that do not get it. @default - none */
  readonly excludedAccounts?: string[];
}

/** Properties of a conformance pack. */
export interface ConformancePackProps extends ConformancePackOptions {
  /** Name in AWS: a letter, then letters, digits and hyphens. */
  readonly packName: string;
  /** Whether it has the rules on what an account has once, such as its root user: in one Region. */
  readonly isHomeRegion: boolean;
}

/** Rules of a pack, and bytes of its template (AWS Config Developer Guide, "Service Limits", and API Reference, PutOrganizationConformancePack, read 2026-11-23). */
const MAX_RULES = 130;
const MAX_BYTES = 51_200;

/**
 * What controls detect by AWS Config, as one conformance pack for all member accounts of the organization in a Region; accounts that come later get it too.
 *
 * For the account that administers AWS Config for the organization. AWS Config must record in all accounts first.
 *
 * @example
 * new ConformancePack(stack, 'Foundational', { packName: 'landing-zone-foundational', controls: ControlSet.foundational().controls, isHomeRegion: true });
 */
export class ConformancePack extends Construct {
  /** Identifiers of its rules, sorted. */
  public readonly rules: string[];
  /** Identifiers of rules that are left out because they ask for a parameter that was not given, sorted. */
  public readonly leftOut: string[];

  public constructor(scope: Construct, id: string, private readonly props: ConformancePackProps) {
    super(scope, id);
    const { controls, packName, isHomeRegion, parameters = {}, excludedAccounts = [] } = props;
    const wanted = [...new Set(controls.flatMap((control) => rulesOf(control)))].sort();
    const here = wanted.filter((rule) => isHomeRegion || !GLOBAL_RULES.includes(rule));
    this.leftOut = here.filter((rule) => ASKING[rule] !== undefined && parameters[rule]?.[ASKING[rule]] === undefined);
    this.rules = here.filter((rule) => !this.leftOut.includes(rule));
    const templateBody = JSON.stringify({ Resources: Object.fromEntries(this.rules.map((rule) => [logicalId(rule), this.resource(rule)])) });
    this.check(wanted, templateBody);
    const pack = new CfnOrganizationConformancePack(this, 'Resource', { organizationConformancePackName: packName, templateBody, ...(excludedAccounts.length > 0 ? { excludedAccounts } : {}) });
    pack.addMetadata(METADATA_KEY, {
      rules: Object.fromEntries(this.rules.map((rule) => [rule, controls.filter((control) => rulesOf(control).includes(rule)).map((control) => control.id)])),
      ...(this.leftOut.length > 0 ? { leftOut: Object.fromEntries(this.leftOut.map((rule) => [rule, `asks for ${ASKING[rule]}`])) } : {}),
    });
  }

  private resource(rule: string): object {
    const inputs = { ...DEFAULT_PARAMETERS[rule], ...this.props.parameters?.[rule] };
    return {
      Type: 'AWS::Config::ConfigRule',
      Properties: { ConfigRuleName: rule.toLowerCase().replace(/_/g, '-'), Source: { Owner: 'AWS', SourceIdentifier: rule }, ...(Object.keys(inputs).length > 0 ? { InputParameters: inputs } : {}) },
    };
  }

  private check(wanted: string[], templateBody: string): void {
    const { packName, parameters = {} } = this.props;
    const problems = [
      ...(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(packName) ? [] : [`packName is "${packName}": a letter, then letters, digits and hyphens are expected`]),
      ...Object.keys(parameters).filter((rule) => !wanted.includes(rule)).map((rule) => `parameters names ${rule}, which none of its controls has: ${wanted.join(', ')}`),
      ...(this.rules.length === 0 ? ['its controls have no rule of AWS Config to look for here'] : []),
      ...(this.rules.length > MAX_RULES ? [`it has ${this.rules.length} rules, AWS takes ${MAX_RULES} in a pack: make two of fewer controls`] : []),
      ...(Buffer.byteLength(templateBody) > MAX_BYTES ? [`its template has ${Buffer.byteLength(templateBody)} bytes, AWS takes ${MAX_BYTES}: make two of fewer controls`] : []),
    ];
    if (problems.length > 0) throw new InputError(`ConformancePack ${this.node.path}: ${problems.join('; ')}`);
  }
}

function rulesOf({ detective }: Control): string[] {
  return detective.filter(({ service }) => service === 'AWS Config').map(({ identifier }) => identifier);
}

function logicalId(rule: string): string {
  return rule.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}
