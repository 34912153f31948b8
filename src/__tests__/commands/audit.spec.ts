import { Notification } from '@jupyterlab/apputils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addAuditCommands } from '../../commands/audit';
import { auditMessage } from '../../commands/auditMessage';
import type { IAuditReport, Job } from '../../tokens';
import {
  makeAdvisory,
  makeDependencies,
  makeJob,
  makeLockResult,
  makeProblem,
  makeReport,
  trans
} from '../doubles';
import { CommandSetting } from './setting';

const DONE = makeJob({ kind: 'audit', state: 'succeeded' });
const FAILED = makeJob({ kind: 'audit', state: 'failed', error: makeProblem() });
const VULNERABLE = [{ name: 'holey', version: '1.0', advisories: [makeAdvisory()] }];
const UNCHECKED = [{ name: 'far', version: '2.0', reason: 'No network.' }];
const UNASKED = [{ name: 'new', version: '3.0' }];
const ARGS = { name: 'holey', specifier: '>=1.1' };

function setUp(): CommandSetting {
  const setting = new CommandSetting();
  const lock = { packages: 1, hash: 'abc', python_version: null };
  setting.dependencies.current = {
    kind: 'ready',
    dependencies: makeDependencies({ status: 'fresh', lock })
  };
  addAuditCommands(setting);
  onTestFinished(() => void Notification.dismiss());
  return setting;
}

function told(): string[] {
  return Notification.manager.notifications.map(({ message }) => message);
}

describe('addAuditCommands', () => {
  it('audits the notebook and tells what came of it', async () => {
    const { audits, commands, document } = setUp();
    audits.ends = [DONE];
    audits.current = makeReport();

    await commands.execute(CommandIDs.auditNotebook);

    expect(audits.audited).toEqual([document]);
    expect(told()).toEqual([
      'train.ipynb: no advisory is known against its 12 packages.'
    ]);
  });

  it('tells why an audit could not even be started', async () => {
    const { audits, commands } = setUp();
    audits.ends = [new ApiError(makeProblem(), 422)];

    await commands.execute(CommandIDs.auditNotebook);

    expect(told()).toEqual([
      'The requirements contradict each other.\nLoosen one of them.'
    ]);
  });

  it.each([CommandIDs.auditNotebook, CommandIDs.upgradePackage])(
    'lets %s only be used where there is a lock',
    id => {
      const { commands, dependencies, notebooks } = setUp();
      expect(commands.isEnabled(id)).toBe(true);

      dependencies.current = { kind: 'ready', dependencies: makeDependencies() };
      expect(commands.isEnabled(id)).toBe(false);
      notebooks.current = null;

      expect(commands.isEnabled(id)).toBe(false);
    }
  );

  it('locks with a newer version of one package only, and audits again', async () => {
    const { audits, commands, document, locks } = setUp();
    const result = makeLockResult();
    locks.outcomes = [{ kind: 'applied', job: makeJob(), adopted: false, result }];
    audits.current = makeReport();
    audits.ends = [DONE];
    document.metadata = { requirements_lock: '{}' };

    await commands.execute(CommandIDs.upgradePackage, ARGS);

    expect(locks.asked).toEqual([
      { target: {}, upgrade_packages: ['holey>=1.1'], advisories: true }
    ]);
    expect(audits.audited).toEqual([document]);
  });

  it('does not audit again when the new lock was discarded', async () => {
    const { audits, commands, locks } = setUp();
    const result = makeLockResult();
    locks.outcomes = [{ kind: 'discarded', job: makeJob(), adopted: false, result }];
    audits.current = makeReport();

    await commands.execute(CommandIDs.upgradePackage, ARGS);

    expect(audits.audited).toEqual([]);
  });

  it('upgrades nothing without a name', async () => {
    const { commands, locks } = setUp();

    await commands.execute(CommandIDs.upgradePackage);

    expect(locks.asked).toEqual([]);
  });
});

describe('auditMessage', () => {
  it.each<[Partial<IAuditReport>, string, string]>([
    [
      { vulnerable: VULNERABLE },
      'warning',
      'train.ipynb: advisories are known against 1 package.'
    ],
    [
      { unchecked: UNCHECKED, unasked: UNASKED },
      'warning',
      'train.ipynb: 2 packages were not checked.'
    ],
    [
      { vulnerable: VULNERABLE, unchecked: UNCHECKED },
      'warning',
      'train.ipynb: advisories are known against 1 package, 1 package was not checked.'
    ],
    [{}, 'success', 'train.ipynb: no advisory is known against its 12 packages.']
  ])('puts %j as a %s', (change, type, text) => {
    expect(auditMessage(DONE, makeReport(change), trans)).toMatchObject({ type, text });
  });

  it('tells why an audit has failed, and leads to its log', () => {
    const message = auditMessage(FAILED, null, trans);

    expect(message?.type).toBe('error');
    expect(message?.text).toBe(
      'train.ipynb could not be audited: The requirements contradict each other.'
    );
    expect(message?.actions.map(({ id }) => id)).toEqual([CommandIDs.showJobLog]);
  });

  it.each<[string, Job, IAuditReport | null]>([
    ['was cancelled', makeJob({ state: 'cancelled' }), makeReport()],
    ['is of a notebook that was closed', DONE, null]
  ])('tells nothing of an audit that %s', (_, job, report) => {
    expect(auditMessage(job, report, trans)).toBeNull();
  });
});
