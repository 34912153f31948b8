import { describe, expect, it } from 'vitest';
import { LatestAnswer } from '../../models/latestAnswer';
import { eventually } from '../doubles';

/** Questions whose answers a test gives when it wants to. */
class Oracle {
  asked: string[] = [];
  answers = new Map<string, (answer: string) => void>();
  failures = new Map<string, (error: Error) => void>();

  readonly ask = (question: string): Promise<string> => {
    this.asked.push(question);
    return new Promise((resolve, reject) => {
      this.answers.set(question, resolve);
      this.failures.set(question, reject);
    });
  };
}

describe('LatestAnswer', () => {
  it('asks only the last of several questions in a row', async () => {
    const oracle = new Oracle();
    const latest = new LatestAnswer(oracle.ask, 20);

    latest.ask('p');
    latest.ask('pa');
    latest.ask('pan');
    await eventually(() => expect(oracle.asked).toHaveLength(1));

    expect(oracle.asked).toEqual(['pan']);
    latest.dispose();
  });

  it('ignores an answer that was overtaken', async () => {
    const oracle = new Oracle();
    const latest = new LatestAnswer(oracle.ask, 0);
    const first = latest.askNow('old');
    const second = latest.askNow('new');

    oracle.answers.get('new')?.('the new one');
    await second;
    oracle.answers.get('old')?.('the old one');
    await first;

    expect(latest.state).toEqual({ kind: 'ready', answer: 'the new one' });
  });

  it('keeps the last answer while it waits for the next', async () => {
    const oracle = new Oracle();
    const latest = new LatestAnswer(oracle.ask, 0);
    const first = latest.askNow('one');
    oracle.answers.get('one')?.('the first');
    await first;

    latest.ask('two');

    expect(latest.state).toEqual({ kind: 'loading', answer: 'the first' });
    latest.dispose();
  });

  it('says what went wrong, and goes on from there', async () => {
    const oracle = new Oracle();
    const latest = new LatestAnswer(oracle.ask, 0);
    const first = latest.askNow('one');
    oracle.failures.get('one')?.(new Error('no such thing'));
    await first;
    expect(latest.state).toMatchObject({
      kind: 'error',
      problem: { message: 'no such thing' }
    });

    const second = latest.askNow('two');
    oracle.answers.get('two')?.('an answer');
    await second;

    expect(latest.state.kind).toBe('ready');
  });

  it('wants no answer any more once it has forgotten the question', async () => {
    const oracle = new Oracle();
    const latest = new LatestAnswer(oracle.ask, 0);
    const asking = latest.askNow('one');
    let count = 0;
    latest.changed.connect(() => (count += 1));

    latest.forget();
    oracle.answers.get('one')?.('too late');
    await asking;

    expect(latest.state).toEqual({ kind: 'idle' });
    expect(count).toBe(1);
  });
});
