import { CfnResource, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { NagPack, NagPackProps } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { Control } from '../controls/control';
import { Controls } from '../controls/controls';
import { IProactiveRule } from '../controls/mechanism';
import { Severity } from '../controls/severity';
import { whileNothingChanges } from '../controls/template-properties';

/** Properties of the landing zone's checks. */
export interface LandingZoneChecksProps extends NagPackProps {
  /** Controls whose proactive rules are checked. @default Controls.all() */
  readonly controls?: Control[];
}

/**
 * The proactive rules of controls on every resource of an app: synthesis fails when one finds something, unless all it finds is of low severity.
 *
 * A rule's id is its control's id. Acknowledge it on a construct as `LandingZone::LZ.S3.1`; the acknowledgement is kept in the validation report.
 * Attach it once, at the app: it checks the whole app wherever it is attached.
 *
 * @example
 * Validations.of(app).addPlugins(new LandingZoneChecks(app));
 * Validations.of(bucket).acknowledge({ id: 'LandingZone::LZ.S3.1', reason: 'Public downloads, approved in SEC-12' });
 */
export class LandingZoneChecks extends NagPack {
  /** Name in the validation report, and namespace of the rule ids. */
  public readonly name: string = 'LandingZone';
  /** Ids of the controls that have rules. */
  public readonly ruleIds?: string[];
  private readonly controls: Control[];
  private found = new Map<string, PolicyViolation>();

  public constructor(scope?: IConstruct, props: LandingZoneChecksProps = {}) {
    super(scope, props);
    this.packName = this.name;
    this.controls = (props.controls ?? Controls.all()).filter((control) => control.proactive.length > 0);
    this.ruleIds = this.controls.map((control) => control.id);
  }

  /** Checks every resource below a construct; warnings alone are a success. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    this.found = new Map();
    whileNothingChanges(() => super.validateScope(scope));
    const violations = [...this.found.values()];
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }

  /** Applies every rule to one resource. */
  protected checkResource(node: CfnResource): void {
    for (const control of this.controls) {
      for (const { rule, objective } of control.proactive) {
        for (const finding of findingsOf(rule, node)) this.report(control, objective, finding, node);
      }
    }
  }

  /** One violation for each control and finding, with all resources that show it. */
  private report(control: Control, objective: string, finding: string, node: CfnResource): void {
    const key = `${control.id} ${finding}`;
    const violation = this.found.get(key) ?? {
      ruleName: control.id,
      description: `${control.title}: ${finding}`,
      fix: objective,
      severity: control.severity === Severity.LOW ? 'warning' : 'error',
      violatingResources: [],
    };
    violation.violatingResources.push({ constructPath: node.node.path, locations: ['Properties'] });
    this.found.set(key, violation);
  }
}

/** What a rule cannot read is not known to comply, so it is a finding. */
function findingsOf(rule: IProactiveRule, node: CfnResource): string[] {
  try {
    return rule.findings(node) ?? [];
  } catch (error) {
    return [`the rule cannot read ${node.cfnResourceType} (${(error as Error).message})`];
  }
}
