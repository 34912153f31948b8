import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ISplitOptions, SplitPreview } from '../splitTokens';
import { CheckField } from './CheckField';
import { TextField } from './TextField';

/** What a split is to write. */
export interface ISplitOptionsProps {
  /** What is chosen. */
  options: ISplitOptions;
  /** The last preview. */
  preview: SplitPreview;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with what is chosen instead. */
  onChoose: (options: Partial<ISplitOptions>) => void;
}

/** Code of a warning: a step of an earlier split is no more. */
const LEFT_BEHIND = 'steps.left-behind';

/** The fields that say what is written, and whether it is tried. */
export function SplitOptions(props: ISplitOptionsProps): React.JSX.Element {
  const { options, preview, trans, onChoose } = props;
  const edited = preview.files.filter(({ state }) => state === 'edited').length;
  return (
    <div className="jp-aidevsecops-Form">
      <TextField
        label={trans.__('Folder')}
        value={options.out ?? preview.out}
        hint={trans.__('Of the step notebooks, below the root of the server.')}
        onChange={out => onChoose({ out })}
      />
      <CheckField
        label={trans.__('An overlay for each step: what it must install, locked')}
        isChecked={options.overlays}
        onChange={overlays => onChoose({ overlays })}
      />
      <CheckField
        label={trans.__(
          'Functions that several steps use in a module beside them, instead of repeated'
        )}
        isChecked={options.module}
        onChange={module => onChoose({ module })}
      />
      <CheckField
        label={trans.__('Verify: run the notebook and its steps, and compare')}
        isChecked={options.verify}
        onChange={verify => onChoose({ verify })}
      />
      {options.prune || preview.warnings.some(({ code }) => code === LEFT_BEHIND) ? (
        <CheckField
          label={trans.__(
            'Delete what an earlier split left behind: steps that are no more, unless they were edited'
          )}
          isChecked={options.prune}
          onChange={prune => onChoose({ prune })}
        />
      ) : null}
      {edited > 0 ? (
        <CheckField
          label={trans._n(
            'Replace %1 step notebook that was edited by hand',
            'Replace %1 step notebooks that were edited by hand',
            edited
          )}
          isChecked={options.force}
          onChange={force => onChoose({ force })}
        />
      ) : null}
    </div>
  );
}
