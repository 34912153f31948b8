import fs from 'node:fs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    {
      // LabIcon takes the text of an SVG; bundlers hand it over as a string.
      name: 'svg-as-text',
      enforce: 'pre',
      load(id) {
        const [path] = id.split('?');
        return path.endsWith('.svg')
          ? `export default ${JSON.stringify(fs.readFileSync(path, 'utf8'))};`
          : null;
      }
    }
  ],
  resolve: {
    // The package names its CommonJS files first, whose default export is not what is imported.
    alias: { '@rjsf/core': '@rjsf/core/lib/index.js' }
  },
  test: {
    include: ['src/__tests__/**/*.spec.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: ['src/__tests__/setup.ts'],
    css: false,
    testTimeout: 30_000,
    pool: 'threads',
    isolate: false,
    server: {
      deps: {
        inline: [
          /@jupyterlab\//,
          /@jupyter\//,
          /@lumino\//,
          /@microsoft\//,
          /@rjsf\//,
          /vscode-/,
          /y-protocols/,
          /lib0/
        ]
      }
    },
    coverage: {
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/__tests__/**', 'src/generated/**', '**/*.d.ts'],
      reporter: ['text-summary']
    }
  }
});
