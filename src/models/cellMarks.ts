import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ICellMark } from '../tokens';

const BLOCK = 'jp-aidevsecops-CellMark';
const MARKED = 'jp-aidevsecops-MarkedCell';

/** The marks in the margin of one notebook. */
export class CellMarks {
  constructor(private readonly _content: NotebookPanel['content']) {}

  /** Mark these cells, and no others. */
  show(marks: readonly ICellMark[]): void {
    const byId = new Map(marks.map(mark => [mark.id, mark]));
    for (const cell of this._content.widgets) {
      const mark = byId.get(cell.model.id);
      // By a class: whether a cell has a mark would be looked at whenever anything changes in it.
      cell.node.classList.toggle(MARKED, mark !== undefined);
      const there = cell.node.querySelector<HTMLElement>(`:scope > .${BLOCK}`);
      if (!mark) {
        there?.remove();
      } else if (there) {
        draw(there, mark);
      } else {
        cell.node.prepend(draw(document.createElement('div'), mark));
      }
    }
  }
}

/** Make an element look like a mark. */
function draw(element: HTMLElement, mark: ICellMark): HTMLElement {
  const className = `${BLOCK} ${mark.className}`;
  if (element.className !== className) {
    element.className = className;
  }
  if (element.title !== mark.title) {
    element.title = mark.title;
  }
  if (element.textContent !== mark.label) {
    element.textContent = mark.label;
  }
  return element;
}
