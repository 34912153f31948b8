import type { Page } from '@playwright/test';

/** What is laid out beside its place in a part of the page, in words; fonts do not matter. */
export function layoutFaults(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(part => {
    const CONTROLS = 'button, a[href], input, select, summary, [role="button"]';
    const root = document.querySelector(part);
    if (!root) {
      return [`there is no ${part}`];
    }
    const box = root.getBoundingClientRect();
    const isSeen = (node: Element): boolean => {
      const { width, height } = node.getBoundingClientRect();
      // What is one pixel small is for screen readers only.
      return width > 1 && height > 1 && node.checkVisibility();
    };
    /** Whether somebody can scroll to what lies outside. */
    const isScrolled = (node: Element): boolean => {
      for (let at = node.parentElement; at && at !== root; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX === 'auto' || overflowX === 'scroll') {
          return at.scrollWidth <= at.clientWidth + 1 || at.tabIndex >= 0;
        }
      }
      return false;
    };
    const name = (node: Element): string =>
      (node.getAttribute('aria-label') ?? node.textContent ?? node.tagName).slice(0, 60);
    const nodes = [...root.querySelectorAll('*')].filter(isSeen);
    const outside = nodes
      .filter(node => {
        const { left, right } = node.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1;
      })
      .filter(node => !isScrolled(node))
      .map(node => `outside: ${name(node)}`);
    const wide = [...root.querySelectorAll('.jp-aidevsecops-Section-content')]
      .filter(node => node.scrollWidth > node.clientWidth + 1)
      .map(node => `has to be scrolled sideways: ${name(node)}`);
    const controls = nodes.filter(node => node.matches(CONTROLS));
    const overlaps = controls.flatMap((one, at) =>
      controls.slice(at + 1).flatMap(other => {
        if (one.contains(other) || other.contains(one)) {
          return [];
        }
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const isSame =
          one.closest('.jp-aidevsecops-Section') ===
          other.closest('.jp-aidevsecops-Section');
        return isSame && x > 2 && y > 2
          ? [`overlap: ${name(one)} and ${name(other)}`]
          : [];
      })
    );
    return [...new Set([...outside, ...wide, ...overlaps])];
  }, selector);
}
