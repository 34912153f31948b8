import fs from 'node:fs';
import path from 'node:path';
import { CommandRegistry } from '@lumino/commands';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { addAuditCommands } from '../../commands/audit';
import { addExchangeCommands } from '../../commands/exchange';
import { addFirstRunCommands } from '../../commands/firstRun';
import { addJobCommands } from '../../commands/jobs';
import { addKernelCommands } from '../../commands/kernels';
import { addLockCommands } from '../../commands/lock';
import {
  addDependencyCommands,
  addRequirementCommands
} from '../../commands/requirements';
import { addPipelineCommands } from '../../commands/pipelines';
import { addProjectCommands } from '../../commands/project';
import plugins from '../../index';
import { addReleaseCommands } from '../../commands/releases';
import { addOverlayCommands, addSplitCommands } from '../../commands/splits';
import { addSetupCommands } from '../../commands/setup';
import { addTreeCommands } from '../../commands/trees';
import { EnvironmentSetting } from '../commands/environmentSetting';
import { FakeJobs, trans } from '../doubles';
import { FakePipelines } from '../pipelineDoubles';
import { FakeProject } from '../projectDoubles';
import { FakeReleases } from '../releaseDoubles';
import { FirstRunSetting } from '../commands/firstRunSetting';
import { KernelSetting } from '../commands/kernelSetting';
import { CommandSetting } from '../commands/setting';
import { SetupSetting } from '../commands/setupSetting';
import { SplitSetting } from '../commands/splitSetting';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'schema');

function schemas(): { name: string; text: string }[] {
  return fs.readdirSync(FOLDER).map(file => ({
    name: path.basename(file, '.json'),
    text: fs.readFileSync(path.join(FOLDER, file), 'utf8')
  }));
}

describe('the schemas', () => {
  it('belong to plugins', () => {
    const ids = plugins.map(plugin => plugin.id);

    expect(ids).toEqual(
      expect.arrayContaining(schemas().map(({ name }) => `aidevsecops:${name}`))
    );
  });

  it('name only commands that there are', () => {
    const named = schemas().flatMap(({ text }) => [
      ...text.matchAll(/"command":\s*"([^"]+)"/g)
    ]);

    expect(named.length).toBeGreaterThan(5);
    expect(Object.values(CommandIDs)).toEqual(
      expect.arrayContaining(named.map(([, id]) => id))
    );
  });
});

describe('our submenu', () => {
  it('ranks its items as they are written, so that each stays in its group', () => {
    const commands = schemas().find(({ name }) => name === 'commands')?.text ?? '';
    const menu = commands.slice(commands.indexOf('"submenu": {'), commands.indexOf(']'));

    const ranks = [...menu.matchAll(/"rank":\s*(\d+)/g)].map(([, rank]) => Number(rank));

    expect(ranks.length).toBeGreaterThan(10);
    expect(ranks).toEqual([...new Set(ranks)].sort((one, other) => one - other));
  });
});

describe('the commands', () => {
  it('are all there, each with a label, a tooltip and described arguments', async () => {
    const setting = new CommandSetting();
    addLockCommands(setting);
    addAuditCommands(setting);
    addDependencyCommands(setting);
    addJobCommands(setting);
    addKernelCommands({ ...new KernelSetting(), commands: setting.commands });
    const environments = { ...new EnvironmentSetting(), commands: setting.commands };
    addRequirementCommands(environments);
    addExchangeCommands(environments);
    addTreeCommands(environments);
    const splits = { ...new SplitSetting(), commands: setting.commands };
    addSplitCommands(splits);
    addOverlayCommands(splits);
    const { commands } = setting;
    const releases = new FakeReleases();
    addReleaseCommands({ commands, jobs: new FakeJobs(), releases, trans });
    addPipelineCommands({
      commands,
      pipelines: { load: async () => new FakePipelines() },
      selectedPaths: () => [],
      frontPath: () => null,
      save: async () => undefined,
      trans
    });
    addSetupCommands({ ...new SetupSetting(), commands });
    addFirstRunCommands({ ...new FirstRunSetting(), commands });
    addProjectCommands({
      commands,
      projects: { load: async () => new FakeProject() },
      jobs: new FakeJobs(),
      trans
    });
    const ofSidebar: string[] = [CommandIDs.showSidebar, CommandIDs.showPipelines];
    const ids = Object.values(CommandIDs).filter(id => !ofSidebar.includes(id));

    expect(commands).toBeInstanceOf(CommandRegistry);
    for (const id of ids) {
      expect(commands.label(id), id).not.toBe('');
      expect(commands.caption(id), id).not.toBe('');
      expect((await commands.describedBy(id)).args, id).toMatchObject({ type: 'object' });
    }
  });
});
