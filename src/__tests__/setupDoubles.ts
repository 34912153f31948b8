import type { Diagnosis, Finding, IDiagnosisModel, ProjectPlace } from '../setupTokens';

/** A finding that all is well, with these differences. */
export function makeFinding(change: Partial<Finding> = {}): Finding {
  return {
    name: 'uv',
    group: 'tools',
    state: 'good',
    message: 'Version 0.13.8.',
    fix: null,
    ...change
  };
}

/** What is found: these things. */
export function makeDiagnosis(...findings: Finding[]): Diagnosis {
  const counts = { good: 0, attention: 0, problem: 0, unknown: 0 };
  findings.forEach(({ state }) => (counts[state] += 1));
  return { folder: '.', healthy: counts.problem === 0, counts, findings };
}

/** Answers what a test says. */
export class FakeDiagnoses implements IDiagnosisModel {
  found: Promise<Diagnosis> = Promise.resolve(makeDiagnosis(makeFinding()));
  asked: ProjectPlace[] = [];
  stopCount = 0;

  examine(place: ProjectPlace): Promise<Diagnosis> {
    this.asked.push(place);
    return this.found;
  }

  async stop(): Promise<void> {
    this.stopCount += 1;
  }
}
