import * as React from 'react';

/** Notes of a release. */
export interface INotesTextProps {
  /** What they are notes of, for screen readers. */
  label: string;
  /** The notes, in the part of Markdown that changelogs are made of. */
  text: string;
}

/** Lines that belong together. */
interface IBlock {
  kind: 'heading' | 'list' | 'text';
  lines: string[];
}

const HEADING = /^#{1,6}\s+/;
const ITEM = /^[-*+]\s+/;

/** Lines by what they are; a line that is set in goes on with an item. */
export function blocksOf(text: string): IBlock[] {
  const blocks: IBlock[] = [];
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    const last = blocks.at(-1);
    if (line.trim() === '') {
      isOpen = false;
    } else if (HEADING.test(line)) {
      blocks.push({ kind: 'heading', lines: [line.replace(HEADING, '')] });
      isOpen = false;
    } else if (ITEM.test(line)) {
      const item = line.replace(ITEM, '');
      if (last?.kind === 'list') {
        last.lines.push(item);
      } else {
        blocks.push({ kind: 'list', lines: [item] });
      }
      isOpen = true;
    } else if (last && last.kind !== 'heading' && (isOpen || /^\s/.test(line))) {
      last.lines.push(`${last.lines.pop() ?? ''}\n${line.trim()}`);
    } else {
      blocks.push({ kind: 'text', lines: [line] });
      isOpen = true;
    }
  }
  return blocks;
}

/** A line whose code and strong words are drawn so; all else is shown as it is written. */
function Line({ text }: { text: string }): React.JSX.Element {
  const parts = text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/);
  return (
    <>
      {parts.map((part, index) => {
        if (index % 2 === 0) {
          // Changelogs guard what Markdown would take for a tag.
          return part.replace(/\\([<>])/g, '$1');
        }
        return part.startsWith('`') ? (
          <code key={index}>{part.slice(1, -1)}</code>
        ) : (
          <strong key={index}>{part.slice(2, -2)}</strong>
        );
      })}
    </>
  );
}

function Block({ kind, lines }: IBlock): React.JSX.Element {
  switch (kind) {
    case 'heading':
      return <h5>{lines[0]}</h5>;
    case 'list':
      return (
        <ul>
          {lines.map((line, index) => (
            <li key={index}>
              <Line text={line} />
            </li>
          ))}
        </ul>
      );
    case 'text':
      return (
        <p>
          <Line text={lines[0]} />
        </p>
      );
  }
}

/** Notes as people read them. Nothing of them becomes a link or a picture: commits are anybody's words. */
export function NotesText({ label, text }: INotesTextProps): React.JSX.Element {
  return (
    <div
      className="jp-aidevsecops-NotesText"
      role="group"
      aria-label={label}
      // What scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      {blocksOf(text).map((block, index) => (
        <Block key={index} {...block} />
      ))}
    </div>
  );
}
