import { describe, expect, it } from 'vitest';
import type { IRequest } from '../../api/request';
import { ApiError } from '../../api/request';
import { CANCELLED } from '../../models/jobResult';
import { ReleasesModel } from '../../models/releases';
import type { BrowserPart, ShellPart } from '../../models/whereabouts';
import { Whereabouts } from '../../models/whereabouts';
import type { BotAnswer, ReleaseOutcome } from '../../releaseTokens';
import type { Job } from '../../tokens';
import { eventually, FakeJobs, FakeServer, makeProblem } from '../doubles';
import {
  FakeWhereabouts,
  makeAnswer,
  makeBuilds,
  makeNotes,
  makePlan,
  makeReleaseJob,
  makeReleaseResult,
  makeReleases,
  makeRequest,
  makeWorkflow
} from '../releaseDoubles';
import { Signal } from '@lumino/signaling';

const CHURN = { folder: 'work/churn' };
const OUTDATED = makeProblem({ code: 'release.plan-outdated', message: 'Another plan.' });

/** A server with one repository, whose jobs end when a test says so. */
class Setting {
  builds = makeBuilds();
  open = [makeRequest()];
  readonly server = new FakeServer()
    .on('GET releases', () => makeReleases())
    .on('GET releases/notes', () => makeNotes())
    .on('GET releases/builds', () => this.builds)
    .on('GET releases/requests', () => ({
      repository: 'work/churn',
      requests: this.open
    }))
    .on('POST releases/requests', ({ body }: IRequest) => this.answerOf(body))
    .on('POST releases/previews', () => makePreviewJob())
    .on('POST releases', () => makeReleaseJob())
    .on('POST releases/resumptions', () => makeReleaseJob({ kind: 'release-resumption' }))
    .on('POST releases/undos', () => makeReleaseJob({ kind: 'release-undo' }));
  readonly jobs = new FakeJobs();
  readonly whereabouts = new FakeWhereabouts();
  readonly model = new ReleasesModel(this.server.request, this.jobs, this.whereabouts);
  readonly outcomes: ReleaseOutcome[] = [];

  constructor() {
    this.model.finished.connect((_, outcome) => this.outcomes.push(outcome));
  }

  /** The issue as it would be, or is, opened. */
  answerOf(body: unknown): BotAnswer {
    const isPlanned = (body as { dry_run: boolean }).dry_run;
    return makeAnswer(isPlanned ? {} : { issue: makeRequest({ number: 8 }) });
  }

  /** End a job once it is there. */
  async end(jobId: string, change: Partial<Job>): Promise<void> {
    await eventually(() => expect(this.jobs.get(jobId)?.state).toBe('running'));
    const job = this.jobs.get(jobId) as Job;
    this.jobs.track({ ...job, state: 'succeeded', ...change });
  }
}

function makePreviewJob(): Job {
  return makeReleaseJob({ job_id: 'preview-1', kind: 'release-preview', preview: true });
}

/** A session with a plan. */
async function planned(setting: Setting): Promise<ReturnType<ReleasesModel['begin']>> {
  const session = setting.model.begin(CHURN, { kind: 'minor' });
  const planning = session.makePlan();
  await setting.end('preview-1', { result: makePlan() });
  await planning;
  return session;
}

describe('Whereabouts', () => {
  it('is the document in front, else the folder of the file browser', () => {
    const shell = {
      currentWidget: null as object | null,
      currentChanged: new Signal<object, void>({})
    };
    const model = { path: 'work', pathChanged: new Signal<object, void>({}) };
    const contents = { localPath: (path: string) => path.replace('RTC:', '') };
    const place = new Whereabouts(
      shell as unknown as ShellPart,
      { model } as unknown as BrowserPart,
      contents
    );
    let told = 0;
    place.changed.connect(() => (told += 1));

    expect(place.place).toEqual({ folder: 'work' });
    model.path = 'RTC:';
    model.pathChanged.emit();
    expect(place.place).toEqual({ folder: '.' });
    shell.currentWidget = { context: { localPath: 'a.ipynb' } };
    shell.currentChanged.emit();

    expect(place.place).toEqual({ path: 'a.ipynb' });
    expect(told).toBe(2);
  });
});

describe('ReleasesModel', () => {
  it('asks nothing before anybody looks, and then nothing but what is read', async () => {
    const { server, model, whereabouts } = new Setting();
    whereabouts.go(CHURN);
    expect(server.asked).toEqual([]);

    model.watch(true);
    await eventually(() => expect(model.requests.kind).toBe('ready'));

    expect(server.asked.map(({ route }) => route)).toEqual([
      'GET releases',
      'GET releases/notes',
      'GET releases/builds',
      'GET releases/requests'
    ]);
    expect(server.asked[0].request.query).toMatchObject({ folder: 'work/churn' });
  });

  it('follows the user while somebody looks', async () => {
    const { server, model, whereabouts } = new Setting();
    model.watch(true);
    whereabouts.go({ path: 'other/a.ipynb' });
    whereabouts.go({ path: 'other/a.ipynb' });
    await eventually(() => expect(model.state.kind).toBe('ready'));
    expect(server.count('GET releases')).toBe(2);

    model.watch(false);
    whereabouts.go(CHURN);

    expect(server.count('GET releases')).toBe(2);
  });

  it('asks the forge again for another repository, and when it is told to', async () => {
    const { server, model, whereabouts } = new Setting();
    model.watch(true);
    await eventually(() => expect(model.requests.kind).toBe('ready'));

    whereabouts.go({ path: 'work/churn/other.ipynb' });
    await eventually(() => expect(model.state.kind).toBe('ready'));
    expect(server.count('GET releases')).toBe(2);
    expect(server.count('GET releases/builds')).toBe(1);
    server.on('GET releases', () => makeReleases({ repository: 'other' }));
    whereabouts.go({ path: 'other/a.ipynb' });
    await eventually(() => expect(server.count('GET releases/builds')).toBe(2));
    await model.refresh();

    expect(server.count('GET releases/builds')).toBe(3);
    expect(server.asked.at(-1)?.request.query).toEqual({ folder: 'other' });
  });

  it('asks for no issues where the forge is not asked, and forgets those of others', async () => {
    const setting = new Setting();
    const { server, model, whereabouts } = setting;
    setting.builds = makeBuilds({ forge: null, note: 'On none.' });
    await model.refresh();
    expect(model.builds.kind).toBe('ready');
    expect([model.requests.kind, server.count('GET releases/requests')]).toEqual([
      'idle',
      0
    ]);

    server.on('GET releases', () => {
      throw new ApiError(makeProblem(), 502);
    });
    whereabouts.go({ folder: 'nowhere' });
    await model.refresh();

    expect(model.builds.kind).toBe('idle');
  });

  it('asks for issues although builds cannot be read', async () => {
    const { server, model } = new Setting();
    server.on('GET releases/builds', () => {
      throw new ApiError(makeProblem(), 502);
    });

    await model.refresh();

    expect([model.builds.kind, model.requests.kind]).toEqual(['error', 'ready']);
  });

  it('keeps an issue that was opened here when it is closed', async () => {
    const { server, model } = new Setting();
    model.watch(true);
    await eventually(() => expect(model.requests.kind).toBe('ready'));

    const planned = await model.planRequest(CHURN, { request: 'minor' });
    const asked = await model.ask(CHURN, { request: 'minor' });

    expect([planned.issue, asked.issue?.number]).toEqual([null, 8]);
    expect(server.asked.at(-1)?.route).toBe('GET releases/requests');
    await eventually(() =>
      expect(model.requests).toMatchObject({
        kind: 'ready',
        answer: [
          { number: 7, is_open: true },
          { number: 8, is_open: false }
        ]
      })
    );
  });

  it('reads again what is there when a workflow was written', async () => {
    const { server, model } = new Setting();
    server
      .on('GET releases/workflows', () => makeWorkflow())
      .on('POST releases/workflows', () => makeWorkflow());
    model.watch(true);
    await eventually(() => expect(model.requests.kind).toBe('ready'));
    await model.readWorkflow(CHURN, 'gitea');
    expect(server.asked.at(-1)?.request.query).toEqual({ ...CHURN, forge: 'gitea' });

    await model.writeWorkflow(CHURN, null, 'workflow-1');

    await eventually(() => expect(server.count('GET releases')).toBe(2));
    expect(server.count('GET releases/builds')).toBe(1);
  });

  it('keeps the last plan of a repository until a release of it was cut', async () => {
    const setting = new Setting();
    const { model } = setting;
    model.watch(true);
    const session = await planned(setting);
    expect(model.plan?.tag).toBe('v1.3.0');

    const releasing = session.release();
    await setting.end('release-1', { result: makeReleaseResult() });

    expect(await releasing).toBe(true);
    expect(model.plan).toBeNull();
  });

  it('resumes and undoes, and tells what it came to', async () => {
    const setting = new Setting();
    const { model, server, outcomes } = setting;
    const resuming = model.resume(CHURN);
    await setting.end('release-1', { result: makeReleaseResult() });
    expect((await resuming).kind).toBe('done');
    setting.jobs.jobs = [];

    const undoing = model.undo(CHURN, true);
    await setting.end('release-1', { state: 'cancelled' });

    expect((await undoing).kind).toBe('cancelled');
    expect(server.body('POST releases/undos')).toMatchObject({
      folder: 'work/churn',
      published: true
    });
    expect(outcomes.map(({ kind, isSeen }) => [kind, isSeen])).toEqual([
      ['done', false],
      ['cancelled', false]
    ]);
  });

  it('has git keep a token', async () => {
    const { model, server } = new Setting();
    server.on('POST releases/tokens', () => ({ host: 'https://git.example.org' }));

    await model.keepToken(CHURN, 't0k');

    expect(server.body('POST releases/tokens')).toEqual({ ...CHURN, token: 't0k' });
  });

  it('follows what was under way when the page was loaded', async () => {
    const setting = new Setting();
    setting.jobs.track(makeReleaseJob());
    setting.jobs.track(makePreviewJob());
    const adopting = setting.model.adopt();
    expect(setting.model.activeJob('work/churn')?.job_id).toBe('release-1');

    await setting.end('release-1', { state: 'failed', error: makeProblem() });
    await adopting;

    expect(setting.outcomes.map(({ kind }) => kind)).toEqual(['failed']);
    expect(setting.model.activeJob('work/churn')).toBeNull();
    expect(setting.model.failure('work/churn')?.error?.code).toBe('lock.unsatisfiable');
  });

  it('has no failure to show where the plan was another one by then', () => {
    const setting = new Setting();
    setting.jobs.track(makeReleaseJob({ state: 'failed', error: OUTDATED }));

    expect(setting.model.failure('work/churn')).toBeNull();
  });
});

describe('ReleaseSession', () => {
  it('asks a bot once the issue was shown', async () => {
    const { server, model, jobs } = new Setting();
    const session = model.begin(CHURN, { kind: 'auto', mode: 'bot' });
    await session.makePlan();
    expect(session.issue?.issue).toBeNull();
    expect([session.plan, session.isBehind, session.isDone]).toEqual([
      null,
      false,
      false
    ]);
    session.choose({ kind: 'explicit', version: ' 1.4.0 ' });
    expect([session.isBehind, await session.release()]).toEqual([true, false]);
    await session.makePlan();

    expect(await session.release()).toBe(true);

    const bodies = server.asked
      .filter(({ route }) => route === 'POST releases/requests')
      .map(({ request }) => request.body as { request: string; dry_run: boolean });
    expect(bodies.map(body => [body.request, body.dry_run])).toEqual([
      ['auto', true],
      ['1.4.0', true],
      ['1.4.0', false]
    ]);
    expect([session.issue?.issue?.number, session.isDone]).toEqual([8, true]);
    expect(jobs.jobs).toEqual([]);
  });

  it('asks a bot where the repository says that one makes its releases', async () => {
    const setting = new Setting();
    const session = setting.model.begin(CHURN, { kind: 'minor' });
    const planning = session.makePlan();
    const error = makeProblem({ code: 'release.by-bot' });
    await setting.end('preview-1', { state: 'failed', error });
    await planning;

    expect(session.choice.mode).toBe('bot');
    expect([session.issue?.title, session.problem]).toEqual(['New minor release', null]);
  });

  it('plans what is chosen, and says when the plan is of something else', async () => {
    const setting = new Setting();
    const session = await planned(setting);

    expect(setting.server.body('POST releases/previews')).toMatchObject({
      folder: 'work/churn',
      kind: 'minor',
      mode: null,
      unchecked: false
    });
    expect(session.plan?.next).toBe('1.3.0');
    session.choose({ isPushed: false });
    expect(session.isBehind).toBe(false);
    session.choose({ kind: 'explicit', version: ' 2.0.0 ' });
    expect(session.isBehind).toBe(true);
    expect(await session.release()).toBe(false);
    expect(setting.server.count('POST releases')).toBe(0);
  });

  it('releases exactly the plan that is shown', async () => {
    const setting = new Setting();
    const session = await planned(setting);
    session.choose({ isPushed: false });

    const releasing = session.release();
    expect(session.activity).toBe('releasing');
    await setting.end('release-1', { result: makeReleaseResult() });

    expect(await releasing).toBe(true);
    expect(setting.server.body('POST releases')).toMatchObject({
      kind: 'minor',
      digest: 'digest-1',
      push: false
    });
    expect(setting.outcomes.map(({ kind, isSeen }) => [kind, isSeen])).toEqual([
      ['done', true]
    ]);
  });

  it('plans anew where the plan is another one by now, and still says why', async () => {
    const setting = new Setting();
    const session = await planned(setting);
    setting.server.on('POST releases', () => {
      throw new ApiError(OUTDATED, 409);
    });
    setting.server.on('POST releases/previews', () => ({
      ...makePreviewJob(),
      job_id: 'preview-2'
    }));

    const releasing = session.release();
    await setting.end('preview-2', { result: makePlan({ digest: 'digest-2' }) });

    expect(await releasing).toBe(false);
    expect(session.plan?.digest).toBe('digest-2');
    expect(session.problem?.message).toBe('Another plan.');
    expect(session.activity).toBe('none');
  });

  it.each<[Partial<Job>, string]>([
    [
      { state: 'failed', error: makeProblem({ code: 'release.push-rejected' }) },
      'release.push-rejected'
    ],
    [{ state: 'failed' }, ''],
    [{ state: 'cancelled' }, CANCELLED]
  ])('shows why a release came to nothing, and keeps the plan: %o', async (end, code) => {
    const setting = new Setting();
    const session = await planned(setting);

    const releasing = session.release();
    await setting.end('release-1', end);

    expect(await releasing).toBe(false);
    expect(session.problem?.code).toBe(code);
    expect(session.plan?.digest).toBe('digest-1');
    expect(session.job).toBeNull();
    expect(session.logOf).toBe('release-1');
  });

  it('has no plan where none can be made, and the last one where it was cancelled', async () => {
    const setting = new Setting();
    const session = await planned(setting);
    setting.jobs.jobs = [];
    const again = session.makePlan();
    await eventually(() => expect(session.job?.job_id).toBe('preview-1'));
    await session.cancel();
    expect(setting.jobs.cancelled).toEqual(['preview-1']);
    await setting.end('preview-1', { state: 'cancelled' });
    await again;
    expect(session.plan).not.toBeNull();

    setting.server.on('POST releases/previews', () => {
      throw new ApiError(makeProblem({ code: 'release.no-version' }), 422);
    });
    await session.makePlan();

    expect(session.plan).toBeNull();
    expect(session.problem?.code).toBe('release.no-version');
  });

  it('stops planning when nobody wants the plan any more, and leaves a release alone', async () => {
    const setting = new Setting();
    const session = setting.model.begin(CHURN, {});
    const planning = session.makePlan();
    await eventually(() => expect(session.job).not.toBeNull());
    session.dispose();
    session.dispose();
    await setting.end('preview-1', { state: 'cancelled' });
    await planning;
    expect(setting.jobs.cancelled).toEqual(['preview-1']);

    const other = new Setting();
    const second = await planned(other);
    const releasing = second.release();
    await eventually(() => expect(second.job).not.toBeNull());
    second.dispose();
    await other.end('release-1', { state: 'failed', error: makeProblem() });
    await releasing;

    expect(other.jobs.cancelled).toEqual([]);
    expect(other.outcomes.map(({ isSeen }) => isSeen)).toEqual([false]);
  });

  it('stops a plan whose job comes after nobody wants it', async () => {
    const setting = new Setting();
    const session = setting.model.begin(CHURN, {});
    const planning = session.makePlan();
    session.dispose();
    await planning;

    expect(setting.jobs.cancelled).toEqual(['preview-1']);
  });
});
