/** The ids of all commands: the only link between the surfaces and what they start. */
export namespace CommandIDs {
  /** Lock the dependencies of a notebook with the preferred engine and target. */
  export const lockNotebook = 'aidevsecops:lock-notebook';
  /** Lock after asking for engine, target and upgrade. */
  export const lockNotebookWithOptions = 'aidevsecops:lock-notebook-with-options';
  /** Lock again, taking the newest versions that fit. */
  export const upgradeLock = 'aidevsecops:upgrade-lock';
  /** Lock again, taking a newer version of one package only. */
  export const upgradePackage = 'aidevsecops:upgrade-package';
  /** Check the locked packages of a notebook for advisories. */
  export const auditNotebook = 'aidevsecops:audit-notebook';
  /** Apply the result of a lock job to its notebook. */
  export const applyLock = 'aidevsecops:apply-lock';
  /** Declare a requirement in a notebook. */
  export const addRequirement = 'aidevsecops:add-requirement';
  /** Change a requirement of a notebook. */
  export const editRequirement = 'aidevsecops:edit-requirement';
  /** Remove a declared requirement from a notebook. */
  export const removeRequirement = 'aidevsecops:remove-requirement';
  /** Show why each locked package of a notebook is there. */
  export const showTree = 'aidevsecops:show-dependency-tree';
  /** Declare what the cells of a notebook install, and comment those lines out. */
  export const convertInstalls = 'aidevsecops:convert-installs';
  /** Take over what a file of another tool asks for and locks. */
  export const importEnvironment = 'aidevsecops:import-environment';
  /** Write the environment of a notebook in the files of another tool. */
  export const exportEnvironment = 'aidevsecops:export-environment';
  /** Read the dependencies of a notebook again. */
  export const refreshDependencies = 'aidevsecops:refresh-dependencies';
  /** Scroll a notebook to one of its cells. */
  export const revealCell = 'aidevsecops:reveal-cell';
  /** Make a kernel from a notebook's lock and let the notebook run in it. */
  export const createKernel = 'aidevsecops:create-kernel';
  /** Show how the running kernel of a notebook differs from its lock. */
  export const compareKernel = 'aidevsecops:compare-kernel';
  /** Let a notebook run in a kernel. */
  export const useKernel = 'aidevsecops:use-kernel';
  /** List, refresh and delete the kernels that were made from locks. */
  export const manageKernels = 'aidevsecops:manage-kernels';
  /** Show what splitting a notebook into steps comes to, to be changed and applied. */
  export const splitNotebook = 'aidevsecops:split-notebook';
  /** Write the steps that a preview shows. */
  export const createSteps = 'aidevsecops:create-steps';
  /** Run a notebook and its steps, and compare. */
  export const verifySteps = 'aidevsecops:verify-steps';
  /** Show what the last verification of a notebook's steps found. */
  export const showVerification = 'aidevsecops:show-verification';
  /** Write the environment of a notebook to an overlay. */
  export const extractOverlay = 'aidevsecops:extract-overlay';
  /** Check the overlays of the project again. */
  export const refreshOverlays = 'aidevsecops:refresh-overlays';
  /** Plan a release, to be looked at and cut. */
  export const cutRelease = 'aidevsecops:cut-release';
  /** Go on with a release that was begun and is not done. */
  export const resumeRelease = 'aidevsecops:resume-release';
  /** Take the newest release back. */
  export const undoRelease = 'aidevsecops:undo-release';
  /** Show what the next release would tell. */
  export const showReleaseNotes = 'aidevsecops:show-release-notes';
  /** Have git keep a token for the forge of a repository. */
  export const keepForgeToken = 'aidevsecops:keep-forge-token';
  /** Ask a bot for something by an issue. */
  export const askBot = 'aidevsecops:ask-bot';
  /** Write the workflow by which a forge tags what was merged. */
  export const writeReleaseWorkflow = 'aidevsecops:write-release-workflow';
  /** Read again what was released. */
  export const refreshReleases = 'aidevsecops:refresh-releases';
  /** Run a pipeline here. */
  export const runPipeline = 'aidevsecops:run-pipeline';
  /** Make a pipeline of notebooks, which is shown first. */
  export const createPipeline = 'aidevsecops:create-pipeline';
  /** Write a pipeline in the present version, which is shown first. */
  export const importPipeline = 'aidevsecops:import-pipeline';
  /** Stop a run of a pipeline. */
  export const cancelPipelineRun = 'aidevsecops:cancel-pipeline-run';
  /** Open what a step of a run has made of its notebook, at the cell that failed. */
  export const openExecutedNotebook = 'aidevsecops:open-executed-notebook';
  /** Show what differs between two runs of a pipeline. */
  export const compareRuns = 'aidevsecops:compare-pipeline-runs';
  /** Have a pipeline run on a cluster. */
  export const submitPipeline = 'aidevsecops:submit-pipeline';
  /** Write the file of a pipeline that its engine reads. */
  export const exportPipeline = 'aidevsecops:export-pipeline';
  /** Have the engine of a run run again what failed. */
  export const retryPipelineRun = 'aidevsecops:retry-pipeline-run';
  /** Say where pipelines run elsewhere. */
  export const addRuntime = 'aidevsecops:add-runtime';
  /** Register the image of an overlay. */
  export const registerImage = 'aidevsecops:register-runtime-image';
  /** Read again which pipelines there are, and their runs. */
  export const refreshPipelines = 'aidevsecops:refresh-pipelines';
  /** Show the section of pipelines. */
  export const showPipelines = 'aidevsecops:show-pipelines';
  /** Look again at the project that the user is in. */
  export const refreshProject = 'aidevsecops:refresh-project';
  /** Do what is next in the project that the user is in. */
  export const doNextStep = 'aidevsecops:do-next-step';
  /** Write what the project lacks of the project template, which is shown first. */
  export const adoptProject = 'aidevsecops:adopt-project';
  /** Delete what adopting the project wrote, but for what was changed since. */
  export const undoAdoption = 'aidevsecops:undo-adoption';
  /** Change a configuration file of the project in a form. */
  export const editConfiguration = 'aidevsecops:edit-configuration';
  /** Look up the advisories of all locks of the project. */
  export const auditProject = 'aidevsecops:audit-project';
  /** Show the panel of the Git extension, where that is installed. */
  export const openGit = 'aidevsecops:open-git';
  /** Show the sidebar. */
  export const showSidebar = 'aidevsecops:show-sidebar';
  /** Show what a link to a section names. */
  export const openLink = 'aidevsecops:open-link';
  /** Copy the example project into a new folder, and open it. */
  export const openExamples = 'aidevsecops:open-examples';
  /** Lead through the sections. */
  export const startTour = 'aidevsecops:start-tour';
  /** Look for what is in the way on this server. */
  export const openDoctor = 'aidevsecops:open-doctor';
  /** Show the log of a job. */
  export const showJobLog = 'aidevsecops:show-job-log';
  /** Cancel a job. */
  export const cancelJob = 'aidevsecops:cancel-job';
  /** Forget the jobs that have ended. */
  export const clearJobs = 'aidevsecops:clear-jobs';
}

/** The sections of the sidebar, as links name them. */
export const SECTIONS = [
  'project',
  'dependencies',
  'overlays',
  'pipelines',
  'release',
  'jobs'
] as const;

/** A section of the sidebar. */
export type SectionName = (typeof SECTIONS)[number];

/** The id that a section has in the page. */
export function sectionId(name: SectionName): string {
  return `aidevsecops-section-${name}`;
}

/** Arguments of {@link CommandIDs.showSidebar}. */
export interface ISidebarArgs {
  /** The section to unfold; all as they are when left out. */
  section?: SectionName;
}

/** Arguments of {@link CommandIDs.doNextStep}. */
export interface INextArgs {
  /** The link of the chain; the one that comes first when left out. */
  link?: string;
}

/** Arguments of {@link CommandIDs.editConfiguration}. */
export interface IConfigurationArgs {
  /** Which file; `.thoth.yaml` when left out. */
  kind?: 'thoth' | 'aicoe-ci';
}

/** Arguments of {@link CommandIDs.openLink}. */
export interface ILinkArgs {
  /** `SECTION` or `SECTION:ARGUMENT`. */
  link?: string;
  /** The query of the page's address, which has the link as `aidevsecops`. */
  search?: string;
}

/** Which open notebook a command works on; the current one when both are left out. */
export interface INotebookArgs {
  /** The notebook's path below the server's root. */
  path?: string;
  /** The id of the notebook's panel. */
  panel_id?: string;
}

/** Arguments of the commands that work on one requirement. */
export interface IRequirementArgs extends INotebookArgs {
  /** The requirement's distribution name. */
  name?: string;
}

/** Arguments of {@link CommandIDs.upgradePackage}. */
export interface IUpgradeArgs extends IRequirementArgs {
  /** The versions that the lock may choose, such as `>=3.1.6`; any newer one when left out. */
  specifier?: string;
}

/** Arguments of {@link CommandIDs.revealCell}. */
export interface ICellArgs extends INotebookArgs {
  /** The cell's index, from 0. */
  cell?: number;
}

/** Arguments of {@link CommandIDs.createKernel}. */
export interface ICreateKernelArgs extends INotebookArgs {
  /** Whether to build the environment anew although it is there. */
  force?: boolean;
}

/** Arguments of {@link CommandIDs.compareKernel}. */
export interface ICompareKernelArgs extends INotebookArgs {
  /** Whether the command is there only when the kernel differs, as in a toolbar. */
  only_differing?: boolean;
}

/** Arguments of {@link CommandIDs.useKernel}. */
export interface IUseKernelArgs extends INotebookArgs {
  /** The kernel's name. */
  kernel?: string;
}

/** Arguments of {@link CommandIDs.splitNotebook}. */
export interface ISplitArgs extends INotebookArgs {
  /** Whether to take the notebook that is selected in the file browser. */
  selected?: boolean;
}

/** Arguments of the commands that work on one job. */
export interface IJobArgs {
  /** The job's id. */
  job_id?: string;
}

/** Which repository a command works on; the one that the user is in when both are left out. */
export interface IRepositoryArgs {
  /** A file in it, by its path below the server's root. */
  path?: string;
  /** A folder in it, by its path below the server's root. */
  folder?: string;
}

/** Arguments of {@link CommandIDs.cutRelease}. */
export interface IReleaseArgs extends IRepositoryArgs {
  /** How the next version is found; the user is asked first when left out. */
  kind?: string;
}

/** Arguments of the commands that work on a pipeline and its runs. */
export interface IPipelineArgs {
  /** The path of the pipeline; the one in front, or in the sidebar, when left out. */
  path?: string;
  /** Whether to take the pipeline that is selected in the file browser. */
  selected?: boolean;
  /** Whether to leave out the steps whose earlier results still hold. */
  only_changed?: boolean;
  /** The step to begin with. */
  from_step?: string;
  /** The name of a run. */
  run?: string;
  /** The name of the run that another one is compared with. */
  with?: string;
  /** The name of a step. */
  step?: string;
  /** The indexes of packages that the user agrees to for a run. */
  trust_indexes?: string[];
  /** The folder of an overlay whose image is registered. */
  overlay?: string;
}
