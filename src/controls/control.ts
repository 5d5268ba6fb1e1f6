import { IControlGroup } from './control-group';
import { FrameworkMapping } from './framework';
import { DefaultMechanism, DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from './mechanism';
import { Severity } from './severity';

/** One request, for a control's proof. Values may hold the zone's own values (`ZoneValue`). */
export interface ControlRequest {
  /** `cloudtrail:StopLogging`. */
  readonly action: string;
  /** `role/NAME`, `root` or an ARN. @default 'role/any' */
  readonly principal?: string;
  /** ARN. @default - any resource */
  readonly resource?: string;
  /** Context keys and their values; a key not listed is open, one with an empty list is known to be absent. @default - every key is open */
  readonly context?: { [key: string]: string[] };
}

/** What shows that a control does what it says. */
export interface ControlProof {
  /** Requests that are denied, whatever else their context holds. */
  readonly denies: ControlRequest[];
  /** Requests that the control leaves alone: none of its own statements denies them, in any context that fits. */
  readonly allows: ControlRequest[];
}

/** Properties of a control. */
export interface ControlProps {
  /** `LZ.AREA.N` for the catalogue; any `PREFIX.AREA.N` for your own. Letters and digits between dots. */
  readonly id: string;
  /** The objective in one line: `Nobody leaves the organization`. */
  readonly title: string;
  /** Why it matters and what it does, in two or three sentences. */
  readonly description: string;
  /** Harm when the objective is not met. */
  readonly severity: Severity;
  /** Framework requirements it serves. @default - none */
  readonly frameworks?: FrameworkMapping[];
  /** Ids of the nearest controls of AWS Control Tower, `AWS-GR_...` or `CT.S3.PV.1`: what is already there in an organization that has them. @default - none */
  readonly controlTower?: string[];
  /** Sources of the AWS facts it relies on. @default - none */
  readonly sources?: string[];
  /** AWS refuses the request. @default - none */
  readonly preventive?: PreventiveMechanism[];
  /** New resources come out compliant. @default - none */
  readonly defaults?: DefaultMechanism[];
  /** Synthesis fails. @default - none */
  readonly proactive?: ProactiveMechanism[];
  /** AWS reports what exists. @default - none */
  readonly detective?: DetectiveMechanism[];
  /** Required when a preventive mechanism has statements. @default - nothing to prove */
  readonly proof?: ControlProof;
}

/**
 * One objective and the mechanisms that reach it.
 */
export class Control implements IControlGroup {
  /** Single controls of a target are packed together. */
  public readonly groupName: string = 'own';
  /** `LZ.AREA.N`. */
  public readonly id: string;
  /** The objective in one line. */
  public readonly title: string;
  /** Why it matters and what it does. */
  public readonly description: string;
  /** Harm when the objective is not met. */
  public readonly severity: Severity;
  /** Framework requirements it serves. */
  public readonly frameworks: FrameworkMapping[];
  /** Ids of the nearest controls of AWS Control Tower. */
  public readonly controlTower: string[];
  /** Sources of the AWS facts it relies on. */
  public readonly sources: string[];
  /** AWS refuses the request. */
  public readonly preventive: PreventiveMechanism[];
  /** New resources come out compliant. */
  public readonly defaults: DefaultMechanism[];
  /** Synthesis fails. */
  public readonly proactive: ProactiveMechanism[];
  /** AWS reports what exists. */
  public readonly detective: DetectiveMechanism[];
  /** Its own proof. */
  public readonly proof: ControlProof;

  public constructor(props: ControlProps) {
    if (!/^[A-Z][A-Z0-9]*\.[A-Z][A-Z0-9]*\.[0-9]+$/.test(props.id)) {
      throw new Error(`Control id "${props.id}" is not of the form PREFIX.AREA.N, like ACME.S3.1`);
    }
    const denies = (props.preventive ?? []).some((mechanism) => mechanism.statements.length > 0);
    if (denies && !(props.proof?.denies.length && props.proof.allows.length)) {
      throw new Error(`Control ${props.id} denies requests but proves nothing: give proof.denies and proof.allows at least one request each`);
    }
    this.id = props.id;
    this.title = props.title;
    this.description = props.description;
    this.severity = props.severity;
    this.frameworks = props.frameworks ?? [];
    this.controlTower = props.controlTower ?? [];
    this.sources = props.sources ?? [];
    this.preventive = props.preventive ?? [];
    this.defaults = props.defaults ?? [];
    this.proactive = props.proactive ?? [];
    this.detective = props.detective ?? [];
    this.proof = props.proof ?? { denies: [], allows: [] };
  }

  /** This control alone. */
  public get controls(): Control[] {
    return [this];
  }
}
