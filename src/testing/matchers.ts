import { Expectation, ExpectationOptions, verdictOf } from './expectation';
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
    const { holds, message } = verdictOf(expectation, subjectOf(received), actions, options[0] ?? {});
    // What could not be decided fails with and without `not`.
    return { pass: holds ?? this?.isNot === true, message: () => (this?.isNot === true ? message.replace(/^expected /, 'expected not: ') : message) };
  };
}

/** The matchers, for `expect.extend`. */
export const landingZoneMatchers = {
  toNeverAllow: matcher('never'),
  toAllow: matcher('ever'),
  toAlwaysAllow: matcher('always'),
};

/** What a test may expect of accounts: of a `LandingZone`, `Organization`, `OrganizationalUnit`, `Account`, or of what `landingZone` read. */
export interface LandingZoneMatchers<R> {
  /** Nobody can, in any context and in any of the accounts; the zone's platform principals are left out unless `except` says otherwise. */
  toNeverAllow(action: string, ...more: ReadonlyArray<string | ExpectationOptions>): R;
  /** In each account each action can be done in some context: the guardrails leave a way. */
  toAllow(action: string, ...more: ReadonlyArray<string | ExpectationOptions>): R;
  /** In each account nothing stops each action, whatever the context. */
  toAlwaysAllow(action: string, ...more: ReadonlyArray<string | ExpectationOptions>): R;
}
