import type { AdvisoryService } from './advisoryService';
import type { LocalIndex } from './localIndex';

const NEEDS = ['certifi', 'charset-normalizer', 'idna', 'urllib3'];

/** Packages as they once were, as a reader of the documentation knows them. */
export function offerOld(index: LocalIndex): void {
  index.offer('requests', { '2.31.0': NEEDS });
  index.offer('urllib3', { '2.0.6': [] });
  index.offer('certifi', { '2023.7.22': [] });
  index.offer('charset-normalizer', { '3.3.2': [] });
  index.offer('idna', { '3.6': [] });
}

/** The same packages some time later. */
export function offerNew(index: LocalIndex): void {
  index.offer('requests', { '2.31.0': NEEDS, '2.32.4': NEEDS });
  index.offer('urllib3', { '2.0.6': [], '2.0.7': [] });
  index.offer('idna', { '3.6': [], '3.10': [] });
}

/** What became known against the old ones. */
export function publishKnown(advisories: AdvisoryService): void {
  advisories.publish({
    id: 'GHSA-9wx4-h78v-vm56',
    package: 'requests',
    versions: ['2.31.0'],
    severity: 'moderate',
    fixed: '2.32.0',
    aliases: ['CVE-2024-35195'],
    summary: 'Session does not verify requests after a first one with verify=False'
  });
  advisories.publish({
    id: 'GHSA-g4mx-q9vg-27p4',
    package: 'urllib3',
    versions: ['2.0.6'],
    severity: 'high',
    fixed: '2.0.7',
    aliases: ['CVE-2023-45803'],
    summary: 'The body is not removed when a redirect changes the method to GET'
  });
  advisories.publish({
    id: 'GHSA-248v-346w-9cwc',
    package: 'certifi',
    versions: ['2023.7.22'],
    severity: 'low',
    fixed: '2024.7.4',
    summary: 'Certificates of GLOBALTRUST'
  });
}

/** What the project accepts, and why. */
export const ACCEPTED = [
  '[[audit.ignore]]',
  'id = "GHSA-248v-346w-9cwc"',
  'reason = "We use the certificates of the company."',
  'expires = 2999-01-31',
  ''
].join('\n');
