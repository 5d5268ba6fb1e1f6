import { Place } from '../../organization-definition';
import { YamlSource } from '../../organization-file/yaml-source';

type Path = readonly (string | number)[];

/** What was read of a file, and what of it was not. */
export class LzaReadings {
  private readonly read = new Set<string>();

  public constructor(private readonly source: YamlSource, private readonly data: any) {}

  /** The whole file. */
  public get root(): LzaNode {
    return new LzaNode(this, this.data, []);
  }

  public mark(path: Path): void {
    this.read.add(JSON.stringify(path));
  }

  public placeOf(path: Path): Place {
    return this.source.keyAt(path);
  }

  /** Keys that nobody asked for, each with its path and place; what lies below one is not told. */
  public unread(): { readonly path: Path; readonly place: Place }[] {
    const found: Path[] = [];
    const visit = (data: any, path: Path): void => {
      if (typeof data !== 'object' || data === null || this.isWhole(path)) return;
      for (const [key, value] of Object.entries(data)) {
        const below = [...path, Array.isArray(data) ? Number(key) : key];
        const isItem = Array.isArray(data);
        if (isItem || this.read.has(JSON.stringify(below))) visit(value, below);
        else if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) found.push(below);
      }
    };
    visit(this.data, []);
    return found.map((path) => ({ path, place: this.placeOf(path) }));
  }

  private isWhole(path: Path): boolean {
    return this.read.has(JSON.stringify([...path, '*']));
  }
}

/** A part of a configuration that remembers what is read of it. */
export class LzaNode {
  public constructor(private readonly readings: LzaReadings, private readonly data: any, private readonly path: Path) {}

  public get place(): Place {
    return this.readings.placeOf(this.path);
  }

  public has(key: string): boolean {
    return this.value(key) !== undefined && this.value(key) !== null;
  }

  /** A text; undefined when there is none. */
  public text(key: string): string | undefined {
    const value = this.value(key);
    return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
  }

  public flag(key: string): boolean | undefined {
    const text = this.text(key);
    return text === undefined ? undefined : text === 'true' || text === 'enable';
  }

  public texts(key: string): string[] {
    const value = this.value(key);
    return (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).filter((item) => typeof item !== 'object').map(String);
  }

  public child(key: string): LzaNode | undefined {
    const value = this.value(key);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? new LzaNode(this.readings, value, [...this.path, key]) : undefined;
  }

  /** The maps of a list. */
  public items(key: string): LzaNode[] {
    const value = this.value(key);
    return Array.isArray(value) ? value.flatMap((item, index) => (typeof item === 'object' && item !== null ? [new LzaNode(this.readings, item, [...this.path, key, index])] : [])) : [];
  }

  /** A part as plain data, which then counts as read whole. */
  public whole(key: string): any {
    const value = this.value(key);
    this.readings.mark([...this.path, key, '*']);
    return value;
  }

  private value(key: string): any {
    this.readings.mark([...this.path, key]);
    return this.data[key];
  }
}
