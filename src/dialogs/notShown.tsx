import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import type { IProblem } from '../tokens';

const NOT_SHOWN = 'preview.not-shown';

/** Why something cannot be agreed to that nobody has seen. */
export function notShown(trans: TranslationBundle): IProblem {
  return {
    code: NOT_SHOWN,
    message: trans.__('It is not shown yet.'),
    hint: trans.__('Wait for it, and look at it.'),
    details: {}
  };
}

/** What is told where something was tried, and what would come of it. */
export interface IFormProblemProps {
  /** What was wrong when it was tried. */
  problem: IProblem | null;
  /** Whether what would come of it is shown by now. */
  isShown: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** What was wrong when it was last tried, as long as it holds. */
export function FormProblem(props: IFormProblemProps): React.JSX.Element | null {
  const { problem, isShown, trans } = props;
  const isPast = problem?.code === NOT_SHOWN && isShown;
  return problem && !isPast ? <ErrorNotice problem={problem} trans={trans} /> : null;
}
