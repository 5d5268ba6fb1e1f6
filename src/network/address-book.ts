import { existsSync, readFileSync } from 'fs';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';
import { Problem } from '../model/organization-definition';
import { formatProblems } from '../model/organization-file/format-problems';
import { YamlSource } from '../model/organization-file/yaml-source';

/**
 * Which spoke has which addresses, written down: a YAML or JSON file of keys and blocks. What is written down never moves, and is kept while the spoke is away.
 *
 * @example
 * const book = AddressBook.of({ 'payments-prod': '10.0.16.0/20' });
 */
export class AddressBook {
  /** Reads a file: `payments-prod: 10.0.16.0/20`, a line a spoke. Fails with all of its mistakes at once. */
  public static load(file: string): AddressBook {
    if (!existsSync(file)) throw new InputError(`${file} does not exist. An address book has a line a spoke: payments-prod: 10.0.16.0/20`);
    const { source, problems } = YamlSource.parse(readFileSync(file, 'utf8'), file);
    if (!source) throw new InputError(formatProblems(problems, file));
    const data: unknown = source.data;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new InputError(`${file} should be a list of keys and blocks, like payments-prod: 10.0.16.0/20`);
    const wrong = problemsOf(Object.entries(data), (key) => source.valueAt([key]));
    if (wrong.length > 0) throw new InputError(formatProblems(wrong, file));
    return new AddressBook(file, data as { [key: string]: string });
  }

  /** A book from code: key of the spoke to its block. Fails with all of its mistakes at once. */
  public static of(entries: { [key: string]: string }): AddressBook {
    const wrong = problemsOf(Object.entries(entries), () => ({ file: 'AddressBook' }));
    if (wrong.length > 0) throw new InputError(formatProblems(wrong, 'AddressBook'));
    return new AddressBook('the address book', entries);
  }

  private readonly blocks: ReadonlyMap<string, string>;

  private constructor(
    /** Where it was read from, for messages. */
    public readonly source: string,
    entries: { [key: string]: string },
  ) {
    this.blocks = new Map(Object.entries(entries));
  }

  /** The block of a spoke; undefined when it is not written down. */
  public cidrOf(key: string): string | undefined {
    return this.blocks.get(key);
  }

  /** @internal */
  public _entries(): [string, string][] {
    return [...this.blocks];
  }
}

function problemsOf(entries: [string, unknown][], placeOf: (key: string) => Problem['place']): Problem[] {
  const problems: Problem[] = [];
  const blocks: [string, Cidr][] = [];
  for (const [key, text] of entries) {
    const block = typeof text === 'string' ? Cidr.parse(text) : undefined;
    if (!block) {
      const meant = typeof text === 'string' ? Cidr.meant(text) : undefined;
      problems.push({ place: placeOf(key), message: `${key} has ${JSON.stringify(text)}, a block such as 10.0.16.0/20 is expected`, ...(meant ? { hint: `did you mean ${meant.toString()}?` } : {}) });
      continue;
    }
    for (const [other, taken] of blocks.filter(([, known]) => known.overlaps(block))) {
      problems.push({ place: placeOf(key), message: `${key} (${block.toString()}) overlaps ${other} (${taken.toString()})`, hint: 'give one of them another block' });
    }
    blocks.push([key, block]);
  }
  return problems;
}
