import { Control, ControlRequest } from './control';
import { GuardrailStatement } from './mechanism';
import { ZoneValue } from './zone-value';
import { PolicyStatementJson } from '../analysis/policy-document';
import { ProofRequest } from '../model/organization-model';

/** The zone's own values, for a control's placeholders. A value may be a CDK token where only the deployment knows it. */
export interface ZoneValues {
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** `aws`, `aws-us-gov`, `aws-cn`. */
  readonly partition: string;
  readonly homeRegion?: string;
  readonly allowedRegions: readonly string[];
  readonly platformPrincipalArns: readonly string[];
}

/** A placeholder of a control that the zone has no value for. */
export class MissingZoneValue extends Error {
  public constructor(public readonly placeholder: string) {
    super(`no value for ${placeholder}`);
  }
}

/** The Sid that names a control's n-th statement (from 0), readable back by `isSidOf`: `LZTRAIL1`, `LZTRAIL1b`. */
export function sidOf(controlId: string, index: number): string {
  return controlId.replace(/\./g, '') + (index === 0 ? '' : String.fromCharCode('a'.charCodeAt(0) + index));
}

/** Whether a Sid names a statement of the control. */
export function isSidOf(sid: string, controlId: string): boolean {
  const first = sidOf(controlId, 0);
  return sid === first || (sid.startsWith(first) && /^[a-z]$/.test(sid.slice(first.length)));
}

/** The statements that a control contributes to policies of a type, with the zone's values and the platform's exemption filled in. */
export function renderStatements(control: Control, policyType: string, values: ZoneValues): PolicyStatementJson[] {
  const statements = control.preventive.filter((mechanism) => mechanism.policyType === policyType).flatMap((mechanism) => mechanism.statements);
  return statements.map((statement, index) => renderStatement(statement, sidOf(control.id, index), policyType, values));
}

function renderStatement(statement: GuardrailStatement, sid: string, policyType: string, values: ZoneValues): PolicyStatementJson {
  const conditions: { [operator: string]: { [key: string]: any } } = {};
  for (const [operator, keys] of Object.entries(statement.conditions ?? {})) conditions[operator] = { ...keys };
  if (statement.exemptPlatform ?? true) {
    const existing = conditions.ArnNotLike?.['aws:PrincipalArn'] ?? [];
    conditions.ArnNotLike = { ...conditions.ArnNotLike, 'aws:PrincipalArn': [...[existing].flat(), ZoneValue.PLATFORM_PRINCIPAL_ARNS] };
  }
  return fill({
    Sid: sid,
    Effect: 'Deny',
    ...(policyType === 'RESOURCE_CONTROL_POLICY' ? { Principal: '*' } : {}),
    ...(statement.actions ? { Action: unwrap(statement.actions) } : { NotAction: unwrap(statement.notActions ?? []) }),
    ...(statement.notResources ? { NotResource: unwrap(statement.notResources) } : { Resource: unwrap(statement.resources ?? ['*']) }),
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  }, values);
}

/** A control's proof with the zone's values filled in. */
export function renderRequest(request: ControlRequest, values: ZoneValues): ProofRequest {
  return fill(request, values);
}

/** Any JSON with the zone's values in place of the placeholders. Throws `MissingZoneValue`. */
export function fill(json: any, values: ZoneValues): any {
  if (typeof json === 'string') {
    const several = SEVERAL[json]?.(values);
    return several ? unwrap(need(json, several)) : fillString(json, values);
  }
  if (Array.isArray(json)) {
    return json.flatMap((item) => (typeof item === 'string' && SEVERAL[item] ? need(item, SEVERAL[item](values)) : [fill(item, values)]));
  }
  if (json !== null && typeof json === 'object') {
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fill(value, values)]));
  }
  return json;
}

const SEVERAL: { readonly [placeholder: string]: (values: ZoneValues) => readonly string[] } = {
  [ZoneValue.ALLOWED_REGIONS]: (values) => values.allowedRegions,
  [ZoneValue.PLATFORM_PRINCIPAL_ARNS]: (values) => values.platformPrincipalArns,
};

function fillString(text: string, values: ZoneValues): string {
  return text.replace(/\$\{zone:[A-Za-z]+\}/g, (placeholder) => {
    switch (placeholder) {
      case ZoneValue.ORGANIZATION_ID: return values.organizationId;
      case ZoneValue.MANAGEMENT_ACCOUNT_ID: return values.managementAccountId;
      case ZoneValue.PARTITION: return values.partition;
      case ZoneValue.HOME_REGION:
        if (values.homeRegion === undefined) throw new MissingZoneValue(placeholder);
        return values.homeRegion;
      default: throw new MissingZoneValue(placeholder);
    }
  });
}

function need(placeholder: string, list: readonly string[]): readonly string[] {
  if (list.length === 0) throw new MissingZoneValue(placeholder);
  return list;
}

function unwrap(list: readonly string[]): any {
  return list.length === 1 ? list[0] : list;
}

