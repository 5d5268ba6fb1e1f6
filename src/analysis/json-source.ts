/** A place in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a value stands: the names and indexes on the way to it. */
export type JsonPath = ReadonlyArray<string | number>;

export interface JsonProblem extends Position {
  readonly path: JsonPath;
  readonly message: string;
  readonly expected: string;
}

export interface JsonSource {
  /** The value, when the text is JSON. */
  readonly value?: unknown;
  readonly problems: readonly JsonProblem[];
  /** Where a value, or a member with its name, begins. */
  position(path: JsonPath): Position | undefined;
}

const MAX_DEPTH = 64;

/** `Statement[2].Condition.StringEquals`. */
export function pathText(path: JsonPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

class JsonError extends Error {
  public constructor(public readonly offset: number, message: string, public readonly expected: string) {
    super(message);
  }
}

/** Reads JSON as `JSON.parse` does, and also says where each value stands and which names are written twice. Depth is limited. */
export function readJson(text: string): JsonSource {
  const reader = new Reader(text);
  const position = (offset: number): Position => {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/);
    return { line: before.length, column: before[before.length - 1].length + 1 };
  };
  const find = (path: JsonPath): Position | undefined => {
    const offset = reader.offsets.get(JSON.stringify(path));
    return offset === undefined ? undefined : position(offset);
  };
  try {
    const value = reader.read();
    return {
      value,
      position: find,
      problems: reader.duplicates.map(({ offset, path }) => ({
        ...position(offset), path, message: `"${String(path[path.length - 1])}" is written twice`, expected: 'each name once; AWS would keep only one of them',
      })),
    };
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error;
    }
    return { position: find, problems: [{ ...position(error.offset), path: [], message: error.message, expected: error.expected }] };
  }
}

class Reader {
  public readonly offsets = new Map<string, number>();
  public readonly duplicates: Array<{ readonly offset: number; readonly path: JsonPath }> = [];
  private at = 0;

  public constructor(private readonly text: string) {}

  public read(): unknown {
    const value = this.value([]);
    this.space();
    if (this.at < this.text.length) {
      throw new JsonError(this.at, `${this.found()} after the end of the document`, 'one JSON value');
    }
    return value;
  }

  private value(path: JsonPath): unknown {
    this.space();
    if (path.length > MAX_DEPTH) {
      throw new JsonError(this.at, `nested deeper than ${MAX_DEPTH} levels`, 'a policy needs about 5');
    }
    const id = JSON.stringify(path);
    if (!this.offsets.has(id)) {
      this.offsets.set(id, this.at);
    }
    switch (this.text[this.at]) {
      case '{': return this.object(path);
      case '[': return this.array(path);
      case '"': return this.string();
      default: return this.scalar();
    }
  }

  private object(path: JsonPath): unknown {
    const members = new Map<string, unknown>();
    this.at++;
    this.space();
    while (this.text[this.at] !== '}') {
      if (members.size > 0) {
        this.expect(',', 'a comma, or } at the end of the object');
        this.space();
      }
      if (this.text[this.at] !== '"') {
        throw new JsonError(this.at, `${this.found()} where a name should be`, 'a name in double quotes (and no comma after the last member)');
      }
      const offset = this.at;
      const name = this.string();
      const member = [...path, name];
      if (members.has(name)) {
        this.duplicates.push({ offset, path: member });
      }
      this.offsets.set(JSON.stringify(member), offset);
      this.space();
      this.expect(':', `a colon after the name "${name}"`);
      members.set(name, this.value(member));
      this.space();
    }
    this.at++;
    const object = {};
    members.forEach((value, name) => Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true }));
    return object;
  }

  private array(path: JsonPath): unknown[] {
    const items: unknown[] = [];
    this.at++;
    this.space();
    while (this.text[this.at] !== ']') {
      if (items.length > 0) {
        this.expect(',', 'a comma, or ] at the end of the list');
      }
      items.push(this.value([...path, items.length]));
      this.space();
    }
    this.at++;
    return items;
  }

  private string(): string {
    const match = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (!found) {
      throw new JsonError(this.at, 'a text that does not end, or has a character JSON wants escaped', 'a closing double quote; line breaks and \\ escaped');
    }
    this.at = match.lastIndex;
    return JSON.parse(found[0]) as string;
  }

  private scalar(): unknown {
    const match = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (!found) {
      throw new JsonError(this.at, `${this.found()} where a value should be`, 'an object, a list, a text in double quotes, a number, true, false or null');
    }
    this.at = match.lastIndex;
    return JSON.parse(found[0]);
  }

  private expect(char: string, expected: string): void {
    if (this.text[this.at] !== char) {
      throw new JsonError(this.at, `${this.found()} is not expected here`, expected);
    }
    this.at++;
  }

  private found(): string {
    const rest = /\S{1,20}/y;
    rest.lastIndex = this.at;
    return this.at >= this.text.length ? 'the end of the file' : `"${rest.exec(this.text)?.[0] ?? this.text[this.at]}"`;
  }

  private space(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) {
      this.at++;
    }
  }
}
