import type { TranslationBundle } from '@jupyterlab/translation';
import type { ExportFormat } from '../environmentTokens';

/** A format: what people call it, and who takes it. */
export interface IFormatText {
  /** The format. */
  format: ExportFormat;
  /** What people call it. */
  label: string;
  /** What it holds, and who takes it. */
  hint: string;
}

/** The formats that JupyterLab can write. */
export function formats(trans: TranslationBundle): IFormatText[] {
  return [
    {
      format: 'pipfile',
      label: trans.__('Pipfile and Pipfile.lock'),
      hint: trans.__('Everything; for pipenv and micropipenv.')
    },
    {
      format: 'pylock',
      label: trans.__('pylock.toml (PEP 751)'),
      hint: trans.__('Exact versions with addresses; for uv and pip.')
    },
    {
      format: 'requirements',
      label: trans.__('requirements.txt'),
      hint: trans.__('Exact versions with hashes; for pip.')
    },
    {
      format: 'pyproject',
      label: trans.__('pyproject.toml'),
      hint: trans.__('What is asked for; for uv and pip.')
    },
    {
      format: 'sbom',
      label: trans.__('Bill of materials (CycloneDX)'),
      hint: trans.__('Exact versions with hashes; for scanners.')
    },
    {
      format: 'pep723',
      label: trans.__('Script with a PEP 723 block'),
      hint: trans.__('What is asked for; for uv run.')
    },
    {
      format: 'juv',
      label: trans.__('Notebook for juv'),
      hint: trans.__(
        'What is asked for, in a cell; for juv. Outputs of cells are not written.'
      )
    }
  ];
}
