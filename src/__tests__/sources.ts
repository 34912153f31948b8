import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

/** A translated text of the front end, and where it is. */
export interface IText {
  /** The text. */
  text: string;
  /** File and line. */
  where: string;
}

/** A button, a command or an entry of a menu. */
export interface ILabelled extends IText {
  /** The expression of its icon; empty where it has none. */
  icon: string;
  /** Whether it shows its icon alone, and the words in a tooltip. */
  isIconButton: boolean;
}

const SOURCES = path.join(import.meta.dirname, '..');
const LABELS: readonly string[] = ['label', 'button'];

function files(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const found = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['__tests__', 'generated'].includes(entry.name) ? [] : files(found);
    }
    return /\.tsx?$/.test(entry.name) ? [found] : [];
  });
}

/** The sources that people write, parsed. */
export const PARSED = files(SOURCES).map(file => {
  const text = fs.readFileSync(file, 'utf8');
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
});

function whereOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${path.relative(SOURCES, source.fileName)}:${line + 1}`;
}

/** Go through a piece of code. */
export function visit(node: ts.Node, seen: (node: ts.Node) => void): void {
  seen(node);
  ts.forEachChild(node, child => visit(child, seen));
}

/** The texts that a piece of code has translated. */
export function textsIn(root: ts.Node): IText[] {
  const found: IText[] = [];
  visit(root, node => {
    if (
      ts.isCallExpression(node) &&
      /\btrans\.(__|_n)$/.test(node.expression.getText())
    ) {
      const [first] = node.arguments;
      if (ts.isStringLiteralLike(first)) {
        found.push({ text: first.text, where: whereOf(first) });
      }
    }
  });
  return found;
}

function functionNamed(name: string): ts.Node | null {
  let found: ts.Node | null = null;
  for (const source of PARSED) {
    visit(source, node => {
      if (ts.isFunctionDeclaration(node) && node.name?.text === name) {
        found = node;
      }
    });
  }
  return found;
}

function variableNamed(source: ts.SourceFile, name: string): ts.Node | null {
  let found: ts.Node | null = null;
  visit(source, node => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) {
      found = node.initializer ?? null;
    }
  });
  return found;
}

/** What an expression says: its own texts, or those of the function or the variable that it names. */
function said(expression: ts.Node): IText[] {
  const own = textsIn(expression);
  if (own.length > 0) {
    return own;
  }
  let found: IText[] = [];
  visit(expression, node => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const body = functionNamed(node.expression.text);
      found = [...found, ...(body ? textsIn(body) : [])];
    } else if (ts.isIdentifier(node)) {
      const value = variableNamed(node.getSourceFile(), node.text);
      found = [...found, ...(value ? textsIn(value) : [])];
    }
  });
  return found;
}

function attribute(
  element: ts.JsxOpeningLikeElement,
  names: readonly string[]
): ts.Node | null {
  const found = element.attributes.properties.find(
    one => ts.isJsxAttribute(one) && names.includes(one.name.getText())
  );
  return (found && ts.isJsxAttribute(found) && found.initializer) || null;
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Node | null {
  const found = object.properties.find(one => one.name?.getText() === name);
  return (found && ts.isPropertyAssignment(found) && found.initializer) || null;
}

/** Whether an object says what a button, a command or an action of a message is. */
function isAction(object: ts.ObjectLiteralExpression): boolean {
  const isButton = /Dialog\.\w+Button/.test(object.parent.getText().slice(0, 60));
  return (
    isButton ||
    // The names of groups have ids without arguments.
    ['execute', 'callback', 'args', 'onClick', 'agree'].some(name =>
      object.properties.some(one => one.name?.getText() === name)
    )
  );
}

function labelled(
  label: ts.Node,
  icon: ts.Node | null,
  isIconButton: boolean
): ILabelled[] {
  return said(label).map(text => ({
    ...text,
    icon: icon?.getText().replace(/[{}]/g, '') ?? '',
    isIconButton
  }));
}

/** All that users can press. */
export function actions(): ILabelled[] {
  const found: ILabelled[] = [];
  for (const source of PARSED) {
    visit(source, node => {
      if (ts.isJsxOpeningLikeElement(node)) {
        const name = node.tagName.getText();
        const label = attribute(node, LABELS);
        if (label && /Button|Trust|EnginesPart|Part$/.test(name)) {
          const icon = attribute(node, ['icon', 'action']);
          found.push(...labelled(label, icon, name === 'IconButton'));
        }
      } else if (ts.isObjectLiteralExpression(node) && isAction(node)) {
        const label = property(node, 'label') ?? property(node, 'button');
        if (label) {
          found.push(...labelled(label, property(node, 'icon'), false));
        }
      } else if (
        ts.isCallExpression(node) &&
        /^add(Command)?$/.test(node.expression.getText())
      ) {
        const [, label, , icon] = node.arguments;
        if (label) {
          found.push(...labelled(label, icon ?? null, false));
        }
      }
    });
  }
  return found;
}
