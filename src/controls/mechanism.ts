import { CfnResource, IPropertyInjector } from 'aws-cdk-lib';

/**
 * One Deny statement of a preventive control, as data.
 *
 * Values may hold the zone's own values (`ZoneValue`), filled in where the control is enabled.
 */
export interface GuardrailStatement {
  /** Actions it denies; exactly one of `actions` and `notActions`. @default - notActions is given */
  readonly actions?: string[];
  /** It denies all actions but these. @default - actions is given */
  readonly notActions?: string[];
  /** Resource ARNs. @default ['*'] */
  readonly resources?: string[];
  /** All resources but these. @default - resources */
  readonly notResources?: string[];
  /** Condition block of the policy language: operator to key to values. @default - none */
  readonly conditions?: { [operator: string]: any };
  /** Whether the platform principals are exempt. Opt out only where they are not meant, as for the root user. @default true */
  readonly exemptPlatform?: boolean;
}

/**
 * Preventive: AWS refuses the request, for the whole organization.
 */
export class PreventiveMechanism {
  /** Statements of a service control policy. */
  public static serviceControl(...statements: GuardrailStatement[]): PreventiveMechanism {
    return new PreventiveMechanism('SERVICE_CONTROL_POLICY', statements, undefined);
  }

  /** Statements of a resource control policy; the principal is everybody, as AWS wants it. */
  public static resourceControl(...statements: GuardrailStatement[]): PreventiveMechanism {
    return new PreventiveMechanism('RESOURCE_CONTROL_POLICY', statements, undefined);
  }

  /** Content of a management policy (declarative, backup, tag, S3, ...) with its inheritance operators. */
  public static managementPolicy(type: string, content: any): PreventiveMechanism {
    return new PreventiveMechanism(type, [], content);
  }

  private constructor(
    /** CloudFormation's name of the policy type. */
    public readonly policyType: string,
    /** Empty for a management policy. */
    public readonly statements: GuardrailStatement[],
    /** Document of a management policy. */
    public readonly content: any,
  ) {}
}

/**
 * A rule on one synthesized resource.
 */
export interface IProactiveRule {
  /**
   * Findings in words, empty when the resource complies, undefined when the rule does not apply to it.
   * A value that cannot be resolved at synth counts as a finding.
   */
  findings(resource: CfnResource): string[] | undefined;
}

/**
 * Proactive: synthesis fails, through the `LandingZoneChecks` nag pack, under the control's id.
 */
export class ProactiveMechanism {
  /** A rule, and what it asks for in one sentence. */
  public static nagRule(objective: string, rule: IProactiveRule): ProactiveMechanism {
    return new ProactiveMechanism(objective, rule);
  }

  private constructor(
    /** What it asks for in one sentence. */
    public readonly objective: string,
    /** The rule. */
    public readonly rule: IProactiveRule,
  ) {}
}

/**
 * Default: a new resource comes out compliant without anybody writing it.
 */
export class DefaultMechanism {
  /** A property injector for one L2 construct, and what it does in one sentence. */
  public static propertyInjector(effect: string, injector: IPropertyInjector): DefaultMechanism {
    return new DefaultMechanism(effect, injector);
  }

  private constructor(
    /** What it does in one sentence. */
    public readonly effect: string,
    /** Applied to an app, stage or stack. */
    public readonly injector: IPropertyInjector,
  ) {}
}

/**
 * Detective: AWS reports what exists and does not comply.
 */
export class DetectiveMechanism {
  /** An AWS managed Config rule by its identifier: `CLOUD_TRAIL_ENABLED`. */
  public static configRule(identifier: string): DetectiveMechanism {
    return new DetectiveMechanism('AWS Config', identifier);
  }

  /** A Security Hub control by its id: `CloudTrail.1`. */
  public static securityHub(controlId: string): DetectiveMechanism {
    return new DetectiveMechanism('Security Hub', controlId);
  }

  private constructor(
    /** `AWS Config` or `Security Hub`. */
    public readonly service: string,
    /** Identifier of the rule or control in that service. */
    public readonly identifier: string,
  ) {}
}
