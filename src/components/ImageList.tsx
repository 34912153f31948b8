import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { RuntimeImage } from '../pipelineTokens';

/** The images that nodes of pipelines can run in. */
export interface IImageListProps {
  /** The images. */
  images: readonly RuntimeImage[];
  /** The translator. */
  trans: TranslationBundle;
}

function policyText(
  { pull_policy: policy }: RuntimeImage,
  trans: TranslationBundle
): string {
  switch (policy) {
    case 'Always':
      return trans.__('fetched each time');
    case 'IfNotPresent':
      return trans.__('fetched if it is not there');
    case 'Never':
      return trans.__('never fetched');
    case null:
      return '';
  }
}

/** Each registered image: its reference, what it is, and how a cluster fetches it. */
export function ImageList({ images, trans }: IImageListProps): React.JSX.Element {
  return (
    <ul className="jp-aidevsecops-EngineList" aria-label={trans.__('Runtime images')}>
      {images.map(image => (
        <li key={image.name} aria-label={image.display_name}>
          <p>
            <strong title={image.name}>{image.display_name}</strong>
          </p>
          <p>
            <code>{image.image}</code>
          </p>
          {[
            image.description,
            policyText(image, trans),
            image.pull_secret ? trans.__('with the secret %1', image.pull_secret) : ''
          ]
            .filter(Boolean)
            .map(text => (
              <p key={text} className="jp-aidevsecops-Hint">
                {text}
              </p>
            ))}
        </li>
      ))}
    </ul>
  );
}
