import { describe, expect, it } from 'vitest';
import { formSchema, withoutFilling } from '../../components/configurationSchema';

const SCHEMA = {
  type: 'object',
  properties: {
    verify: { type: ['boolean', 'string', 'null'] },
    kind: { title: 'Kind', type: ['string', 'null'], enum: ['pip', null] },
    free: { type: ['object', 'null'] },
    build: { $ref: '#/definitions/build', title: 'Build' },
    overlays: { type: ['array', 'null'], items: { $ref: '#/definitions/build' } }
  },
  definitions: {
    build: {
      type: ['object', 'null'],
      properties: { tag: { type: ['string', 'number'] } }
    }
  }
};

describe('the schema of a form', () => {
  it('has one type for each field, and none that no fields are described for', () => {
    expect(formSchema(SCHEMA, [{}])).toEqual({
      type: 'object',
      properties: {
        verify: { type: 'boolean' },
        kind: { title: 'Kind', type: 'string', enum: ['pip'] },
        build: {
          title: 'Build',
          type: 'object',
          properties: { tag: { type: 'string' } }
        },
        overlays: {
          type: 'array',
          items: { type: 'object', properties: { tag: { type: 'string' } } }
        }
      }
    });
  });

  it('takes the types of what is there, and leaves out what has several', () => {
    const values = {
      verify: '{TLS}',
      build: { tag: 3 },
      overlays: [{ tag: 1 }, { tag: 'a' }]
    };

    const shown = formSchema(SCHEMA, [values]);

    expect(shown?.properties?.['verify'].type).toBe('string');
    expect(shown?.properties?.['build'].properties?.['tag'].type).toBe('number');
    expect(shown?.properties?.['overlays']).toBeUndefined();
  });
});

describe('what a form gives back', () => {
  it('is what was there, but for what somebody changed', () => {
    const before = { host: 'a', nothing: null, list: [], build: { tag: 'x' }, other: 1 };

    const after = withoutFilling(before, {
      host: 'b',
      nothing: '',
      list: [],
      build: { tag: undefined, more: {} },
      other: 1,
      made: { up: '' },
      added: [{ name: 'n', empty: '' }]
    });

    expect(after).toEqual({
      host: 'b',
      nothing: null,
      list: [],
      build: {},
      other: 1,
      added: [{ name: 'n' }]
    });
  });
});
