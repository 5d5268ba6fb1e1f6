import { existsSync, readFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import ts from 'typescript';
import { CatalogInput, CatalogPart } from '../src/model/golden-path-catalog';

const FOLDER = join(__dirname, '..', 'src', 'paved-road', 'golden');

/** `HttpApiFunction`: `http-api-function`. */
export function fileNameOf(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** What the source of a golden path says: its docstring, what goes in by its properties, and what is public of it. Fails where something has no docstring. */
export function sourceOf(name: string): { readonly summary: string; readonly inputs: CatalogInput[]; readonly inside: CatalogPart[] } {
  const file = parsed(join(FOLDER, `${fileNameOf(name)}.ts`));
  const found = declarationIn(file, name, ts.isClassDeclaration);
  if (!found) throw new Error(`${file.fileName} has no class ${name}`);
  const constructor = found.members.find(ts.isConstructorDeclaration);
  const props = constructor?.parameters[2]?.type?.getText(file);
  if (props === undefined) throw new Error(`the constructor of ${name} takes no properties`);
  const { inputs } = { inputs: inputsOf(file, props) };
  const inside = found.members.filter(ts.isPropertyDeclaration).filter((member) => modifiers(member).includes(ts.SyntaxKind.PublicKeyword))
    .map((member): CatalogPart => ({ name: member.name.getText(file), type: member.type?.getText(file) ?? 'any', description: docOf(member, file).text }));
  return { summary: docOf(found, file).text, inputs: [...inputs.filter(({ required }) => required), ...inputs.filter(({ required }) => !required)], inside };
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function declarationIn<T extends ts.ClassDeclaration | ts.InterfaceDeclaration>(file: ts.SourceFile, name: string, isKind: (node: ts.Node) => node is T): T | undefined {
  return file.statements.filter(isKind).find((statement) => statement.name?.text === name);
}

/** Members of an interface, after those it extends; here or in a file that is imported. */
function inputsOf(file: ts.SourceFile, name: string): CatalogInput[] {
  const here = declarationIn(file, name, ts.isInterfaceDeclaration);
  if (!here) {
    const from = importOf(file, name);
    if (from === undefined) throw new Error(`${file.fileName} says nothing of ${name}`);
    return inputsOf(parsed(from), name);
  }
  const extended = (here.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.expression.getText(file)));
  return [...extended.flatMap((one) => inputsOf(file, one)), ...here.members.filter(ts.isPropertySignature).map((member): CatalogInput => {
    const { text, standard } = docOf(member, file);
    const required = member.questionToken === undefined;
    if (!required && standard === undefined) throw new Error(`${file.fileName}: ${name}.${member.name.getText(file)} has no @default`);
    return { name: member.name.getText(file), type: member.type!.getText(file), required, ...(standard !== undefined && { default: standard }), description: text };
  })];
}

/** The file of this project that a name is imported from. */
function importOf(file: ts.SourceFile, name: string): string | undefined {
  for (const statement of file.statements.filter(ts.isImportDeclaration)) {
    const target = (statement.moduleSpecifier as ts.StringLiteral).text;
    const bindings = statement.importClause?.namedBindings;
    if (!target.startsWith('.') || !bindings || !ts.isNamedImports(bindings) || !bindings.elements.some((element) => element.name.text === name)) continue;
    const path = `${resolve(dirname(file.fileName), target)}.ts`;
    if (existsSync(path)) return path;
  }
  return undefined;
}

function docOf(node: ts.Node, file: ts.SourceFile): { readonly text: string; readonly standard?: string } {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(docs.at(-1)?.comment)?.trim() ?? '';
  if (text === '') throw new Error(`${file.fileName}: ${node.getText(file).split('\n')[0]} has no docstring`);
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'default');
  return { text, ...(tag && { standard: (ts.getTextOfJSDocComment(tag.comment) ?? '').trim() }) };
}

function modifiers(node: ts.HasModifiers): ts.SyntaxKind[] {
  return (ts.getModifiers(node) ?? []).map(({ kind }) => kind);
}
