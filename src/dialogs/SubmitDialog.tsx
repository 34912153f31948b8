import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/pipelines.css';
import { AnswerView } from '../components/AnswerView';
import { CheckField } from '../components/CheckField';
import { submissionTexts } from '../components/engineText';
import { givenIn, parameterProblem, presetsOf } from '../components/parameterValues';
import { FoundList } from '../components/PipelineFindings';
import { SentenceList } from '../components/SentenceList';
import { TargetFields } from '../components/TargetFields';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem } from '../models/problems';
import type {
  IPipelinesModel,
  ISubmissionChoice,
  PipelineEntry,
  PipelineReport,
  Runtime
} from '../pipelineTokens';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';
import { FormProblem, notShown } from './notShown';

/** What is asked, and done. */
export interface ISubmitDialogOptions {
  /** The pipelines of the project. */
  model: IPipelinesModel;
  /** The one that is submitted. */
  pipeline: PipelineEntry;
  /** The configurations that it can run with; one or more. */
  runtimes: readonly Runtime[];
  /** The name of the one that is chosen first. */
  runtime: string;
  /** The translator. */
  trans: TranslationBundle;
}

/** What came of a dialog that can lead to a new configuration. */
export type Answered = 'done' | 'cancelled' | 'wants-runtime';

/** What is typed. */
interface ISubmitText extends ISubmissionChoice {
  isByElyra: boolean;
  isInSpite: boolean;
}

function hasErrors({ findings }: PipelineReport): boolean {
  return findings.some(({ level }) => level === 'error');
}

/** Why a pipeline is not submitted as it is, or null. */
function refusal(
  { state }: LatestAnswer<boolean, PipelineReport>,
  value: ISubmitText,
  trans: TranslationBundle
): IProblem | null {
  if (state.kind !== 'ready') {
    // A check that cannot be made tells why by itself, and does not stand in the way.
    return state.kind === 'error' ? null : notShown(trans);
  }
  return hasErrors(state.answer) && !value.isInSpite
    ? {
        code: 'submission.refused',
        message: trans.__('The check has found errors.'),
        hint: trans.__('Mend them, or say that it is to be submitted all the same.'),
        details: {}
      }
    : null;
}

/** Ask where a pipeline is to run, show what is sent and what stands in the way, and submit it. */
export async function askSubmission(options: ISubmitDialogOptions): Promise<Answered> {
  const { model, pipeline, runtimes, trans } = options;
  const check = new LatestAnswer(
    (isByElyra: boolean) => model.validate(pipeline.path, isByElyra),
    0
  );
  let answered: Answered = 'cancelled';
  const submit = async (value: ISubmitText): Promise<IProblem | null> => {
    const problem =
      parameterProblem(pipeline.parameters, value.parameters, trans) ??
      refusal(check, value, trans);
    if (problem) {
      return problem;
    }
    const { runtime, secret } = value;
    try {
      const given = { runtime, parameters: givenIn(value.parameters), secret };
      await model.submit(pipeline.path, given);
      answered = 'done';
      return null;
    } catch (error) {
      return asProblem(error);
    }
  };
  const runtimeOf = (value: ISubmitText): Runtime | undefined =>
    runtimes.find(({ name }) => name === value.runtime);
  const parameters = presetsOf(pipeline.parameters);
  const first = { runtime: options.runtime, parameters, secret: '' };
  const dialog = new FormDialog<ISubmitText>(
    trans.__('Submit %1', pipeline.path.split('/').pop()),
    [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Submit') })
    ],
    {
      initial: { ...first, isByElyra: false, isInSpite: false },
      submit,
      render: ({ value, problem, change }) => {
        const runtime = runtimeOf(value);
        const known = 'answer' in check.state ? check.state.answer : null;
        return (
          <div className="jp-aidevsecops-Form">
            <TargetFields
              pipeline={pipeline}
              runtimes={runtimes}
              value={value}
              keysWarning={trans.__(
                'Without one, the engine gets the keys of object storage to read: whoever may see the run there sees them.'
              )}
              trans={trans}
              onChange={change}
              onAddRuntime={() => {
                answered = 'wants-runtime';
                dialog.reject();
              }}
            />
            <SentenceList
              title={trans.__('What is sent')}
              sentences={runtime ? submissionTexts(pipeline, runtime, trans) : []}
            />
            <section
              className="jp-aidevsecops-PipelineFindings"
              aria-label={trans.__('Check')}
            >
              <AnswerView
                state={check.state}
                trans={trans}
                render={report => <FoundList report={report} trans={trans} />}
              />
              <CheckField
                label={trans.__('Have Elyra check it, too, which takes seconds')}
                isChecked={value.isByElyra}
                onChange={isByElyra => {
                  change({ ...value, isByElyra });
                  void check.askNow(isByElyra);
                }}
              />
              {known && hasErrors(known) ? (
                <CheckField
                  label={trans.__('Submit it in spite of the errors')}
                  isChecked={value.isInSpite}
                  onChange={isInSpite => change({ ...value, isInSpite })}
                />
              ) : null}
            </section>
            <FormProblem
              problem={problem}
              isShown={check.state.kind === 'ready'}
              trans={trans}
            />
          </div>
        );
      }
    }
  );
  dialog.addClass('jp-mod-wide');
  check.changed.connect(() => dialog.refresh());
  void check.askNow(false);
  await dialog.launch();
  check.dispose();
  return answered;
}
