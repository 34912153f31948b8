import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { CommandIDs } from '../commandIds';
import type { IDiagnosisModel, ProjectPlace } from '../setupTokens';
import { doctorIcon } from '../icons';
import { noArgs } from './describe';

/** What the commands about this server and its projects work with. */
export interface ISetupContext {
  /** Where the commands are. */
  commands: CommandRegistry;
  /** The project that the user is in. */
  place: () => ProjectPlace;
  /** Looks for what is in the way. */
  diagnoses: () => Promise<IDiagnosisModel>;
  /** The translator. */
  trans: TranslationBundle;
}

/** What a finding may be mended by. */
const ACTIONS: { [action: string]: string } = {
  'manage-kernels': CommandIDs.manageKernels,
  'keep-forge-token': CommandIDs.keepForgeToken
};

/** Add the commands about this server and its projects. */
export function addSetupCommands(context: ISetupContext): void {
  const { commands, diagnoses, place, trans } = context;
  commands.addCommand(CommandIDs.openDoctor, {
    label: trans.__('AIDevSecOps Doctor'),
    caption: trans.__('Say what is in the way on this server, and how to mend it'),
    icon: doctorIcon,
    describedBy: noArgs(),
    execute: async () => {
      const { showDoctor } = await import('../dialogs/DoctorDialog');
      const model = await diagnoses();
      const exit = await showDoctor({ place: place(), diagnoses: model, trans });
      if (exit !== null && exit in ACTIONS) {
        await commands.execute(ACTIONS[exit]);
      }
    }
  });
}
