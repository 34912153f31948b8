// The rooms of the front end and which way their imports may point. Kept apart from
// eslint.config.mjs so that scripts/lint-selftest.mjs can prove the very same rules on fixtures.
import path from 'node:path';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Room -> the other rooms it may import. */
export const ROOMS = {
  generated: [],
  api: ['generated'],
  models: ['api', 'generated'],
  components: ['generated'],
  dialogs: ['components', 'models', 'generated'],
  panels: ['dialogs', 'components', 'models', 'generated'],
  commands: ['dialogs', 'models', 'generated'],
  plugins: ['panels', 'commands', 'models', 'api']
};

/** Leaf -> what it may import; every room may import a leaf. */
export const LEAVES = {
  'tokens.ts': ['./generated'],
  'kernelTokens.ts': ['./generated', './tokens.ts'],
  'environmentTokens.ts': ['./generated', './tokens.ts'],
  'splitTokens.ts': ['./generated', './tokens.ts', './environmentTokens.ts'],
  'releaseTokens.ts': ['./generated', './tokens.ts', './environmentTokens.ts'],
  'pipelineTokens.ts': ['./generated', './tokens.ts', './environmentTokens.ts'],
  'setupTokens.ts': ['./generated', './tokens.ts'],
  'projectTokens.ts': ['./generated', './tokens.ts', './environmentTokens.ts'],
  'commandIds.ts': [],
  'words.ts': [],
  'visibleText.ts': [],
  'icons.ts': ['./words.ts']
};

/** The lint configuration that keeps the rooms apart, for the `src` folder inside `base`. */
export function rooms(base) {
  const src = path.join(base, 'src');
  const leaves = Object.keys(LEAVES).map(leaf => `./${leaf}`);
  const zones = Object.entries(ROOMS).map(([room, allowed]) => ({
    target: path.join(src, room),
    from: src,
    except: [`./${room}`, ...allowed.map(other => `./${other}`), ...leaves]
  }));
  for (const [leaf, allowed] of Object.entries(LEAVES)) {
    zones.push({
      target: path.join(src, leaf),
      from: src,
      except: [`./${leaf}`, ...allowed]
    });
  }
  zones.push({
    target: path.join(src, 'index.ts'),
    from: src,
    except: ['./index.ts', './plugins']
  });
  return {
    files: ['**/src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    languageOptions: { parser: tseslint.parser },
    settings: {
      'import-x/resolver': { typescript: true },
      // Without these two, no-cycle silently reports nothing in TypeScript files.
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] }
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones }]
    }
  };
}
