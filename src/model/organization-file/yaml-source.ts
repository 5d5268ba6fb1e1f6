import { Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, visit } from 'yaml';
import { Place, Problem } from '../organization-definition';

/** Larger files are refused; 50,000 accounts need about five. */
const MAX_BYTES = 10_000_000;

/** The tags of plain data. */
const CORE_TAGS = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`));

/** Where a part begins: its key, when it stands in a map, and its value. */
interface Offsets {
  readonly key: number | undefined;
  readonly value: number | undefined;
}

/** A YAML text as plain data, with the place of every part of it. */
export class YamlSource {
  /**
   * Parses without anything that executes or expands: anchors, aliases, merge keys, custom tags and several documents are refused with their places.
   */
  public static parse(text: string, file: string): { source?: YamlSource; problems: Problem[] } {
    if (Buffer.byteLength(text) > MAX_BYTES) {
      return { problems: [{ place: { file }, message: `the file has ${Buffer.byteLength(text).toLocaleString('en-US')} bytes`, hint: `expected at most ${MAX_BYTES.toLocaleString('en-US')}` }] };
    }
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, schema: 'core', merge: false, prettyErrors: false, stringKeys: true });
    if (!Array.isArray(documents) || documents.length === 0) return { problems: [{ place: { file }, message: 'the file is empty', hint: 'expected a map with the key "organization"' }] };
    const document = documents[0] as Document.Parsed;
    const source = new YamlSource(file, document, lines);
    const problems: Problem[] = [];
    const refuse = (offset: number | undefined, message: string, hint: string) => { problems.push({ place: source.at(offset), message, hint }); };
    for (const { errors } of documents) {
      for (const { message, pos, code } of errors) {
        refuse(pos[0], code === 'DUPLICATE_KEY' ? 'the same key twice in a map' : message.split('\n')[0]!, code === 'DUPLICATE_KEY' ? 'keep one' : 'expected YAML 1.2');
      }
    }
    if (documents.length > 1) refuse(documents[1]!.range[0], 'a second document', 'expected one');
    visit(document, (key, node) => {
      if (isAlias(node)) refuse(node.range?.[0], `alias *${node.source}`, 'aliases are not supported: they can expand without bound or form a cycle; write it out');
      else if (isNode(node) && 'anchor' in node && node.anchor !== undefined) refuse(node.range?.[0], `anchor &${node.anchor}`, 'anchors are not supported; write it out');
      if (isNode(node) && node.tag !== undefined && !CORE_TAGS.has(node.tag)) refuse(node.range?.[0], `tag ${node.tag}`, 'custom tags are not supported');
      if (isPair(node) && isScalar(node.key) && node.key.value === '<<') refuse((node.key as any).range?.[0], 'merge key <<', 'merge keys are not supported; write it out');
      void key;
    });
    return problems.length > 0 ? { problems } : { source, problems };
  }

  private offsets: Map<string, Offsets> | undefined;

  private constructor(private readonly file: string, private readonly document: Document.Parsed, private readonly lines: LineCounter) {}

  /** The whole as plain data. */
  public get data(): any {
    return this.document.toJS({ maxAliasCount: 0 });
  }

  /** Place of a value by its path of keys and indexes. */
  public valueAt(path: readonly (string | number)[]): Place {
    const entry = this.index().get(pathKey(path));
    return entry?.value !== undefined ? this.at(entry.value) : this.keyAt(path);
  }

  /** Place of a key, or of a list's item, by path; of the nearest part above when there is none. */
  public keyAt(path: readonly (string | number)[]): Place {
    const entry = this.index().get(pathKey(path));
    if (entry) return this.at(entry.key ?? entry.value);
    return path.length === 0 ? this.at(undefined) : this.keyAt(path.slice(0, -1));
  }

  /** Offsets of every part, made once. */
  private index(): Map<string, Offsets> {
    if (!this.offsets) {
      const offsets = new Map<string, Offsets>();
      const walk = (node: unknown, path: readonly (string | number)[], key: number | undefined) => {
        const value = isNode(node) ? node.range?.[0] : undefined;
        offsets.set(pathKey(path), { key, value });
        if (isMap(node)) node.items.forEach((pair) => isScalar(pair.key) && walk(pair.value, [...path, String(pair.key.value)], pair.key.range?.[0]));
        if (isSeq(node)) node.items.forEach((item, position) => walk(item, [...path, position], undefined));
      };
      walk(this.document.contents, [], undefined);
      this.offsets = offsets;
    }
    return this.offsets;
  }

  private at(offset: number | undefined): Place {
    if (offset === undefined) return { file: this.file };
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col };
  }
}

function pathKey(path: readonly (string | number)[]): string {
  return JSON.stringify(path.map(String));
}
