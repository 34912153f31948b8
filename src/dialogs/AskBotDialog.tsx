import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AnswerView } from '../components/AnswerView';
import { RequestView } from '../components/RequestView';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem } from '../models/problems';
import type { BotAnswer, IReleasesModel, ReleasePlace } from '../releaseTokens';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';
import { FormProblem, notShown } from './notShown';

/** Who is to be asked, and for what first. */
export interface IAskBotOptions {
  /** A place in the repository. */
  place: ReleasePlace;
  /** The tag that is delivered unless another one is named; may be empty. */
  tag: string;
  /** Asks bots. */
  releases: IReleasesModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** What is in the fields. */
interface IAsked {
  request: string;
  tag: string;
}

/** A pause in typing. */
const QUIET_MS = 400;
/** What is about a tag. */
const DELIVERED = ['deliver-image', 'deliver-module'];

function wishes(trans: TranslationBundle): [string, string][] {
  return [
    ['update', trans.__('Update the dependencies')],
    ['info', trans.__('Tell of the dependencies')],
    ['advise', trans.__('Advise on the dependencies')],
    ['deliver-image', trans.__('Deliver the container image of a tag')],
    ['deliver-module', trans.__('Deliver the missing module of a tag')]
  ];
}

function isDelivered({ request }: IAsked): boolean {
  return DELIVERED.includes(request);
}

function isTagMissing(asked: IAsked): boolean {
  return isDelivered(asked) && asked.tag.trim() === '';
}

function tagMissing(trans: TranslationBundle): IProblem {
  const message = trans.__('Name the tag that is to be delivered.');
  return { code: 'bot.tag-missing', message, hint: '', details: {} };
}

/** What to ask for, without the tag where it is about none. */
function wishOf(asked: IAsked): IAsked {
  return { ...asked, tag: isDelivered(asked) ? asked.tag.trim() : '' };
}

/** Let the user ask a bot, by an issue that is shown first; the issue, or null. */
export async function askForRequest(options: IAskBotOptions): Promise<BotAnswer | null> {
  const { place, tag, releases, trans } = options;
  const initial: IAsked = { request: 'update', tag };
  let answer: BotAnswer | null = null;
  const preview = new LatestAnswer(
    (asked: IAsked) => releases.planRequest(place, asked),
    QUIET_MS
  );
  const look = (asked: IAsked): void => {
    if (isTagMissing(asked)) {
      preview.forget();
    } else {
      preview.ask(wishOf(asked));
    }
  };
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Create Issue') })
  ];
  const dialog = new FormDialog<IAsked>(trans.__('Ask a bot'), buttons, {
    initial,
    submit: async asked => {
      const { state } = preview;
      if (isTagMissing(asked)) {
        return tagMissing(trans);
      }
      if (state.kind !== 'ready') {
        // What is to be opened has to be seen first.
        return state.kind === 'error' ? state.problem : notShown(trans);
      }
      try {
        answer = await releases.ask(place, wishOf(asked));
        return null;
      } catch (error) {
        return asProblem(error);
      }
    },
    render: ({ value, problem, change }) => {
      const choose = (more: Partial<IAsked>): void => {
        const next = { ...value, ...more };
        change(next);
        look(next);
      };
      return (
        <div className="jp-aidevsecops-Form">
          <SelectField
            label={trans.__('What a bot is asked for')}
            value={value.request}
            options={wishes(trans)}
            onChange={request => choose({ request })}
          />
          {isDelivered(value) ? (
            <TextField
              label={trans.__('Tag')}
              value={value.tag}
              hint={trans.__('What is built is taken from this tag, such as v1.4.0.')}
              isRequired
              onChange={named => choose({ tag: named })}
            />
          ) : null}
          {preview.state.kind !== 'error' ? (
            <FormProblem
              problem={problem}
              isShown={preview.state.kind === 'ready'}
              trans={trans}
            />
          ) : null}
          <AnswerView
            state={preview.state}
            trans={trans}
            render={planned => <RequestView answer={planned} trans={trans} />}
          />
        </div>
      );
    }
  });
  preview.changed.connect(() => dialog.refresh());
  void preview.askNow(wishOf(initial));
  await dialog.launch();
  preview.dispose();
  return answer;
}
