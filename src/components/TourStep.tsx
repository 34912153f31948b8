import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { TextButton } from './TextButton';

/** One stop of the tour. */
export interface ITourStop {
  /** What it is about. */
  title: string;
  /** What there is to know. */
  text: string;
  /** What can be done there; null where there is only something to see. */
  action: { label: string; isEnabled: boolean; run: () => void } | null;
}

/** A stop, and the way on. */
export interface ITourStepProps {
  /** The stop. */
  stop: ITourStop;
  /** Which one it is, from 0. */
  at: number;
  /** How many there are. */
  count: number;
  /** The id of the words, for whatever they describe. */
  id: string;
  /** The translator. */
  trans: TranslationBundle;
  /** Go to another stop. */
  onGo: (at: number) => void;
  /** Leave. */
  onLeave: () => void;
}

/** A stop of the tour: what is seen there, what can be done, and the way on. */
export function TourStep(props: ITourStepProps): React.JSX.Element {
  const { stop, at, count, id, trans, onGo, onLeave } = props;
  const isLast = at === count - 1;
  const { action } = stop;
  return (
    <>
      {/* The focus stays on the button to the next stop: what is new is read from here. */}
      <div id={id} aria-live="polite">
        <h3>{stop.title}</h3>
        <p>{stop.text}</p>
        <p className="jp-aidevsecops-Hint">{trans.__('Step %1 of %2', at + 1, count)}</p>
      </div>
      <div className="jp-aidevsecops-Tour-buttons">
        <TextButton
          label={isLast ? trans.__('Done') : trans.__('Next')}
          isPrimary
          onClick={() => (isLast ? onLeave() : onGo(at + 1))}
        />
        <TextButton
          label={trans.__('Back')}
          isDisabled={at === 0}
          onClick={() => onGo(at - 1)}
        />
        {isLast ? null : <TextButton label={trans.__('Close Tour')} onClick={onLeave} />}
      </div>
      {action ? (
        <div className="jp-aidevsecops-Tour-action">
          <TextButton
            label={action.label}
            isDisabled={!action.isEnabled}
            onClick={action.run}
          />
        </div>
      ) : null}
    </>
  );
}
