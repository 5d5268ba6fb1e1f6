import { Composer, CST, Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, Parser, visit, YAMLMap } from 'yaml';
import { Place, Problem } from '../organization-definition';

/** Larger files are refused; 50,000 accounts need about four. */
const MAX_BYTES = 10_000_000;

/** Deeper files are refused before anything walks them recursively; an organization with five levels of units needs about 20. */
const MAX_DEPTH = 64;

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
   * Parses without anything that executes or expands: anchors, aliases, merge keys, custom tags, several documents and nesting without end are refused
   * with their places.
   */
  public static parse(text: string, file: string): { source?: YamlSource; problems: Problem[] } {
    if (Buffer.byteLength(text) > MAX_BYTES) {
      return { problems: [{ place: { file }, message: `the file has ${Buffer.byteLength(text).toLocaleString('en-US')} bytes`, hint: `expected at most ${MAX_BYTES.toLocaleString('en-US')}` }] };
    }
    const lines = linesOf(text);
    const place = (offset: number | undefined) => placeOf(file, lines, offset);
    const tokens = [...new Parser().parse(text)];
    const deep = tooDeep(tokens);
    if (deep !== undefined) return { problems: [{ place: place(deep), message: `nested deeper than ${MAX_DEPTH} levels`, hint: 'no data file here is; write it flatter' }] };
    // The library compares each key with every other one of its map; duplicates() below does it once.
    const documents = [...new Composer({ uniqueKeys: false, schema: 'core', merge: false, prettyErrors: false, stringKeys: true }).compose(tokens, true, text.length)];
    const document = documents[0];
    const problems: Problem[] = [];
    const refuse = (offset: number | undefined, message: string, hint: string) => { problems.push({ place: place(offset), message, hint }); };
    const told = new Set<number>();
    for (const { message, pos } of documents.flatMap(({ errors }) => errors)) {
      // A mistake makes others at its place, so the first is told.
      if (!told.has(pos[0])) refuse(pos[0], message.split('\n')[0]!, 'expected YAML 1.2');
      told.add(pos[0]);
    }
    if (!document || (document.contents === null && problems.length === 0) || text.trim() === '') return { problems: [{ place: { file }, message: 'the file is empty', hint: 'expected content' }] };
    if (documents.length > 1) refuse(documents[1]!.range[0], 'a second document', 'expected one');
    visit(document, (_, node) => {
      if (isAlias(node)) refuse(node.range?.[0], `alias *${node.source}`, 'aliases are not supported: they can expand without bound or form a cycle; write it out');
      else if (isNode(node) && 'anchor' in node && node.anchor !== undefined) refuse(node.range?.[0], `anchor &${node.anchor}`, 'anchors are not supported; write it out');
      if (isNode(node) && node.tag !== undefined && !CORE_TAGS.has(node.tag)) refuse(node.range?.[0], `tag ${node.tag}`, 'custom tags are not supported');
      if (isPair(node) && isScalar(node.key) && node.key.value === '<<') refuse(node.key.range?.[0], 'merge key <<', 'merge keys are not supported; write it out');
      if (isMap(node)) {
        for (const { key, offset, first } of duplicates(node)) refuse(offset, `key "${key}" is written twice`, `first at ${lineText(place(first))}; keep one`);
      }
    });
    return problems.length > 0 ? { problems } : { source: new YamlSource(file, document, lines), problems };
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
    return placeOf(this.file, this.lines, offset);
  }
}

/** Where lines begin. The parser's own count is wrong after texts over several lines within brackets. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  return lines;
}

function placeOf(file: string, lines: LineCounter, offset: number | undefined): Place {
  if (offset === undefined) return { file };
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}

/** `line 4`, or the file where the line is not known. */
export function lineText({ file, line }: Place): string {
  return line !== undefined ? `line ${line}` : file;
}

function pathKey(path: readonly (string | number)[]): string {
  return JSON.stringify(path.map(String));
}

/** Keys of a map that were there already, with where. */
function duplicates({ items }: YAMLMap): { key: string; offset: number | undefined; first: number | undefined }[] {
  const first = new Map<string, number | undefined>();
  return items.flatMap(({ key: node }) => {
    if (!isScalar(node)) return [];
    const key = String(node.value);
    const offset = node.range?.[0];
    if (first.has(key)) return [{ key, offset, first: first.get(key) }];
    first.set(key, offset);
    return [];
  });
}

/** Where nesting exceeds the limit. Goes by a list of its own, because the call stack is what such a file is after. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return 'offset' in token ? token.offset : undefined;
    const inside: (CST.Token | null | undefined)[] = 'items' in token ? token.items.flatMap((item): (CST.Token | null | undefined)[] => [item.key, item.value]) : token.type === 'document' ? [token.value] : [];
    for (const child of inside) if (child) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}
