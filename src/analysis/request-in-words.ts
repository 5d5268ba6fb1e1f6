import { evaluate } from './evaluate';
import { AccountPolicies } from './policy-document';
import { AccessRequest, Reason } from './request';

/** A request, a line for each thing that is known of it; with several resources, what they share and then what each has of its own. */
export function requestLines([request, ...others]: readonly AccessRequest[]): string[] {
  const own = [request, ...others].map(contextLines);
  const shared = own[0].filter((line) => own.every((lines) => lines.includes(line)));
  const resources = [request, ...others].flatMap(({ resource }, index) => {
    const lines = own[index].filter((line) => !shared.includes(line));
    return resource === undefined ? lines.map((line) => `           ${line}`) : [`resource   ${resource}${lines.length > 0 ? `, ${lines.join(', ')}` : ''}`];
  });
  return [
    `action     ${request.action}`,
    ...(request.principal !== undefined ? [`principal  ${request.principal}`] : []),
    ...resources,
    ...shared.map((line, index) => `${index === 0 ? 'context' : '       '}    ${line}`),
  ];
}

function contextLines({ context }: AccessRequest): string[] {
  return Object.entries(context ?? {}).map(([key, value]) => `${key} ${value === null ? 'is absent' : `= ${[value].flat().join(', ')}`}`);
}

/** A request in one line: `role/any, arn:aws:s3:::any, aws:RequestedRegion = eu-north-1`. */
export function requestInWords(request: AccessRequest, accountId: string): string {
  const principal = request.principal?.replace(new RegExp(`^arn:[^:]+:iam::${accountId}:`), '') ?? 'any principal';
  return [principal, ...(request.resource !== undefined ? [request.resource] : []), ...contextLines(request)].join(', ');
}

/** A statement and where it stands: `statement LZTRAIL1 of policy foundational-1 at Root`. */
export function placeOf({ policy, statement, level, effect }: Reason): string {
  return effect === 'NoAllow' ? `no policy at ${level} allows it`
    : effect === 'Unknown' ? `${policy}, which could not be resolved` : `statement ${statement} of policy ${policy} at ${level}`;
}

/** The Deny statements that are about an action and that a request gets past, each with what it asks; and those that spare its principal. */
export function passedBy({ action, principal }: AccessRequest, account: AccountPolicies): string[] {
  const denies = (asked: AccessRequest): Reason[] => evaluate(asked, account).reasons.filter(({ effect }) => effect === 'Deny');
  const own = new Map(denies({ action, ...(principal !== undefined && { principal }) }).map((reason) => [placeOf(reason), reason]));
  return denies({ action }).map(placeOf).map((place) => {
    const reason = own.get(place);
    return reason ? `${place} denies it only when ${reason.when ?? 'it applies'}` : `${place} spares the principal`;
  });
}
