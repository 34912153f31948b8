import { Debouncer } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { AnswerState } from '../environmentTokens';
import { asProblem } from './problems';

/** Asks whenever the question changes; of several answers only that to the last question counts. */
export class LatestAnswer<Q, A> {
  constructor(
    private readonly _answer: (question: Q) => Promise<A>,
    quietMs: number
  ) {
    this._debouncer = new Debouncer(() => this._run(), quietMs);
  }

  /** The answer, or how far it is. */
  get state(): AnswerState<A> {
    return this._state;
  }

  /** Emitted when {@link state} changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Ask once nothing else has been asked for a moment. */
  ask(question: Q): void {
    this._begin(question);
    // A debouncer rejects the calls that a later call replaces.
    this._debouncer.invoke().catch(() => undefined);
  }

  /** Ask at once; resolves when this question is answered, or when it no longer counts. */
  askNow(question: Q): Promise<void> {
    this._begin(question);
    return this._run();
  }

  /** Want no answer any more. */
  forget(): void {
    this._round += 1;
    this._question = null;
    this._set({ kind: 'idle' });
  }

  /** Stop asking. */
  dispose(): void {
    this._round += 1;
    this._debouncer.dispose();
    Signal.clearData(this);
  }

  private _begin(question: Q): void {
    this._round += 1;
    this._question = { question };
    const known = 'answer' in this._state ? this._state.answer : null;
    this._set({ kind: 'loading', answer: known });
  }

  private async _run(): Promise<void> {
    if (this._question === null) {
      return;
    }
    const { question } = this._question;
    this._question = null;
    const round = this._round;
    let state: AnswerState<A>;
    try {
      state = { kind: 'ready', answer: await this._answer(question) };
    } catch (error) {
      state = { kind: 'error', problem: asProblem(error) };
    }
    if (round === this._round) {
      this._set(state);
    }
  }

  private _set(state: AnswerState<A>): void {
    this._state = state;
    this._changed.emit();
  }

  private readonly _debouncer: Debouncer<void>;
  private _state: AnswerState<A> = { kind: 'idle' };
  /** Boxed, since a question may itself be null. */
  private _question: { question: Q } | null = null;
  private _round = 0;
  private readonly _changed = new Signal<this, void>(this);
}
