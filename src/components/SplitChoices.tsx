import type { TranslationBundle } from '@jupyterlab/translation';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { CutBy, ICutChoice, SplitPreview } from '../splitTokens';
import { IconButton } from './IconButton';

/** Where a notebook is cut. */
export interface ISplitChoicesProps {
  /** How it is cut. */
  by: CutBy;
  /** The last preview, or null. */
  preview: SplitPreview | null;
  /** Whether a change can be taken back. */
  canUndo: boolean;
  /** Whether it can be made again. */
  canRedo: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with another choice. */
  onCut: (choice: ICutChoice) => void;
  /** Called when the last change is to be taken back. */
  onUndo: () => void;
  /** Called when it is to be made again. */
  onRedo: () => void;
  /** Called when the preview is to be made again. */
  onRefresh: () => void;
}

/** The fields that say where to cut, with what each level of headings would give. */
export function SplitChoices(props: ISplitChoicesProps): React.JSX.Element {
  const { by, preview, trans, onCut } = props;
  const id = React.useId();
  const shown = by === 'auto' ? (preview?.by ?? 'auto') : by;
  const levels = preview?.levels ?? [];
  return (
    <div className="jp-aidevsecops-SplitChoices">
      <label htmlFor={id}>{trans.__('Cut')}</label>
      <HTMLSelect
        id={id}
        value={shown}
        onChange={event =>
          onCut({ by: event.target.value as ICutChoice['by'], level: null })
        }
      >
        {shown === 'auto' ? (
          <option value="auto">{trans.__('as suggested')}</option>
        ) : null}
        <option value="heading">{trans.__('at headings')}</option>
        <option value="tag">{trans.__('by the tags of cells')}</option>
        {shown === 'hand' ? <option value="hand">{trans.__('by hand')}</option> : null}
      </HTMLSelect>
      {shown === 'heading' && levels.length > 0 ? (
        <HTMLSelect
          aria-label={trans.__('Level of the headings')}
          value={String(preview?.level ?? '')}
          onChange={event => onCut({ by: 'heading', level: Number(event.target.value) })}
        >
          {preview?.level === null ? <option value="">–</option> : null}
          {levels.map(({ level, count }) => (
            <option key={level} value={level}>
              {trans._n('level %2: %1 step', 'level %2: %1 steps', count, level)}
            </option>
          ))}
        </HTMLSelect>
      ) : null}
      <span className="jp-aidevsecops-SplitChoices-buttons">
        <IconButton
          action="Undo"
          label={trans.__('Undo')}
          isDisabled={!props.canUndo}
          onClick={props.onUndo}
        />
        <IconButton
          action="Redo"
          label={trans.__('Redo')}
          isDisabled={!props.canRedo}
          onClick={props.onRedo}
        />
        <IconButton
          action="Refresh"
          label={trans.__('Refresh the preview')}
          onClick={props.onRefresh}
        />
      </span>
    </div>
  );
}
