import { Expectation, ExpectationOptions, verdictOf } from './expectation';
import { inspectionVerdict, NetworkVerdict, reachVerdict, TrafficOptions } from './network-expectation';
import { egressOf, placeOf } from './network-subject';
import { subjectOf } from './subject';

type Words = ReadonlyArray<string | ExpectationOptions>;

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What `expect` of Jest, and of test runners like it, binds a matcher to. */
interface MatcherContext {
  readonly isNot?: boolean;
}

function matcher(expectation: Expectation) {
  return function (this: MatcherContext | void, received: unknown, ...words: Words): MatcherResult {
    const options = words.filter((word): word is ExpectationOptions => typeof word !== 'string');
    const actions = words.filter((word): word is string => typeof word === 'string');
    if (actions.length === 0 || options.length > 1 || (options.length === 1 && words[words.length - 1] !== options[0])) {
      throw new Error('Expected one or more actions, like \'cloudtrail:StopLogging\' or \'s3:Put*\', and at most one object of options behind them');
    }
    const malformed = actions.filter((action) => !/^(\*|[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?]+)$/.test(action));
    if (malformed.length > 0) {
      throw new Error(`${malformed.map((action) => `"${action}"`).join(', ')}: an action is written service:Name, like cloudtrail:StopLogging; * and ? are wildcards`);
    }
    return resultOf(this, verdictOf(expectation, subjectOf(received), actions, options[0] ?? {}));
  };
}

function toReach(this: MatcherContext | void, received: unknown, target: string, options: TrafficOptions = {}): MatcherResult {
  return resultOf(this, reachVerdict(placeOf(received), target, options));
}

function toPassInspection(this: MatcherContext | void, received: unknown): MatcherResult {
  return resultOf(this, inspectionVerdict(egressOf(received)));
}

/** What could not be decided fails with and without `not`. */
function resultOf(context: MatcherContext | void, { holds, message }: NetworkVerdict): MatcherResult {
  const isNot = context?.isNot === true;
  return { pass: holds ?? isNot, message: () => (isNot ? message.replace(/^expected /, 'expected not: ') : message) };
}

/** The matchers, for `expect.extend`. */
export const landingZoneMatchers = {
  toNeverAllow: matcher('never'),
  toAllow: matcher('ever'),
  toAlwaysAllow: matcher('always'),
  toReach,
  toPassInspection,
};

/** What a test may expect of networks (`toReach`, `toPassInspection`), and of accounts: of a `LandingZone`, `Organization`, `OrganizationalUnit`, `Account`, or of what `landingZone` read. */
export interface LandingZoneMatchers<R> {
  /** Nobody can, in any context and in any of the accounts; the zone's platform principals are left out unless `except` says otherwise. */
  toNeverAllow(action: string, ...more: ReadonlyArray<string | ExpectationOptions>): R;
  /** In each account each action can be done in some context: the guardrails leave a way. */
  toAllow(action: string, ...more: ReadonlyArray<string | ExpectationOptions>): R;
  /** In each account nothing stops each action, whatever the context. */
  toAlwaysAllow(action: string, ...more: ReadonlyArray<string | ExpectationOptions>): R;
  /**
   * Everyone in a segment, spoke or other place opens connections to everyone at the target, and answers come back. With `not`: nobody does. Either fails where only some do,
   * or where it is not known. The target is a segment's name, or a place like `vpc:NAME`, `account:NAME`, a CIDR block, `internet`, `on-premises`.
   */
  toReach(target: string, options?: TrafficOptions): R;
  /** Everything that leaves `zone.network.internetEgress()` passes a firewall, from every VPC and zone. It holds where nothing leaves. */
  toPassInspection(): R;
}
