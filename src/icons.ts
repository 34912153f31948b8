import {
  LabIcon,
  addIcon,
  caretDownIcon,
  caretUpIcon,
  checkIcon,
  clearIcon,
  copyIcon,
  deleteIcon,
  editIcon,
  fileIcon,
  listIcon,
  redoIcon,
  refreshIcon,
  runIcon,
  stopIcon,
  treeViewIcon,
  undoIcon
} from '@jupyterlab/ui-components';
import auditSvg from '../style/icons/audit.svg';
import busySvg from '../style/icons/busy.svg';
import doctorSvg from '../style/icons/doctor.svg';
import freshSvg from '../style/icons/fresh.svg';
import kernelDiffersSvg from '../style/icons/kernel-differs.svg';
import logoSvg from '../style/icons/logo.svg';
import mergeSvg from '../style/icons/merge.svg';
import overlaySvg from '../style/icons/overlay.svg';
import releaseSvg from '../style/icons/release.svg';
import splitSvg from '../style/icons/split.svg';
import staleSvg from '../style/icons/stale.svg';
import unlockedSvg from '../style/icons/unlocked.svg';
import unsupportedSvg from '../style/icons/unsupported.svg';
import upgradeSvg from '../style/icons/upgrade.svg';
import type { Action } from './words';

/** Look for advisories. */
export const auditIcon = new LabIcon({ name: 'aidevsecops:audit', svgstr: auditSvg });

/** Something is loaded, or runs. */
export const busyIcon = new LabIcon({ name: 'aidevsecops:busy', svgstr: busySvg });

/** Look for what is in the way. */
export const doctorIcon = new LabIcon({ name: 'aidevsecops:doctor', svgstr: doctorSvg });

/** A lock that holds. */
export const freshIcon = new LabIcon({ name: 'aidevsecops:fresh', svgstr: freshSvg });

/** A kernel that does not match the lock. */
export const kernelDiffersIcon = new LabIcon({
  name: 'aidevsecops:kernel-differs',
  svgstr: kernelDiffersSvg
});

/** The product. */
export const logoIcon = new LabIcon({ name: 'aidevsecops:logo', svgstr: logoSvg });

/** Two parts made one. */
const mergeIcon = new LabIcon({ name: 'aidevsecops:merge', svgstr: mergeSvg });

/** Environments of parts of a project. */
export const overlayIcon = new LabIcon({
  name: 'aidevsecops:overlay',
  svgstr: overlaySvg
});

/** A version that goes out. */
export const releaseIcon = new LabIcon({
  name: 'aidevsecops:release',
  svgstr: releaseSvg
});

/** A notebook in parts. */
export const splitIcon = new LabIcon({ name: 'aidevsecops:split', svgstr: splitSvg });

/** A lock that no longer holds. */
export const staleIcon = new LabIcon({ name: 'aidevsecops:stale', svgstr: staleSvg });

/** No lock yet. */
export const unlockedIcon = new LabIcon({
  name: 'aidevsecops:unlocked',
  svgstr: unlockedSvg
});

/** A notebook that cannot be locked. */
export const unsupportedIcon = new LabIcon({
  name: 'aidevsecops:unsupported',
  svgstr: unsupportedSvg
});

/** Take newer versions. */
const upgradeIcon = new LabIcon({
  name: 'aidevsecops:upgrade',
  svgstr: upgradeSvg
});

const BY_STATUS: { [status: string]: LabIcon } = {
  fresh: freshIcon,
  stale: staleIcon,
  drifted: staleIcon,
  loading: busyIcon,
  locking: busyIcon,
  unsupported: unsupportedIcon,
  error: unsupportedIcon
};

/** The icon of a notebook's state; an open lock for what is not known yet. */
export function statusIcon(status: string): LabIcon {
  return BY_STATUS[status] ?? unlockedIcon;
}

/** The icon of each action, by the word that it begins with in `words.ts`; one action has one icon. */
export const ACTION_ICONS = {
  Add: addIcon,
  Audit: auditIcon,
  Cancel: stopIcon,
  Clear: clearIcon,
  Copy: copyIcon,
  Create: addIcon,
  Declare: editIcon,
  Delete: deleteIcon,
  Edit: editIcon,
  Manage: listIcon,
  Merge: mergeIcon,
  MoveDown: caretDownIcon,
  MoveUp: caretUpIcon,
  Redo: redoIcon,
  Refresh: refreshIcon,
  Remove: deleteIcon,
  Run: runIcon,
  ShowLog: listIcon,
  ShowNotes: fileIcon,
  ShowTree: treeViewIcon,
  Split: splitIcon,
  Undo: undoIcon,
  Upgrade: upgradeIcon,
  Verify: checkIcon
} satisfies { [action: `${Action}${string}`]: LabIcon };
