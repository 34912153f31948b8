import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState, TreePackage, TreeResult } from '../environmentTokens';
import type { IProblem } from '../tokens';
import { AnswerView } from './AnswerView';
import { Combobox } from './Combobox';
import { DependencyTree } from './DependencyTree';
import { SentenceList } from './SentenceList';
import { normalised, offeredPackages } from './packageOffer';
import { TrustQuestion } from './TrustQuestion';

/** The tree of a lock, and the package that is looked at. */
export interface ITreeViewProps {
  /** What is typed or chosen; empty for the whole notebook. */
  name: string;
  /** The tree. */
  tree: AnswerState<TreeResult>;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with another name. */
  onName: (name: string) => void;
  /** The indexes that a problem is about, null when it is about something else. */
  untrusted: (problem: IProblem) => string[] | null;
  /** Called when the user agrees to indexes. */
  onTrust: (indexes: string[]) => void;
}

interface IPartProps {
  result: TreeResult;
  trans: TranslationBundle;
  onName: (name: string) => void;
}

function whyText({ name, why }: TreePackage, trans: TranslationBundle): string {
  if (why.length === 0) {
    return trans.__('Nothing asks for %1: the next lock leaves it out.', name);
  }
  return why.length === 1
    ? trans.__('The notebook itself asks for %1.', name)
    : trans.__('It is there because of %1.', why.join(' → '));
}

/** One package: why it is there, who needs it, and what it needs. */
function OnePackage(
  props: IPartProps & { found: TreePackage; takesFocus: boolean }
): React.JSX.Element {
  const { result, trans, onName, found, takesFocus } = props;
  const { name, version } = found;
  const heading = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => {
    // The row that it was chosen by is gone, and the focus with it.
    if (takesFocus) {
      heading.current?.focus();
    }
  }, [takesFocus]);
  const roots = React.useMemo(() => [name], [name]);
  const shared = { result, roots, trans, onChoose: onName, isExpanded: true };
  return (
    <>
      <section className="jp-aidevsecops-SentenceList">
        <h4 ref={heading} tabIndex={-1}>
          {trans.__('Why %1 %2 is here', name, version)}
        </h4>
        <p role="status">{whyText(found, trans)}</p>
        {found.required_by.length > 0 ? (
          <DependencyTree
            key={`why ${name}`}
            label={trans.__('Who needs %1', name)}
            way="required_by"
            {...shared}
          />
        ) : null}
      </section>
      <section className="jp-aidevsecops-SentenceList">
        <h4>{trans.__('What it needs')}</h4>
        {found.requires.length > 0 ? (
          <DependencyTree
            key={`needs ${name}`}
            label={trans.__('What %1 needs', name)}
            way="requires"
            {...shared}
          />
        ) : (
          <p>{trans.__('No other package.')}</p>
        )}
      </section>
    </>
  );
}

/** All that the notebook asks for, and what nothing asks for. */
function WholeNotebook(props: IPartProps): React.JSX.Element {
  const { result, trans, onName } = props;
  const roots = React.useMemo(
    () => result.packages.filter(({ direct }) => direct).map(({ name }) => name),
    [result]
  );
  const orphans = React.useMemo(
    () => result.packages.filter(({ why }) => why.length === 0).map(({ name }) => name),
    [result]
  );
  const tree = (label: string, names: string[]): React.JSX.Element => (
    <section className="jp-aidevsecops-SentenceList">
      <h4>{label}</h4>
      <DependencyTree
        label={label}
        way="requires"
        roots={names}
        result={result}
        trans={trans}
        onChoose={onName}
      />
    </section>
  );
  return (
    <>
      {roots.length > 0 ? tree(trans.__('What the notebook asks for'), roots) : null}
      {orphans.length > 0 ? tree(trans.__('What nothing asks for'), orphans) : null}
    </>
  );
}

function Result(
  props: IPartProps & { name: string; takesFocus: boolean }
): React.JSX.Element {
  const { name, result, trans } = props;
  const found = result.packages.find(one => normalised(one.name) === normalised(name));
  const isTyping = name.trim() !== '' && !found;
  return (
    <>
      {isTyping ? (
        <p role="status">{trans.__('No locked package is called %1.', name.trim())}</p>
      ) : null}
      {found ? <OnePackage key={found.name} {...props} found={found} /> : null}
      {name.trim() === '' ? <WholeNotebook {...props} /> : null}
      <SentenceList title={trans.__('Worth knowing')} sentences={result.notes} />
    </>
  );
}

/** Why packages are locked: all of them, or one. */
export function TreeView(props: ITreeViewProps): React.JSX.Element {
  const { name, tree, trans, onName, untrusted, onTrust } = props;
  const [isFromTree, setFromTree] = React.useState(false);
  const choose = (chosen: string, isRow: boolean): void => {
    setFromTree(isRow);
    onName(chosen);
  };
  const packages = tree.kind === 'ready' ? tree.answer.packages : [];
  const { options, rest } = offeredPackages(packages, name);
  return (
    <div className="jp-aidevsecops-Form jp-aidevsecops-TreeView">
      <Combobox
        label={trans.__('Package')}
        value={name}
        options={options}
        message={
          rest > 0
            ? trans._n(
                '%1 more. Type more of its name.',
                '%1 more. Type more of the name.',
                rest
              )
            : undefined
        }
        hint={trans.__('Empty for all that the notebook asks for.')}
        onChange={text => choose(text, false)}
      />
      <AnswerView
        state={tree}
        trans={trans}
        render={result => (
          <Result
            name={name}
            result={result}
            takesFocus={isFromTree}
            trans={trans}
            onName={chosen => choose(chosen, true)}
          />
        )}
        renderProblem={problem => {
          const indexes = untrusted(problem) ?? [];
          return indexes.length > 0 ? (
            <TrustQuestion
              reason={trans.__(
                'What packages need is asked of their indexes, and the notebook names some that are not in your own configuration: %1',
                indexes.join(', ')
              )}
              label={trans.__('Ask for This Tree')}
              onAgree={() => onTrust(indexes)}
            />
          ) : null;
        }}
      />
    </div>
  );
}
