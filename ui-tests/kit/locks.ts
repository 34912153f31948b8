import { expect } from '@playwright/test';

/** A package of a Pipfile.lock. */
interface LockedPackage {
  version: string;
  hashes: string[];
}

/** A Pipfile.lock. */
export interface Lock {
  _meta: { hash: { sha256: string } };
  default: Record<string, LockedPackage>;
  develop: Record<string, LockedPackage>;
}

/** The lock of a notebook's metadata; the test fails where there is none or it lacks a hash. */
export function completeLock(metadata: Record<string, unknown>): Lock {
  expect(typeof metadata.requirements).toBe('string');
  expect(typeof metadata.requirements_lock).toBe('string');
  const lock = JSON.parse(metadata.requirements_lock as string) as Lock;
  expect(lock._meta.hash.sha256).toMatch(/^[0-9a-f]{64}$/);
  for (const [name, { version, hashes }] of Object.entries(lock.default)) {
    expect(version, name).toMatch(/^==/);
    expect(hashes.length, name).toBeGreaterThan(0);
    hashes.forEach(hash => expect(hash, name).toMatch(/^sha256:[0-9a-f]{64}$/));
  }
  return lock;
}

/** The names that a lock holds, in order. */
export function namesOf(lock: Lock): string[] {
  return Object.keys(lock.default).sort();
}

/** The names that a notebook declares. */
export function declaredIn(metadata: Record<string, unknown>): Record<string, unknown> {
  expect(typeof metadata.requirements).toBe('string');
  const pipfile = JSON.parse(metadata.requirements as string) as {
    packages: Record<string, unknown>;
  };
  return pipfile.packages;
}
