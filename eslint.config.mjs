import fs from 'node:fs';
import path from 'node:path';
import eslint from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { LEAVES, ROOMS, rooms } from './eslint.rooms.mjs';

const here = import.meta.dirname;
const known = new Set([...Object.keys(ROOMS), ...Object.keys(LEAVES), 'index.ts']);
const strangers = fs
  .readdirSync(path.join(here, 'src'))
  .filter(name => !known.has(name) && !['__tests__', 'svg.d.ts'].includes(name));
if (strangers.length > 0) {
  throw new Error(`src/ holds rooms without import rules: ${strangers.join(', ')}`);
}

export default tseslint.config(
  {
    ignores: ['lib', 'coverage', 'node_modules', 'aidevsecops_ext', 'src/generated']
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [eslint.configs.recommended, ...tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: here }
    },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'max-params': ['error', { max: 5 }],
      'prefer-arrow-callback': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/rules-of-hooks': 'error'
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/__tests__/**'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipComments: true }] }
  },
  {
    files: ['src/{components,dialogs,panels}/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 200, skipComments: true }] }
  },
  {
    files: ['src/__tests__/**'],
    rules: { 'max-lines': ['error', { max: 600 }] }
  },
  rooms(here),
  { plugins: { jupyter } },
  ...jupyter.configs.recommended.map(config => ({
    ...config,
    ignores: [...(config.ignores ?? []), 'src/__tests__/**']
  })),
  {
    files: ['src/plugins/**'],
    rules: {
      // JupyterLab calls activate() with one argument a token.
      'max-params': 'off',
      // What activation itself needs; dialogs, which it does not, are loaded when they open.
      'jupyter/prefer-lazy-imports': [
        'warn',
        { ignoreImports: ['../commands/*', '../icons', '../models/*', '../panels/*'] }
      ]
    }
  },
  prettier
);
