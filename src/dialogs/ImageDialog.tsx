import type { TranslationBundle } from '@jupyterlab/translation';
import { Dialog } from '@jupyterlab/apputils';
import * as React from 'react';
import '../../style/pipelines.css';
import { CheckField } from '../components/CheckField';
import { ErrorNotice } from '../components/ErrorNotice';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { asProblem } from '../models/problems';
import type { IEnginesModel, ImageRequest, RuntimeImage } from '../pipelineTokens';
import { FormDialog } from './FormDialog';

/** What is asked, and done. */
export interface IImageDialogOptions {
  /** Registers it. */
  engines: IEnginesModel;
  /** The folders of the overlays of the project. */
  overlays: readonly string[];
  /** The overlay that is chosen first; the first one where it is null. */
  overlay: string | null;
  /** The translator. */
  trans: TranslationBundle;
}

/** What is typed; `overlay` is empty for another image. */
interface IImageText {
  overlay: string;
  image: string;
  name: string;
  policy: string;
  secret: string;
  force: boolean;
}

/** There is one of the name. */
const TAKEN = 'metadata.taken';
const POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;

function requestOf(value: IImageText): ImageRequest {
  const { overlay, image, name, policy, secret, force } = value;
  return {
    overlay: overlay || null,
    image: overlay ? null : image.trim(),
    name: name.trim(),
    description: '',
    pull_policy: POLICIES.find(known => known === policy) ?? null,
    pull_secret: secret.trim(),
    force
  };
}

function Fields(props: {
  value: IImageText;
  overlays: readonly string[];
  trans: TranslationBundle;
  onChange: (value: IImageText) => void;
}): React.JSX.Element {
  const { value, overlays, trans, onChange } = props;
  const other = ['', trans.__('None: another image')] as const;
  return (
    <>
      <SelectField
        label={trans.__('Overlay')}
        value={value.overlay}
        options={[...overlays.map(folder => [folder, folder] as const), other]}
        onChange={overlay => onChange({ ...value, overlay })}
      />
      {value.overlay ? (
        <p className="jp-aidevsecops-Hint">
          {trans.__(
            'The image that the release of the project gives to the overlay: its registry and tag are those of .aicoe-ci.yaml and of the release.'
          )}
        </p>
      ) : (
        <TextField
          label={trans.__('Image')}
          value={value.image}
          hint={trans.__('Such as registry.example.org/team/notebook:v1')}
          onChange={image => onChange({ ...value, image })}
        />
      )}
      <TextField
        label={trans.__('Name')}
        value={value.name}
        hint={
          value.overlay
            ? trans.__('Empty to call it like the overlay')
            : trans.__('Empty to call it like the image')
        }
        onChange={name => onChange({ ...value, name })}
      />
      <SelectField
        label={trans.__('When the cluster fetches it')}
        value={value.policy}
        options={[
          ['', trans.__('As the cluster does')],
          ['Always', trans.__('Each time')],
          ['IfNotPresent', trans.__('If it is not there')],
          ['Never', trans.__('Never')]
        ]}
        onChange={policy => onChange({ ...value, policy })}
      />
      <TextField
        label={trans.__('Secret to fetch it with')}
        value={value.secret}
        hint={trans.__('The name of a secret of Kubernetes; empty for none')}
        onChange={secret => onChange({ ...value, secret })}
      />
    </>
  );
}

/** Ask which image is to be registered, and do it; the image, or null. */
export async function askImage(
  options: IImageDialogOptions
): Promise<RuntimeImage | null> {
  const { engines, overlays, overlay, trans } = options;
  let registered: RuntimeImage | null = null;
  const first = { overlay: overlay ?? overlays[0] ?? '', image: '', name: '' };
  const dialog = new FormDialog<IImageText>(
    trans.__('Register an image'),
    [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Register') })
    ],
    {
      initial: { ...first, policy: '', secret: '', force: false },
      submit: async value => {
        if (!value.overlay && !value.image.trim()) {
          const message = trans.__('The image is missing.');
          return { code: 'image.incomplete', message, hint: '', details: {} };
        }
        try {
          registered = await engines.register(requestOf(value));
          return null;
        } catch (error) {
          return asProblem(error);
        }
      },
      render: ({ value, problem, change }) => (
        <div className="jp-aidevsecops-Form">
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              "Elyra's editor offers the registered images for the nodes of pipelines."
            )}
          </p>
          <Fields value={value} overlays={overlays} trans={trans} onChange={change} />
          {problem?.code === TAKEN || value.force ? (
            <CheckField
              label={trans.__('Take the place of the one that is called so')}
              isChecked={value.force}
              onChange={force => change({ ...value, force })}
            />
          ) : null}
          {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
        </div>
      )
    }
  );
  await dialog.launch();
  return registered;
}
