import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ReleaseKind, Releases } from '../releaseTokens';
import { RELEASE_KINDS } from '../releaseTokens';
import { kindText } from './releaseText';

/** The versions that could come next. */
export interface INextVersionsProps {
  /** What was released. */
  releases: Releases;
  /** The version that the commits ask for; null where that is not known, or not yet. */
  asked: string | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the kind that the user wants to plan a release of. */
  onChoose: (kind: ReleaseKind) => void;
}

/** The version that a kind comes to; undefined where there is none, null where that is not known. */
export function versionOf(
  kind: ReleaseKind,
  { next, current }: Releases,
  asked: string | null
): string | null | undefined {
  switch (kind) {
    case 'explicit':
      return null;
    case 'auto':
      return current === null ? undefined : asked;
    default:
      return next[kind];
  }
}

/** A button for each kind of release, with the version that it comes to. */
export function NextVersions(props: INextVersionsProps): React.JSX.Element {
  const { releases, asked, trans, onChoose } = props;
  const offered = RELEASE_KINDS.flatMap(kind => {
    const version = versionOf(kind, releases, asked);
    return version === undefined ? [] : [{ kind, version }];
  });
  return (
    <ul
      className="jp-aidevsecops-NextVersions"
      aria-label={trans.__('What could come next')}
    >
      {offered.map(({ kind, version }) => {
        const text = kindText(kind, trans);
        return (
          <li key={kind}>
            <button
              type="button"
              title={
                version === null
                  ? trans.__('Plan a release: %1', text)
                  : trans.__('Plan the release of %1', version)
              }
              onClick={() => onChoose(kind)}
            >
              <span>{text}</span>
              {version === null ? (
                <span aria-hidden="true">…</span>
              ) : (
                <strong>{version}</strong>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
