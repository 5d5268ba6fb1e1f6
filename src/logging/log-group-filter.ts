import { InputError } from '../model/input-error';

/**
 * What CloudWatch allows of a filter: https://docs.aws.amazon.com/OAM/latest/APIReference/API_LinkFilter.html and
 * https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/API_SourceLogsConfiguration.html (read 2026-11-23)
 */
const LIMITS = { operands: 5, characters: 2_000 } as const;

/** Amazon CloudWatch Logs API Reference, CreateLogGroup (read 2026-11-23). */
const NAME = /^[A-Za-z0-9_/.#-]{1,512}$/;

/**
 * Which log groups, by their names.
 *
 * @example
 * const lambda = LogGroupFilter.startingWith('/aws/lambda/', '/aws/eks/');
 * const quiet = LogGroupFilter.exceptStartingWith('/aws/codebuild/');
 */
export class LogGroupFilter {
  /** All of them. */
  public static all(): LogGroupFilter {
    return new LogGroupFilter('all', []);
  }

  /** Those with one of the names. Fails for what cannot be a name of a log group. */
  public static named(...names: string[]): LogGroupFilter {
    return new LogGroupFilter('named', names);
  }

  /** Those whose names begin with one of the texts, six at the most. Fails for what no name begins with. */
  public static startingWith(...prefixes: string[]): LogGroupFilter {
    return new LogGroupFilter('startingWith', prefixes);
  }

  /** All but those whose names begin with one of the texts. Fails for what no name begins with. */
  public static exceptStartingWith(...prefixes: string[]): LogGroupFilter {
    return new LogGroupFilter('exceptStartingWith', prefixes);
  }

  private constructor(private readonly kind: 'all' | 'named' | 'startingWith' | 'exceptStartingWith', private readonly texts: readonly string[]) {
    const wrong = texts.filter((text) => !NAME.test(text));
    const problems = [
      ...(kind !== 'all' && texts.length === 0 ? ['a name is missing'] : []),
      ...wrong.map((text) => `"${text}": letters, digits and _ - / . # are expected, 512 at the most`),
      ...[...new Set(texts.filter((text, at) => texts.indexOf(text) !== at))].map((text) => `"${text}" is named twice`),
    ];
    if (problems.length > 0) throw new InputError(`LogGroupFilter.${kind}: ${problems.join('; ')}`);
  }

  /** The filter as CloudWatch has it, without log groups whose names begin with `own`. Fails where it asks for those, and where it is longer than CloudWatch allows. @internal */
  public _expression(own?: string): string {
    const asked = own === undefined || !['named', 'startingWith'].includes(this.kind) ? [] : this.texts.filter((text) => text.startsWith(own) || (this.kind === 'startingWith' && own.startsWith(text)));
    if (asked.length > 0) throw new InputError(`LogGroupFilter.${this.kind}: "${asked.join('", "')}" takes in log groups that begin with "${own}", which are copies already`);
    const terms = this.terms(own);
    const text = terms.length === 0 ? '*' : terms.join(this.kind === 'startingWith' ? ' OR ' : ' AND ');
    if (terms.length - 1 > LIMITS.operands || text.length > LIMITS.characters) {
      throw new InputError(`LogGroupFilter.${this.kind}: ${terms.length} terms in ${text.length} characters, and CloudWatch allows ${LIMITS.operands + 1} terms in ${LIMITS.characters} characters. Name what they have in common`);
    }
    return text;
  }

  private terms(own: string | undefined): string[] {
    const except = own === undefined ? [] : [`LogGroupName NOT LIKE '${own}%'`];
    switch (this.kind) {
      case 'named': return [`LogGroupName IN (${this.texts.map((text) => `'${text}'`).join(', ')})`];
      case 'startingWith': return this.texts.map((text) => `LogGroupName LIKE '${text}%'`);
      case 'exceptStartingWith': return [...this.texts.map((text) => `LogGroupName NOT LIKE '${text}%'`), ...except];
      default: return except;
    }
  }
}
