import type { TranslationBundle } from '@jupyterlab/translation';
import { folderIcon, infoIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ILinkArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import type { components } from '../generated/api';

/** What the commands for newcomers and of links work with. */
export interface IFirstRunContext {
  /** Where the commands are. */
  commands: CommandRegistry;
  /** Copy the examples into a new folder below the server's root. */
  copyExamples: () => Promise<components['schemas']['Examples']>;
  /** What there is at a path below the server's root; null for nothing. */
  kindOf: (path: string) => Promise<'file' | 'folder' | null>;
  /** Whether the server knows a job. */
  hasJob: (id: string) => Promise<boolean>;
  /** Resolves when the layout of the last visit is back. */
  restored: Promise<unknown>;
  /** Resolves when there is something in the main area, which takes the focus. */
  settled: () => Promise<void>;
  /** Take the link out of the page's address, so that it is not followed once more. */
  forgetLink: () => void;
  /** The translator. */
  trans: TranslationBundle;
}

const LINK = {
  type: 'string',
  description: 'SECTION or SECTION:ARGUMENT, a section of the sidebar and what to show'
};
const NOTHING = { args: { type: 'object', properties: {} } };

/** Add the commands for newcomers, and the one behind links; what they do is loaded later. */
export function addFirstRunCommands(context: IFirstRunContext): void {
  const { commands, trans } = context;
  commands.addCommand(CommandIDs.openLink, {
    label: trans.__('Open AIDevSecOps Link'),
    caption: trans.__('Show the section of the sidebar that a link names'),
    describedBy: { args: { type: 'object', properties: { link: LINK } } },
    execute: async args => {
      const { openLink } = await import('./links');
      // Without waiting: what is restored waits for the addresses to have been looked at.
      void openLink(args as ILinkArgs, context);
    }
  });
  commands.addCommand(CommandIDs.openExamples, {
    label: trans.__('Open Examples'),
    caption: trans.__('Copy an example project into a new folder, and open it'),
    icon: folderIcon,
    describedBy: NOTHING,
    execute: async () => (await import('./examples')).openExamples(context)
  });
  commands.addCommand(CommandIDs.startTour, {
    label: trans.__('Take the Tour'),
    caption: trans.__('See in a few steps what AIDevSecOps does for notebooks'),
    icon: infoIcon,
    describedBy: NOTHING,
    execute: async () => (await import('./tour')).startTour(context)
  });
}
