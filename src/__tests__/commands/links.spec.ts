import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { openLink } from '../../commands/links';
import { FirstRunSetting } from './firstRunSetting';

const { showJobLog, showPipelines, showSidebar } = CommandIDs;

describe('a link', () => {
  it.each([
    ['release', [[showSidebar, { section: 'release' }]]],
    [
      'dependencies:/work/train.ipynb',
      [
        ['docmanager:open', { path: 'work/train.ipynb' }],
        [showSidebar, { section: 'dependencies' }]
      ]
    ],
    [
      'release:work',
      [
        ['filebrowser:go-to-path', { path: 'work' }],
        [showSidebar, { section: 'release' }]
      ]
    ],
    ['pipelines:work/train.pipeline', [[showPipelines, { path: 'work/train.pipeline' }]]],
    [
      'jobs:job-1',
      [
        [showSidebar, { section: 'jobs' }],
        [showJobLog, { job_id: 'job-1' }]
      ]
    ]
  ])('to %s shows just that', async (link, started) => {
    const setting = new FirstRunSetting();

    await openLink({ link }, setting);

    expect(setting.started).toEqual(started);
    expect(setting.told).toEqual([]);
  });

  it('is read from the address of the page, and taken out of it', async () => {
    const setting = new FirstRunSetting();

    await openLink(
      { search: '?reset=1&aidevsecops=dependencies%3Awork%2Ftrain.ipynb' },
      setting
    );

    const shown = [showSidebar, { section: 'dependencies' }];
    const opened = ['docmanager:open', { path: 'work/train.ipynb' }];
    // Once more when the main area has taken the focus.
    expect(setting.started).toEqual([opened, shown, shown]);
    expect(setting.isForgotten).toBe(true);
  });

  it('is followed once when JupyterLab comes by the address again', async () => {
    const setting = new FirstRunSetting();

    await openLink({ search: '?aidevsecops=everything' }, setting);
    await openLink({ search: '?aidevsecops=everything' }, setting);

    expect(setting.told).toHaveLength(1);
  });

  it.each([
    ['', /there is no section “”/],
    ['toString', /there is no section “toString”\. Sections are .*dependencies/],
    ['<img src=x>:a', /there is no section “<img src=x>”/]
  ])('to “%s” starts nothing, and names the sections', async (link, told) => {
    const setting = new FirstRunSetting();

    await openLink({ link }, setting);

    expect(setting.started).toEqual([]);
    expect(setting.told).toEqual([expect.stringMatching(told)]);
  });

  it.each([
    ['overlays:nowhere.ipynb', 'There is no nowhere.ipynb.'],
    ['pipelines:nowhere.pipeline', 'There is no nowhere.pipeline.'],
    ['jobs:job-2', 'There is no job job-2.']
  ])('to %s says what is missing, and shows the section', async (link, told) => {
    const setting = new FirstRunSetting();

    await openLink({ link }, setting);

    expect(setting.started).toEqual([[showSidebar, { section: link.split(':')[0] }]]);
    expect(setting.told).toEqual([told]);
  });

  it('says why when JupyterLab cannot show it', async () => {
    const setting = new FirstRunSetting();
    setting.kindOf = async () => Promise.reject(new Error('No connection.'));

    await openLink({ link: 'overlays:work' }, setting);

    expect(setting.told[0]).toContain('cannot be followed: No connection.');
  });

  it('is followed by its command', async () => {
    const setting = new FirstRunSetting();

    await setting.commands.execute(CommandIDs.openLink, { link: 'jobs' });

    await expect
      .poll(() => setting.started)
      .toEqual([[showSidebar, { section: 'jobs' }]]);
  });
});
