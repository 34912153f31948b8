import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import { visibleText } from '../visibleText';

function visible(values: (string | number)[]): (string | number)[] {
  return values.map(it => (typeof it === 'string' ? visibleText(it) : it));
}

/** Our words in the user's language; what they name stands in them as it is, and steers nothing. */
export function loadTranslation(translator: ITranslator | null): TranslationBundle {
  const bundle = (translator ?? nullTranslator).load('aidevsecops');
  const own: Pick<TranslationBundle, '__' | '_n'> = {
    __: (text, ...values) => bundle.__(text, ...visible(values)),
    _n: (one, many, count, ...values) => bundle._n(one, many, count, ...visible(values))
  };
  return Object.assign(Object.create(bundle) as TranslationBundle, own);
}
