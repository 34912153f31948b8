import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// jsdom lacks a few things that JupyterLab's modules touch when they are loaded.
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

const missing: Record<string, unknown> = {
  DragEvent: class extends Event {},
  ResizeObserver: NoObserver,
  IntersectionObserver: NoObserver,
  requestIdleCallback: (callback: () => void) => setTimeout(callback),
  cancelIdleCallback: (handle: ReturnType<typeof setTimeout>) => clearTimeout(handle)
};

for (const [name, value] of Object.entries(missing)) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, { value, writable: true });
  }
}

if (typeof window.matchMedia !== 'function') {
  Object.defineProperty(window, 'matchMedia', {
    writable: true,
    value: (media: string) => ({
      media,
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined
    })
  });
}

// JupyterLab shows its dialogs by style and never opens them; its style sheets are not loaded.
const style = document.createElement('style');
style.textContent = '.jp-Dialog { display: flex !important; }';
document.head.append(style);

// A busy machine may take longer than the usual second.
configure({ asyncUtilTimeout: 10_000 });

// Testing Library cleans up by itself only where the test functions are global.
afterEach(cleanup);
