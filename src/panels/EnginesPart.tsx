import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { ImageList } from '../components/ImageList';
import { RuntimeList } from '../components/RuntimeList';
import { TextButton } from '../components/TextButton';
import type { AnswerState } from '../environmentTokens';
import type { IEnginesModel } from '../pipelineTokens';
import { useSignals } from './useSignals';

/** Where pipelines run elsewhere. */
export interface IEnginesPartProps {
  /** What is known of it. */
  engines: IEnginesModel;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** A list that is folded, and read when somebody unfolds it. */
interface IFoldedListProps<A> {
  title: string;
  state: AnswerState<readonly A[]>;
  /** Unfolds it when it becomes true. */
  isWanted: boolean;
  none: string;
  hint: string;
  button: string;
  trans: TranslationBundle;
  onRead: () => void;
  onAdd: () => void;
  children: (answer: readonly A[]) => React.ReactNode;
}

function FoldedList<A>(props: IFoldedListProps<A>): React.JSX.Element {
  const { title, state, isWanted, trans, onRead } = props;
  const [isOpen, setOpen] = React.useState(false);
  const known = 'answer' in state ? state.answer : null;
  React.useEffect(() => {
    if (isWanted) {
      setOpen(true);
    }
  }, [isWanted]);
  React.useEffect(() => {
    if (isOpen && state.kind === 'idle') {
      onRead();
    }
  }, [isOpen, state, onRead]);
  return (
    <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {state.kind === 'error' ? (
        <ErrorNotice problem={state.problem} trans={trans} onRetry={onRead} />
      ) : known === null ? (
        <Busy label={trans.__('Loading…')} />
      ) : known.length === 0 ? (
        <EmptyState message={props.none} hint={props.hint} />
      ) : (
        props.children(known)
      )}
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton label={props.button} onClick={props.onAdd} />
      </div>
    </details>
  );
}

/** The configurations of engines, and the images that nodes run in. */
export function EnginesPart(props: IEnginesPartProps): React.JSX.Element {
  const { engines, commands, trans } = props;
  useSignals(engines.changed);
  const readRuntimes = React.useCallback(() => void engines.readRuntimes(), [engines]);
  const readImages = React.useCallback(() => void engines.readImages(), [engines]);
  const { runtimes, images } = engines;
  const names = ('answer' in runtimes ? runtimes.answer : null) ?? [];
  return (
    <section className="jp-aidevsecops-Engines" aria-label={trans.__('Clusters')}>
      <FoldedList
        title={trans.__('Runtime configurations')}
        state={runtimes}
        isWanted={names.some(({ name }) => engines.tested(name).kind !== 'idle')}
        none={trans.__('There are no runtime configurations.')}
        hint={trans.__(
          'One says where a pipeline runs on Kubeflow Pipelines or Airflow, and where its files are stored.'
        )}
        button={trans.__('Add Configuration…')}
        trans={trans}
        onRead={readRuntimes}
        onAdd={() => void commands.execute(CommandIDs.addRuntime)}
      >
        {answer => (
          <RuntimeList
            runtimes={answer}
            tested={name => engines.tested(name)}
            trans={trans}
            onTest={name => void engines.test(name)}
          />
        )}
      </FoldedList>
      <FoldedList
        title={trans.__('Runtime images')}
        state={images}
        isWanted={false}
        none={trans.__('There are no runtime images.')}
        hint={trans.__(
          'Register the image of an overlay, and the nodes of pipelines can run in it on a cluster.'
        )}
        button={trans.__('Register Image…')}
        trans={trans}
        onRead={readImages}
        onAdd={() => void commands.execute(CommandIDs.registerImage)}
      >
        {answer => <ImageList images={answer} trans={trans} />}
      </FoldedList>
    </section>
  );
}
