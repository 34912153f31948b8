import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IUpgradeArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { asProblem } from '../models/problems';
import type { INotebookDocument, LockOutcome } from '../tokens';
import { auditMessage } from './auditMessage';
import type { ICommandContext } from './context';
import { notebookOf, tellProblem } from './context';
import { notebookArgs } from './describe';
import { runLock } from './lock';
import { notifyMessage } from './outcome';
import { ACTION_ICONS } from '../icons';

function isLocked(context: ICommandContext, args: ReadonlyPartialJSONObject): boolean {
  const document = notebookOf(context, args);
  const known = document && context.dependencies.state(document).dependencies;
  return Boolean(known?.lock) && known?.status !== 'unsupported';
}

async function audit(
  context: ICommandContext,
  document: INotebookDocument
): Promise<void> {
  const { audits, commands, preferences, trans } = context;
  try {
    const job = await audits.audit(document);
    const message = auditMessage(job, audits.report(document), trans);
    notifyMessage(message, { commands, notify: preferences.notify, trans });
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}

/** Lock with a newer version of one package; what is known of its advisories is renewed then. */
async function upgrade(
  context: ICommandContext,
  args: ReadonlyPartialJSONObject
): Promise<LockOutcome | null> {
  const document = notebookOf(context, args);
  const { name, specifier = '' } = args as IUpgradeArgs;
  if (!document || !name) {
    return null;
  }
  const outcome = await runLock(context, args, {
    isAsking: false,
    options: { upgrade_packages: [`${name}${specifier}`] }
  });
  if (outcome?.kind === 'applied' && context.audits.report(document)) {
    await audit(context, document);
  }
  return outcome;
}

/** Add the commands that deal with advisories. */
export function addAuditCommands(context: ICommandContext): void {
  const { commands, trans } = context;
  commands.addCommand(CommandIDs.auditNotebook, {
    label: trans.__('Audit Locked Packages'),
    caption: trans.__('Check the locked packages for known advisories'),
    icon: ACTION_ICONS.Audit,
    describedBy: notebookArgs(),
    isEnabled: args => isLocked(context, args),
    execute: async args => {
      const document = notebookOf(context, args);
      if (document) {
        await audit(context, document);
      }
    }
  });
  commands.addCommand(CommandIDs.upgradePackage, {
    label: trans.__('Upgrade Locked Package'),
    caption: trans.__('Lock again with a newer version of one package only'),
    icon: ACTION_ICONS.Upgrade,
    describedBy: notebookArgs(
      {
        name: { type: 'string', description: "The package's name" },
        specifier: {
          type: 'string',
          description: 'The versions that the lock may choose, such as >=3.1.6'
        }
      },
      ['name']
    ),
    isEnabled: args => isLocked(context, args),
    execute: args => upgrade(context, args)
  });
}
