import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { CommandIDs } from '../../commandIds';
import { SplitView } from '../../panels/SplitPanel';
import type { SplitPreview } from '../../splitTokens';
import { FakeDocument, FakeJobs, recordingCommands, trans } from '../doubles';
import { FakeSession, FakeSplits } from '../splitDoubles';

/** The arguments of a command on the notebook. */
export const PANEL = { panel_id: 'id-work/train.ipynb' };

/** The preview of a split, with all that it works with. */
export class Setting {
  readonly session = new FakeSession(new FakeDocument());
  readonly splits = new FakeSplits();
  readonly jobs = new FakeJobs();
  readonly recorded = recordingCommands(Object.values(CommandIDs));

  show(preview?: SplitPreview): this {
    if (preview) {
      this.session.show(preview);
    }
    render(<SplitView {...this.props} />);
    return this;
  }

  get props(): React.ComponentProps<typeof SplitView> {
    const { session, splits, jobs } = this;
    return { session, splits, jobs, commands: this.recorded.commands, trans };
  }
}

/** A button of the page. */
export function button(name: string | RegExp): HTMLElement {
  return screen.getByRole('button', { name });
}

/** Press a button as a user does. */
export const press = (name: string | RegExp): Promise<void> =>
  userEvent.click(button(name));
