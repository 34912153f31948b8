import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { ParameterFields } from '../components/ParameterFields';
import type { ParameterValues } from '../components/parameterValues';
import { givenIn, parameterProblem, presetsOf } from '../components/parameterValues';
import type { PipelineEntry } from '../pipelineTokens';
import { FormDialog } from './FormDialog';

/** Ask for the parameters of a pipeline; null when the user wants no run. */
export async function askParameters(
  { path, parameters }: PipelineEntry,
  trans: TranslationBundle
): Promise<ParameterValues | null> {
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Run') })
  ];
  let done: ParameterValues | null = null;
  const dialog = new FormDialog<ParameterValues>(
    trans.__('Run %1', path.split('/').pop()),
    buttons,
    {
      initial: presetsOf(parameters),
      submit: async values => {
        const problem = parameterProblem(parameters, values, trans);
        done = problem ? null : givenIn(values);
        return problem;
      },
      render: ({ value, problem, change }) => (
        <div className="jp-aidevsecops-Form">
          <ParameterFields
            parameters={parameters}
            values={value}
            trans={trans}
            onChange={change}
          />
          {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
        </div>
      )
    }
  );
  await dialog.launch();
  return done;
}
