import type { ITranslator } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { JobLogView } from '../../components/JobLogView';
import { LineDiff } from '../../components/LineDiff';
import { loadTranslation } from '../../plugins/translation';
import { visibleText } from '../../visibleText';
import { trans } from '../doubles';

/** What a reader takes for a picture. */
const DISGUISED = 'photo\u202egpj.exe';
const SHOWN = 'photo\\u202egpj.exe';

describe('visibleText', () => {
  it.each([
    ['caf\u00e9 \u05e9\u05dc\u05d5\u05dd', 'caf\u00e9 \u05e9\u05dc\u05d5\u05dd'],
    ['two\n\tlines\r\nof three\r', 'two\n\tlines\r\nof three\r'],
    ['hidden\rshown', 'hidden\\u000dshown'],
    ['\u001b[8mhidden\u0007', '\\u001b[8mhidden\\u0007'],
    ['if admin\u2066 \u2069', 'if admin\\u2066 \\u2069'],
    [DISGUISED, SHOWN]
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });
});

describe('what strangers have written', () => {
  it('turns no line of a difference round', () => {
    render(<LineDiff label="Changes" before="" after={DISGUISED} trans={trans} />);

    expect(screen.getByRole('group').textContent).toBe(`+ ${SHOWN}`);
  });

  it('turns no line of a log round', () => {
    render(<JobLogView lines={['begun', DISGUISED]} isComplete={true} trans={trans} />);

    expect(screen.getByRole('log').textContent).toBe(`begun\n${SHOWN}`);
  });

  it('turns no sentence round that names it', () => {
    const words = loadTranslation(null);

    expect(words.__('Delete %1?', DISGUISED)).toBe(`Delete ${SHOWN}?`);
    expect(words._n('%2: %1 file', '%2: %1 files', 2, DISGUISED)).toBe(
      `${SHOWN}: 2 files`
    );
  });

  it('leaves the words themselves to the translator', () => {
    const french: ITranslator = {
      languageCode: 'fr',
      load: domain => {
        const bundle = nullTranslator.load(domain);
        return Object.assign(Object.create(bundle) as typeof bundle, {
          __: (_: string, name: string) => `Supprimer ${name}\u00a0?`
        });
      }
    };

    expect(loadTranslation(french).__('Delete %1?', 'a.py')).toBe(
      'Supprimer a.py\u00a0?'
    );
  });
});
