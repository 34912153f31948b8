import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ACTION_ICONS } from '../icons';
import { ACTIONS, ACTIVITIES, NAMES, UNASKED } from '../words';
import { PARSED, actions, textsIn, visit } from './sources';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Small words, which a title does not begin with a capital. */
const SMALL = /^(?:a|an|and|as|at|for|from|in|into|of|or|pip|the|to|with|%\d|\..*)$/;
/** Icons of things, not of what is done with them. */
const THINGS =
  /^(?:doctor|folder|info|kernel|kernelDiffers|logo|overlay|release|split)Icon$|statusIcon\(/;
/** Who may show that something goes on. */
const BUSY = ['Busy.tsx', 'BusyRegion.tsx', 'icons.ts', 'statusBar.tsx'];
/** Where icons of JupyterLab are shown that are of no action: of things, and of rows of a tree. */
const OTHER_ICONS = [
  'DependencyTree.tsx',
  'TreeRow.tsx',
  'NotebookKernel.tsx',
  'firstRun.ts',
  'icons.ts',
  'kernels.ts'
];

function first(text: string): string {
  return text.split(/[ .…]/)[0];
}

function nameOf(source: ts.SourceFile): string {
  return path.basename(source.fileName);
}

/** Where something is that is not what it should be. */
function told<T extends { text: string; where: string }>(wrong: readonly T[]): string[] {
  return wrong.map(({ text, where }) => `${where}: ${text}`);
}

const ALL = actions();
const NAMED = ALL.filter(({ text }) => !(NAMES as readonly string[]).includes(text));
// A button says by these that it was pressed.
const PRESSABLE = NAMED.filter(({ text }) => !(first(text) in ACTIVITIES));

describe('the words of actions', () => {
  it('are found in buttons, dialogs, commands and messages', () => {
    const texts = ALL.map(({ text }) => text);
    for (const text of ['Retry', 'Close', 'Lock Dependencies', 'Undo', 'Refresh %1']) {
      expect(texts).toContain(text);
    }
    expect(ALL.length).toBeGreaterThan(150);
  });

  it('are those of the list in src/words.ts', () => {
    expect(told(PRESSABLE.filter(({ text }) => !(first(text) in ACTIONS)))).toEqual([]);
  });

  it('are all used', () => {
    const used = new Set(PRESSABLE.map(({ text }) => first(text)));
    expect(Object.keys(ACTIONS).filter(word => !used.has(word))).toEqual([]);
  });

  it('are in title case, but where an icon has them in its tooltip', () => {
    const wrong = PRESSABLE.filter(({ text, isIconButton }) => {
      const isSmall = (word: string): boolean => /^[^A-Z"(]/.test(word);
      return (
        !isIconButton && text.split(' ').some(word => isSmall(word) && !SMALL.test(word))
      );
    });
    expect(told(wrong)).toEqual([]);
  });

  it('end with three dots only where something is asked', () => {
    const wrong = PRESSABLE.filter(
      ({ text }) =>
        (text.endsWith('…') && (UNASKED as readonly string[]).includes(first(text))) ||
        text.includes('...')
    );
    expect(told(wrong)).toEqual([]);
  });

  it('have the icon of their meaning', () => {
    const wrong = PRESSABLE.filter(({ text, icon }) => {
      const action = /^(?:ACTION_ICONS\.|["'])(\w+)/.exec(icon)?.[1];
      const known = [...icon.matchAll(/'(\w+)'/g)].map(([, word]) => word);
      const isOwn = [action, ...known].some(word => word?.startsWith(first(text)));
      return icon !== '' && icon !== 'icon' && !isOwn && !THINGS.test(icon);
    });
    expect(
      told(wrong.map(one => ({ ...one, text: `${one.text} [${one.icon}]` })))
    ).toEqual([]);
  });

  it('have no icon past the list', () => {
    const wrong = PARSED.filter(source =>
      /import \{[^}]*\b(?!Lab)[a-z]\w*Icon\b[^}]*\} from '@jupyterlab\/ui-components'/.test(
        source.text
      )
    ).map(nameOf);
    expect(wrong.filter(name => !OTHER_ICONS.includes(name))).toEqual([]);
  });

  it('have icons only for words that there are', () => {
    const wrong = Object.keys(ACTION_ICONS).filter(
      key => !Object.keys(ACTIONS).some(word => key.startsWith(word))
    );
    expect(wrong).toEqual([]);
  });
});

describe('what goes on', () => {
  it('is said in the words of the list', () => {
    const wrong = PARSED.flatMap(source => textsIn(source)).filter(
      ({ text }) => /^\w+ing\b.*…$/.test(text) && !(first(text) in ACTIVITIES)
    );
    expect(told(wrong)).toEqual([]);
  });

  it('is shown by one component', () => {
    const other = PARSED.filter(source => !BUSY.includes(nameOf(source))).filter(source =>
      /role="progressbar"|\bbusyIcon\b|\bSpinner\b|skeleton/i.test(source.text)
    );
    expect(other.map(nameOf)).toEqual([]);
  });

  it('is said by that component, where it is put on the page at once', () => {
    const wrong: string[] = [];
    for (const source of PARSED) {
      visit(source, node => {
        if (
          !ts.isJsxElement(node) ||
          !/^[a-z]/.test(node.openingElement.tagName.getText())
        ) {
          return;
        }
        const direct = node.children.filter(ts.isJsxExpression).flatMap(textsIn);
        const isHere = node.children
          .filter(ts.isJsxExpression)
          .every(child => !/<\w/.test(child.getText()));
        for (const { text, where } of isHere ? direct : []) {
          if (first(text) in ACTIVITIES && text.endsWith('…')) {
            wrong.push(`${where}: ${text}`);
          }
        }
      });
    }
    expect(wrong).toEqual([]);
  });

  it('moves by one animation, which stops for who wants no motion', () => {
    const folder = path.join(ROOT, 'style');
    const moving = fs
      .readdirSync(folder)
      .filter(name => name.endsWith('.css'))
      .filter(name => /infinite/.test(fs.readFileSync(path.join(folder, name), 'utf8')));
    expect(moving).toEqual(['busy.css']);
    const text = fs.readFileSync(path.join(folder, 'busy.css'), 'utf8');
    expect(text.split('prefers-reduced-motion: reduce')[1]).toContain('animation: none');
  });
});

describe('the signs of states', () => {
  it('are written once', () => {
    const wrong = PARSED.filter(source => nameOf(source) !== 'signs.ts').filter(source =>
      /'[✓✗▶■≠]'/.test(source.text)
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });
});

describe('the page about words', () => {
  const page = fs.readFileSync(
    path.join(ROOT, 'docs', 'explanation', 'words.md'),
    'utf8'
  );

  it.each(Object.entries({ ...ACTIONS, ...ACTIVITIES }))(
    'tells of %s',
    (word, meaning) => {
      expect(page).toContain(`| *${word}* | ${meaning} |`);
    }
  );

  it('tells of nothing else', () => {
    const listed = [...page.matchAll(/^\| \*(\w+)\* \|/gm)].map(([, word]) => word);
    expect(listed.filter(word => !(word in ACTIONS) && !(word in ACTIVITIES))).toEqual(
      []
    );
  });
});
