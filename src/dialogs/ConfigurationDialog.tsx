import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ConfigurationChange } from '../components/ConfigurationChange';
import { ConfigurationForm } from '../components/ConfigurationForm';
import type {
  ConfigurationDraft,
  ConfigurationEdit,
  ConfigurationFile,
  IProjectModel
} from '../projectTokens';
import { QUIET_MS, showPreview } from './PreviewDialog';

type Values = ConfigurationEdit['values'];

/** Which file is shown, and what it says. */
export interface IShownConfiguration {
  /** The folder that the file is in. */
  folder: string;
  /** The file as it was read. */
  file: ConfigurationFile;
  /** Its values. */
  values: Values;
}

/** Show a configuration file as a form, with what changes in it, and write it; it, or null. */
export function askConfiguration(
  model: IProjectModel,
  shown: IShownConfiguration,
  trans: TranslationBundle
): Promise<ConfigurationDraft | null> {
  const { folder, file, values: initial } = shown;
  const { kind, revision, schema } = file;
  const edit = (values: Values): ConfigurationEdit => ({
    folder,
    kind,
    revision,
    values
  });
  return showPreview<Values, ConfigurationDraft, ConfigurationDraft>({
    title: trans.__('Configuration: %1', file.file),
    button: trans.__('Save'),
    initial,
    quietMs: QUIET_MS,
    preview: values => model.draftConfiguration(edit(values)),
    agree: values => model.writeConfiguration(edit(values)),
    fields: (values, change) => (
      <ConfigurationForm
        initial={initial}
        values={values}
        schema={schema}
        trans={trans}
        onChange={change}
      />
    ),
    render: draft => <ConfigurationChange draft={draft} trans={trans} />,
    trans
  });
}
