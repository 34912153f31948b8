import type { TranslationBundle } from '@jupyterlab/translation';
import type { AnswerState, PackageDetails, PackageVersion } from '../environmentTokens';
import { newestFitting } from './constraint';
import { parseSpecifier } from './pep440';

/** What there is to say of a specifier. */
export interface ISpecifierText {
  /** Whether it is something to mind. */
  isWarning: boolean;
  /** The sentence. */
  text: string;
}

/** What is worth knowing of a version, in a few words. */
export function versionNote(version: PackageVersion, trans: TranslationBundle): string {
  const { requires_python: python, fits_python: fitsPython } = version;
  return [
    version.yanked ? trans.__('taken back') : '',
    fitsPython ? '' : trans.__('needs Python %1', python ?? ''),
    version.prerelease ? trans.__('pre-release') : '',
    version.uploaded_at?.slice(0, 10) ?? ''
  ]
    .filter(Boolean)
    .join(', ');
}

function newestText(version: PackageVersion, trans: TranslationBundle): ISpecifierText {
  const { yanked, yanked_reason: reason, has_wheel: hasWheel } = version;
  const notes = [
    yanked
      ? trans.__('It was taken back: %1.', reason || trans.__('no reason given'))
      : '',
    version.prerelease ? trans.__('It is a pre-release.') : '',
    hasWheel ? '' : trans.__('It has to be built from its source.')
  ].filter(Boolean);
  return {
    isWarning: notes.length > 0,
    text: [trans.__('Newest version that fits: %1.', version.version), ...notes].join(' ')
  };
}

/** Whether a specifier is one, and the newest version that it allows where that is known. */
export function specifierText(
  specifier: string,
  details: AnswerState<PackageDetails>,
  trans: TranslationBundle
): ISpecifierText | null {
  if (parseSpecifier(specifier) === null) {
    return { isWarning: true, text: trans.__('This is no version specifier.') };
  }
  if (details.kind !== 'ready') {
    return null;
  }
  const newest = newestFitting(details.answer, specifier);
  if (newest) {
    return newestText(newest, trans);
  }
  const { name, target } = details.answer;
  return {
    isWarning: true,
    text: trans.__('No version of %1 fits for Python %2.', name, target.python_version)
  };
}
