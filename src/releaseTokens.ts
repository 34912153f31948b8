import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { AnswerState } from './environmentTokens';
import type { components } from './generated/api';
import type { IProblem, Job } from './tokens';

type Schemas = components['schemas'];

/** What was released in a repository, and what could come next. */
export type Releases = Schemas['Releases'];
/** What is not released. */
export type ReleaseNotes = Schemas['ReleaseNotes'];
/** All that a release would do. */
export type ReleasePlan = Schemas['ReleasePlan'];
/** What one check found. */
export type ReleaseCheck = Schemas['ReleaseCheck'];
/** How far a release came. */
export type ReleaseRecord = NonNullable<Schemas['ReleaseRecord']>;
/** What a job that cuts, resumes or undoes a release came to. */
export type ReleaseResult = Schemas['ReleaseResult'];
/** What a token is for that git keeps. */
export type ReleaseToken = Schemas['ReleaseToken'];
/** How the builds of the newest release stand. */
export type ReleaseBuilds = Schemas['ReleaseBuilds'];
/** What a forge did with a commit. */
export type Build = Schemas['Build'];
/** An issue that asks a bot for something. */
export type BotRequest = NonNullable<Schemas['BotRequest']>;
/** An issue as it would be opened, and the one that is open. */
export type BotAnswer = Schemas['BotRequestAnswer'];
/** What became of an issue. */
export type FollowedRequest = Schemas['FollowedBotRequest'];
/** The files by which a forge tags what was merged. */
export type ReleaseWorkflow = Schemas['ReleaseWorkflow'];
/** What a forge runs. */
export type ForgeKind = Schemas['ForgeKind'];
/** How the next version is found. */
export type ReleaseKind = ReleasePlan['kind'];

/** The kinds of releases in the order that they are offered in. */
export const RELEASE_KINDS: readonly ReleaseKind[] = [
  'auto',
  'patch',
  'minor',
  'major',
  'prerelease',
  'finalize',
  'build',
  'calver',
  'explicit'
];

/** How a release is made: at once, by a pull request, or by a bot that is asked for it. */
export type ReleaseMode = ReleasePlan['mode'] | 'bot';

/** What a bot is asked for, as the terminal's `aidevsecops bot ask` has it. */
export interface IBotWish {
  /** A word such as `minor` or `deliver-image`, or a version. */
  request: string;
  /** The tag that is to be delivered; empty where it is about none. */
  tag?: string;
}

/** A file or a folder, which stands for the repository that it is in. */
export type ReleasePlace = { path: string } | { folder: string };

/** Which release to plan, and how. */
export interface IReleaseChoice {
  /** How the next version is found. */
  kind: ReleaseKind;
  /** The next version itself, where it is `explicit`. */
  version: string;
  /** How it is made; as the repository says when null. */
  mode: ReleaseMode | null;
  /** Whether to look at what the repository holds, which runs its commands. */
  isChecked: boolean;
  /** Whether the commit and the tag leave this machine. */
  isPushed: boolean;
}

/** Where the user is. */
export interface IWhereabouts {
  /** The document in front, or the folder of the file browser. */
  readonly place: ReleasePlace;
  /** Emitted when the user went elsewhere. */
  readonly changed: ISignal<IWhereabouts, void>;
}

/** One release being planned, and carried out. */
export interface IReleaseSession {
  /** What was released, what could come next, and where to; or how far that is. */
  readonly releases: AnswerState<Releases>;
  /** What is chosen. */
  readonly choice: IReleaseChoice;
  /** The last plan; null before the first, and where a bot is asked. */
  readonly plan: ReleasePlan | null;
  /** The issue that asks a bot for the release, where that was planned last; or null. */
  readonly issue: BotAnswer | null;
  /** Whether the last plan was carried out. */
  readonly isDone: boolean;
  /** Whether the last plan is one of something else than what is chosen now. */
  readonly isBehind: boolean;
  /** What is going on. */
  readonly activity: 'none' | 'planning' | 'releasing';
  /** The job that plans or releases; null before the server has it, and when it has ended. */
  readonly job: Job | null;
  /** The id of the last job, whose log may say more; null before the first. */
  readonly logOf: string | null;
  /** What went wrong last, or null. */
  readonly problem: IProblem | null;
  /** Emitted when any of these changed. */
  readonly changed: ISignal<IReleaseSession, void>;
  /** Choose something else. */
  choose(change: Partial<IReleaseChoice>): void;
  /** Make a plan of what is chosen; resolves when it is there, or cannot be made. */
  makePlan(): Promise<void>;
  /** Carry the plan out; true when that is done. A plan that no longer holds is made anew. */
  release(): Promise<boolean>;
  /** Stop what is going on. */
  cancel(): Promise<void>;
  /** Want no plan any more; a release that was begun goes on. */
  dispose(): void;
}

/**
 * What became of a job. `isSeen`: whoever started it looks at what it came to, and need not be
 * told.
 */
export type ReleaseOutcome = { job: Job; isSeen: boolean } & (
  | { kind: 'done'; result: ReleaseResult }
  | { kind: 'failed'; problem: IProblem }
  | { kind: 'cancelled' }
);

/** Cuts releases of the repository that the user is in. */
export interface IReleasesModel {
  /** Where the user is. */
  readonly place: ReleasePlace;
  /** What was released there. */
  readonly state: AnswerState<Releases>;
  /** What is not released there. */
  readonly notes: AnswerState<ReleaseNotes>;
  /** How the builds of the newest release there stand. */
  readonly builds: AnswerState<ReleaseBuilds>;
  /** The open issues there that ask a bot for something, and those that were opened here. */
  readonly requests: AnswerState<readonly BotRequest[]>;
  /** The last plan of the repository that {@link state} is of, until a release was cut; or null. */
  readonly plan: ReleasePlan | null;
  /** Emitted when any of these changed. */
  readonly stateChanged: ISignal<IReleasesModel, void>;
  /** Emitted when a job has ended. */
  readonly finished: ISignal<IReleasesModel, ReleaseOutcome>;
  /** Follow where the user is, or do so no more: nothing is asked that nobody looks at. */
  watch(isWatched: boolean): void;
  /** Read it again. */
  refresh(): Promise<void>;
  /** What was released in a repository, also as its remote has it. */
  read(place: ReleasePlace): Promise<Releases>;
  /** What is not released in a repository. */
  readNotes(place: ReleasePlace): Promise<ReleaseNotes>;
  /** Begin to plan a release. */
  begin(place: ReleasePlace, choice: Partial<IReleaseChoice>): IReleaseSession;
  /** The job that cuts, resumes or undoes a release of a repository now, or null. */
  activeJob(repository: string): Job | null;
  /** Why the last such job came to nothing, or null. */
  failure(repository: string): Job | null;
  /** Have git keep a token for the forge of a repository; neither this page nor the server does. */
  keepToken(place: ReleasePlace, token: string): Promise<ReleaseToken>;
  /** What became of an issue that asks a bot for something. */
  follow(place: ReleasePlace, number: number): Promise<FollowedRequest>;
  /** The issue that would ask a bot for something. */
  planRequest(place: ReleasePlace, wish: IBotWish): Promise<BotAnswer>;
  /** Ask a bot for something. */
  ask(place: ReleasePlace, wish: IBotWish): Promise<BotAnswer>;
  /** The workflow that would be written, for the forge of the remote where none is named. */
  readWorkflow(place: ReleasePlace, forge: ForgeKind | null): Promise<ReleaseWorkflow>;
  /** Write the workflow that was agreed to. */
  writeWorkflow(
    place: ReleasePlace,
    forge: ForgeKind | null,
    digest: string
  ): Promise<ReleaseWorkflow>;
  /** Go on with a release. */
  resume(place: ReleasePlace): Promise<ReleaseOutcome>;
  /** Take the newest release back, also from its remote where that is wanted. */
  undo(place: ReleasePlace, isPublished: boolean): Promise<ReleaseOutcome>;
}

/** Provides releases. */
export const IReleasesModel = new Token<IReleasesModel>(
  'aidevsecops:IReleasesModel',
  'Cuts releases of the repository that the user is in.'
);
