import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IFinding } from '../components/FindingList';
import { FindingList } from '../components/FindingList';
import type { Dependencies } from '../tokens';

/** What was found out about a notebook. */
export interface IFindingsProps {
  /** What is known of it. */
  dependencies: Dependencies;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

/** Details that leave a lock as it is; what is unresolved has a list of its own. */
const INFORMATION = ['transitive', 'unused'];
const LISTED_ELSEWHERE = 'unresolved';

function detailsOf(
  dependencies: Dependencies,
  isWanted: (code: string) => boolean
): IFinding[] {
  return dependencies.details
    .filter(({ code }) => code !== LISTED_ELSEWHERE && isWanted(code))
    .map(({ message, cells }) => ({ text: message, cells }));
}

/** What is worth knowing beside the requirements. */
export function Findings(props: IFindingsProps): React.JSX.Element {
  const { dependencies, trans, onReveal } = props;
  const { unresolved, problems, local, status } = dependencies;
  const shared = { trans, onReveal };
  return (
    <>
      <FindingList
        title={status === 'unsupported' ? trans.__('Why') : trans.__('Why to lock again')}
        findings={
          status === 'unlocked'
            ? []
            : detailsOf(dependencies, code => !INFORMATION.includes(code))
        }
        {...shared}
      />
      <FindingList
        title={trans.__('Imports of unknown origin')}
        findings={unresolved.map(one => ({
          text: one.optional ? trans.__('%1 (optional)', one.import) : one.import,
          cells: one.cells
        }))}
        {...shared}
      />
      <FindingList
        title={trans.__('Problems')}
        findings={problems.map(({ message, cell }) => ({
          text: message,
          cells: cell === null ? [] : [cell]
        }))}
        {...shared}
      />
      <FindingList
        title={trans.__('Worth knowing')}
        findings={detailsOf(dependencies, code => INFORMATION.includes(code))}
        {...shared}
      />
      <FindingList
        title={trans.__('Modules of this project')}
        findings={local.map(one => ({
          text: `${one.import} (${one.path})`,
          cells: one.cells
        }))}
        {...shared}
      />
    </>
  );
}
