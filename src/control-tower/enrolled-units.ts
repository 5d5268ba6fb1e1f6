import { Aspects, CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnEnabledBaseline } from 'aws-cdk-lib/aws-controltower';
import { Construct } from 'constructs';
import { UNIT_BASELINE } from './control-tower-facts';
import { OrganizationalUnit } from '../organization/organizational-unit';

/** What units are enrolled with. */
export interface EnrolledUnitsProps {
  readonly partition: string;
  readonly homeRegion: string;
  readonly baselineVersion: string;
  readonly identityCenterBaselineArn?: string;
  /** ARN of a unit, for use in this stack. */
  readonly arnOf: (unit: OrganizationalUnit) => string;
  /** What must be there before the first unit is enrolled. */
  readonly after?: CfnResource;
}

/**
 * Units that AWS Control Tower governs, an enabled baseline each: a parent before its children, one after the other, as AWS allows one operation on units at a time
 * (https://docs.aws.amazon.com/controltower/latest/userguide/request-an-increase.html, read 2026-11-23).
 *
 * Logical ids follow from paths of units alone. The resources are retained: to delete one takes the unit and all its accounts out of governance.
 */
export class EnrolledUnits extends Construct {
  private readonly enrolled = new Map<string, { readonly unit: OrganizationalUnit; readonly resource: CfnEnabledBaseline }>();

  public constructor(scope: Construct, id: string, private readonly props: EnrolledUnitsProps) {
    super(scope, id);
    Aspects.of(this).add({ visit: (node) => { if (node === this) this.chain(); } });
  }

  /** Enrolls a unit; one that is enrolled already stays as it is. */
  public add(unit: OrganizationalUnit): void {
    if (this.enrolled.has(unit.targetPath)) return;
    const { partition, homeRegion, baselineVersion, identityCenterBaselineArn } = this.props;
    const resource = new CfnEnabledBaseline(this, unit.targetPath, {
      baselineIdentifier: `arn:${partition}:controltower:${homeRegion}::baseline/${UNIT_BASELINE}`,
      baselineVersion,
      targetIdentifier: this.props.arnOf(unit),
      ...(identityCenterBaselineArn !== undefined && { parameters: [{ key: 'IdentityCenterEnabledBaselineArn', value: identityCenterBaselineArn }] }),
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.enrolled.set(unit.targetPath, { unit, resource });
  }

  /** Parents before children, and otherwise by path, however they were enrolled. */
  public get units(): OrganizationalUnit[] {
    return this.inOrder().map(({ unit }) => unit);
  }

  /** What is deployed last: after it, all units are enrolled. */
  public get last(): CfnResource | undefined {
    return this.inOrder().at(-1)?.resource ?? this.props.after;
  }

  private chain(): void {
    let before = this.props.after;
    for (const { resource } of this.inOrder()) {
      if (before) resource.addResourceDependency(before);
      before = resource;
    }
  }

  private inOrder() {
    const depth = (path: string) => path.split('/').length;
    return [...this.enrolled.entries()].sort(([one], [other]) => depth(one) - depth(other) || (one < other ? -1 : 1)).map(([, found]) => found);
  }
}
