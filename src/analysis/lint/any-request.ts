import { Context, KeyState } from '../context';
import { globOf } from '../glob';
import { AccountPolicies } from '../policy-document';
import { readRequest, RESOURCE, RequestFacts } from '../request-facts';
import { LintPolicy } from './lint-finding';

/** Some account: what is asked hangs on no account in particular. */
const ANY: AccountPolicies = {
  account: { id: '123456789012', name: 'any', isManagement: false }, partition: '*', organizationId: '', organizationPath: '', serviceControl: [], resourceControl: [], unknown: [],
};

/**
 * Keys that only requests of AWS services have, which no service control policy binds.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Availability" (read 2026-11-22).
 */
export const KEYS_OF_AWS_SERVICES: readonly string[] = [
  'aws:principalservicename', 'aws:principalservicenameslist', 'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths',
];

/** A principal of some account. `aws:PrincipalArn` and `aws:PrincipalIsAWSService` are in every signed request, and every request that a service control policy binds is signed. */
const OF_A_PRINCIPAL: ReadonlyArray<readonly [string, KeyState]> = [
  ['aws:principalarn', { kind: 'pattern', glob: globOf('arn:*:*::*:*') }],
  ['aws:principalisawsservice', { kind: 'values', values: ['false'] }],
  ...KEYS_OF_AWS_SERVICES.map((key) => [key, { kind: 'absent' }] as const),
];

/** What is known of a request beside whom the type of policy binds. */
export interface KnownPart {
  /** @default - some action */
  readonly action?: string;
  /** @default - any resource */
  readonly resource?: KeyState;
}

/**
 * Any request that a type of policy binds. One that a resource control policy binds may come from anybody.
 *
 * @param setKeys keys, in lower case, that may have several values
 */
export function anyRequest(kind: LintPolicy['kind'], setKeys: Iterable<string>, { action = 'any:Any', resource }: KnownPart = {}): RequestFacts {
  const states = new Map<string, KeyState>([...(kind === 'service-control' ? OF_A_PRINCIPAL : []), ...(resource ? [[RESOURCE, resource] as const] : [])]);
  return { ...readRequest({ action }, ANY, setKeys, resource), context: new Context(states, setKeys) };
}
