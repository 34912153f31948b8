// Generated from aidevsecops_ext/server/openapi.yaml by `jlpm generate:api`; never edited.
export interface paths {
    "/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a configuration file says, what is off in it and in which line, and its JSON schema */
        get: operations["getConfiguration"];
        /** Write other values into a configuration file; its comments, order and quotes stay. 409 (configuration.changed) where it changed meanwhile */
        put: operations["writeConfiguration"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a configuration file would be with other values; nothing is written */
        post: operations["previewConfiguration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/diagnoses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind diagnosis) that looks for what is in the way on this machine; its result is a Diagnosis. Hosts are contacted, those alone that are configured, unless it is to be done offline */
        post: operations["examineSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copies the example project into a new folder, which becomes a Git repository where git can be had; nothing is replaced */
        post: operations["copyExamples"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The extension's version, its engines and the machine it locks for by default */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs on record, newest first; their results are left out (null), GET the job for its result */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        /** Forget the jobs that have ended */
        delete: operations["clearJobs"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** One job; reading never consumes the result */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /** Cancel a job; everything it started is stopped */
        delete: operations["cancelJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** The lines of a job's log from a line number on */
        get: operations["getJobLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kernels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The kernels that were made from locks, each with its state */
        get: operations["listKernels"];
        put?: never;
        /** A job (kind kernel) that makes a kernel from the notebook's lock; its result is a KernelResult, whose edit switches the notebook */
        post: operations["makeKernel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kernels/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["KernelName"];
            };
            cookie?: never;
        };
        /** One kernel that was made from a lock */
        get: operations["getKernel"];
        put?: never;
        /** A job (kind kernel) that makes the kernel anew from the lock of its notebook as saved; its result is a KernelResult */
        post: operations["refreshKernel"];
        /** Delete the kernel, and the environments that no kernel uses then */
        delete: operations["deleteKernel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job that checks the locked packages for advisories; its result is an AuditResult */
        post: operations["auditNotebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/conversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The edit that records what cells install and comments those lines out; nothing is written */
        post: operations["convertInstalls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the saved notebook needs, what it declares and whether its lock is fresh */
        get: operations["getDependencies"];
        put?: never;
        /** The same for a notebook as it is in the editor, saved or not */
        post: operations["inspectDependencies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The notebook's environment in the files of another tool, as texts; nothing is written */
        post: operations["exportEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The edit that records what files of another tool say; nothing is written */
        post: operations["importEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/kernels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How the kernel that the notebook names compares with its lock; it is not started */
        post: operations["checkKernel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job that locks the notebook; its result is a LockResult, whose edit the caller applies */
        post: operations["lockNotebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/requirements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The edit that adds, replaces or removes requirements; nothing is written */
        post: operations["editRequirements"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runtime environments of the .thoth.yaml nearest to a notebook */
        get: operations["getTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebooks/trees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind tree) that says why each locked package is there; its result is a TreeResult */
        post: operations["showTree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overlays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The overlays of the repository, each with the state of its lock */
        get: operations["listOverlays"];
        put?: never;
        /** A job (kind overlay) that writes the notebook's environment to an overlay; its result is an OverlayResult */
        post: operations["extractOverlay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overlays/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the lock of each overlay still holds, and holds what the notebook of the overlay imports */
        get: operations["checkOverlays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names of packages on the user's indexes that match what is typed; quick, for asking at every key */
        get: operations["searchPackages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/packages/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A package's versions, newest first, and which of them fit a Python and a platform */
        get: operations["getPackage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pipelines below the root by their paths, each with its nodes and its parameters */
        get: operations["listPipelines"];
        put?: never;
        /** Make the pipeline of notebooks, or make it again around what people edited */
        post: operations["createPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The pipeline of notebooks, and how its file would change; nothing is written */
        post: operations["draftPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind export-pipeline, key the path) that stores the files of a saved pipeline's steps and makes the file that its engine reads; nothing is written to the project; its result is a PipelineExport */
        post: operations["exportPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A pipeline of version 3 or newer in version 8, and what does not fit its repository any more */
        post: operations["importPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of a pipeline, or of all below the root, newest first; also those of a terminal */
        get: operations["listRuns"];
        put?: never;
        /** A job (kind run-pipeline, key the path) that runs a saved pipeline here; its result is a PipelineRun, which can be read meanwhile */
        post: operations["runPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/runs/{run}": {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /** One run as it is now */
        get: operations["getRun"];
        put?: never;
        post?: never;
        /** Cancel a run, also one of a terminal, whose steps are all stopped; of one elsewhere the engine is asked to stop it */
        delete: operations["cancelRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/runs/{run}/comparison": {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /** What differs from another run to this one */
        get: operations["compareRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/runs/{run}/outputs": {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /** What a run elsewhere has stored in object storage */
        get: operations["listRunOutputs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/runs/{run}/retries": {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the engine of a run elsewhere run again what failed in it */
        post: operations["retryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/runs/{run}/steps/{step}/log": {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
                /** @description The name of the step */
                step: string;
            };
            cookie?: never;
        };
        /** The lines of a step's log from an offset on, while it runs, too */
        get: operations["getStepLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind submit-pipeline, key the path) that has a saved pipeline run on Kubeflow Pipelines or Airflow; its result is a PipelineRun */
        post: operations["submitPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/validations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What keeps a saved pipeline from doing what it says, here and on a cluster */
        post: operations["validatePipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/project": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a project is, link by link, and what is next. Nobody outside is asked; a link that cannot be looked at is unknown, with the reason */
        get: operations["getProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/project/adoptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write the chosen files of the project template as one change, and make the folder a Git repository where it is in none; no file that is there changes. 409 (project.preview-outdated) where the preview would be another one by now */
        post: operations["adoptProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/project/adoptions/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The files of the project template that a project lacks; nothing is written */
        post: operations["previewProjectAdoption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/project/adoptions/undos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete as one change the files that adopting the project wrote, but for those that were changed since; the folder stays a Git repository */
        post: operations["undoProjectAdoption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/project/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind audit-project) that looks up what is known against all locks of a project; its result is a ProjectAudit */
        post: operations["auditProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was released in a repository, how far the newest release came, and which version it is now */
        get: operations["getReleases"];
        put?: never;
        /** A job (kind release) that carries out exactly the plan that was agreed to; its result is a ReleaseResult. 409 (release.plan-outdated) where the plan is another one by now; the job fails with the same code where that comes about later */
        post: operations["cutRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/builds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the builds of the newest release stand on the forge of the remote, which is asked only where there is a token for it */
        get: operations["getReleaseBuilds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed since the last release, as the next one would tell it; neither checks nor commands of the repository run, and no remote is asked */
        get: operations["getReleaseNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind release-preview, a preview) that plans a release and changes nothing but what is known of the remote; its result is a ReleasePlan */
        post: operations["previewRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The open issues of the repository's forge that ask a bot (Kebechet, AICoE-CI, or this program's own) for something, the oldest first */
        get: operations["getBotRequests"];
        put?: never;
        /** Open the issue that asks a bot for something, as the repository's templates have it; one that asks for the same and is open is answered instead */
        post: operations["askBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/requests/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an issue that asks a bot for something */
        get: operations["getBotRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/resumptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind release-resumption) that goes on with a release that was begun and is not done; its result is a ReleaseResult */
        post: operations["resumeRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has git's credential helper keep a token for the forge of the repository's remote, after the forge accepted it; it is kept nowhere else */
        post: operations["keepReleaseToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/undos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind release-undo) that takes the newest release back; its result is a ReleaseResult */
        post: operations["undoRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files by which a forge tags what was merged, as they would be written */
        get: operations["getReleaseWorkflow"];
        put?: never;
        /** Write exactly the files that were agreed to; 409 (release.plan-outdated) where they would be others by now */
        post: operations["writeReleaseWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime-images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The images that are registered for nodes, as Elyra sees them */
        get: operations["listRuntimeImages"];
        put?: never;
        /** Register the image of an overlay, or any other */
        post: operations["registerRuntimeImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtimes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configurations of engines that pipelines are submitted to, without their secrets */
        get: operations["listRuntimes"];
        put?: never;
        /** Add a configuration; its file is readable for the user alone */
        post: operations["addRuntime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtimes/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask all that a configuration names whether it answers, and lets the user in */
        post: operations["testRuntime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind split) that writes the step notebooks and their overlays, all or nothing; its result is a SplitResult, whose edit the caller applies */
        post: operations["applySplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The steps that the notebook would be split into, what flows between them and what each needs; nothing is written or resolved */
        post: operations["previewSplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job (kind verify-split) that runs the notebook and its step notebooks, and compares; its result is a Verification */
        post: operations["verifySplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits/verifications/{report}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report that a Verification names */
                report: string;
            };
            cookie?: never;
        };
        /** The report of a verification as a page, with both sides beside each other; scripts in it do not run */
        get: operations["getVerificationReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Advisory: {
            aliases: string[];
            /** @description Later versions without it, the nearest first */
            fixed: string[];
            id: string;
            /** @enum {string} */
            severity: "critical" | "high" | "moderate" | "low" | "unknown";
            summary: string;
            /** @description May be empty */
            url: string;
        };
        AdvisoryAgainst: {
            advisory: components["schemas"]["Advisory"];
            name: string;
            version: string;
        };
        /** @description How what is known against the new lock differs from the old one; null when it was not asked for */
        AdvisoryChange: {
            /** @description Against the new lock only */
            gained: components["schemas"]["AdvisoryAgainst"][];
            /** @description Against both; the version is that of the new lock */
            kept: components["schemas"]["AdvisoryAgainst"][];
            /** @description Against the old lock only */
            lost: components["schemas"]["AdvisoryAgainst"][];
            /** @description Packages of either lock that are not known to be clean, and why */
            unchecked: {
                name: string;
                reason: string;
                version: string;
            }[];
        } | null;
        AuditRequest: {
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            notebook: {
                [key: string]: unknown;
            };
            path: string;
        };
        AuditResult: {
            /** @description What it no longer accepts: these count */
            expired: components["schemas"]["IgnoredAdvisory"][];
            /** @description What .aidevsecops.toml accepts and was found */
            ignored: components["schemas"]["IgnoredAdvisory"][];
            notebook: string;
            /** @description The packages that were checked, with what is known against each */
            packages: {
                advisories: components["schemas"]["Advisory"][];
                name: string;
                version: string;
            }[];
            /** @description Packages that are not known to be clean, and why */
            unchecked: {
                name: string;
                reason: string;
                version: string;
            }[];
        };
        /** @description An issue that asks a bot for something; null where none is open */
        BotRequest: {
            author: string;
            /** @description In UTC */
            created_at: string;
            is_open: boolean;
            number: number;
            title: string;
            url: string;
        } | null;
        BotRequestAnswer: {
            assignees: string[];
            /** @description Markdown */
            body: string;
            dry_run: boolean;
            /** @description Where people read the repository on its forge */
            forge: string;
            /** @description An issue that asks for the same was open */
            is_open_already: boolean;
            issue: components["schemas"]["BotRequest"];
            labels: string[];
            repository: components["schemas"]["RepositoryRoot"];
            /** @description The path of the template that it is from; empty where it is the usual one */
            template: string;
            title: string;
        };
        /** @description What to ask a bot for */
        BotRequestRequest: {
            /**
             * @description Answer the issue that would be opened, and open none
             * @default false
             */
            dry_run?: boolean;
            folder?: components["schemas"]["RepositoryFolder"];
            path?: components["schemas"]["RepositoryPath"];
            /** @description major, minor, patch, calver, prerelease, build, finalize, a version such as 1.4.0, or auto (the version that the commits ask for) for a release; update, advise or info for the dependencies; deliver-image or deliver-module */
            request: string;
            /**
             * @description The tag to deliver
             * @default
             */
            tag?: string;
        };
        BotRequests: {
            repository: components["schemas"]["RepositoryRoot"];
            requests: components["schemas"]["BotRequest"][];
        };
        /** @description What the forge, or a service that tells it, did with a commit */
        Build: {
            name: string;
            /** @enum {string} */
            state: "running" | "passed" | "failed";
            /** @description May be empty */
            url: string;
        };
        CellEdit: {
            /** @description The source in the request; apply the edit only to a cell that still has it */
            base: string;
            /** @description The cell's id where it has one */
            id: string | null;
            /** @description From 0 */
            index: number;
            source: string;
        };
        /** @description Cell indexes from 0 */
        Cells: number[];
        CellTagsEdit: {
            /** @description The tags in the request; apply the edit only to a cell that still has them */
            base: string[];
            /** @description The cell's id where it has one */
            id: string | null;
            /** @description From 0 */
            index: number;
            /** @description All tags that the cell shall have; empty for none */
            tags: string[];
        };
        CheckDetail: {
            cells: components["schemas"]["Cells"];
            code: string;
            message: string;
            name: string | null;
        };
        /** @description Null in a run that has no such step */
        ComparedStep: {
            seconds: number | null;
            state: string;
        } | null;
        Comparison: {
            /** @description Its index in the notebook, from 0 */
            cell: number | null;
            /** @description How it differs, or why it cannot be compared; may be empty */
            message: string;
            /** @description What was compared: a variable, a path; of a cell its first line */
            name: string;
            /** @enum {string} */
            outcome: "same" | "different" | "not-checkable";
            step: string | null;
        };
        ConfigurationDraft: {
            after: string;
            before: string;
            file: string;
            /** @enum {string} */
            kind: "thoth" | "aicoe-ci";
            problems: components["schemas"]["ConfigurationProblem"][];
            valid: boolean;
        };
        ConfigurationEdit: {
            folder: string;
            /** @enum {string} */
            kind: "thoth" | "aicoe-ci";
            revision: string;
            /** @description All that it is to say */
            values: {
                [key: string]: unknown;
            };
        };
        ConfigurationFile: {
            file: string;
            /** @enum {string} */
            kind: "thoth" | "aicoe-ci";
            problems: components["schemas"]["ConfigurationProblem"][];
            /** @description For what is written over exactly this text */
            revision: string;
            /** @description JSON Schema, draft 7 */
            schema: {
                [key: string]: unknown;
            };
            text: string;
            valid: boolean;
            /** @description What it says; null where it is no table */
            values: {
                [key: string]: unknown;
            } | null;
        };
        ConfigurationProblem: {
            /** @enum {string} */
            level: "error" | "note";
            /** @description From 1 */
            line: number;
            message: string;
            /** @description Such as overlays[1].build, empty for the whole */
            place: string;
        };
        ConversionAnswer: {
            edit: components["schemas"]["NotebookEdit"];
            /** @description The lines that are commented out; cells count from 0, lines from 1 */
            lines: {
                cell: number;
                line: number;
                text: string;
            }[];
            /** @description Sentences on what stays as it is, or is not kept */
            lost: string[];
            notebook: string;
            /** @description Requirements (PEP 508) */
            recorded: string[];
        };
        Dependencies: {
            details: components["schemas"]["CheckDetail"][];
            /** @description The engine that made the lock */
            engine: string | null;
            indexes: {
                name: string;
                url: string;
                verify_ssl: boolean;
            }[];
            local: {
                cells: components["schemas"]["Cells"];
                import: string;
                path: string;
            }[];
            lock: {
                hash: string;
                packages: number;
                python_version: string | null;
            } | null;
            notebook: string;
            problems: {
                cell: number | null;
                code: string;
                line: number | null;
                message: string;
            }[];
            /** @description The Python that the notebook declares */
            python_version: string | null;
            requirements: components["schemas"]["DependencyRow"][];
            /** @enum {string} */
            status: "fresh" | "stale" | "drifted" | "unlocked" | "unsupported";
            unresolved: {
                cells: components["schemas"]["Cells"];
                import: string;
                optional: boolean;
            }[];
        };
        DependencyRow: {
            cells: components["schemas"]["Cells"];
            /** @description False for what was only discovered; the next lock adds it */
            declared: boolean;
            dev: boolean;
            extras: string[];
            imports: string[];
            index: string | null;
            locked_version: string | null;
            markers: string;
            name: string;
            optional: boolean;
            /** @enum {string} */
            source: "metadata" | "pep723" | "pip" | "import";
            specifier: string;
        };
        Diagnosis: {
            /** @description How many findings there are of each state */
            counts: {
                [key: string]: number;
            };
            findings: components["schemas"]["Finding"][];
            /** @description The repository or folder that was looked at, a dot for the server's root */
            folder: string;
            /** @description True when there is no problem */
            healthy: boolean;
        };
        DiagnosisRequest: {
            /** @description A folder of the project whose notebooks and Git repository are looked at; that of path, else the server's root when left out */
            folder?: string;
            /**
             * @description Contact no host
             * @default false
             */
            offline?: boolean;
            /** @description A file of the project */
            path?: string;
        };
        EditAnswer: {
            edit: components["schemas"]["NotebookEdit"];
        };
        /** @description What Elyra finds wrong with a pipeline */
        EngineIssue: {
            field: string;
            kind: string;
            /** @enum {string} */
            level: "error" | "warning" | "note";
            message: string;
            node: string;
            value: string;
        };
        Examples: {
            /** @description The new folder, below the server's root */
            folder: string;
            /** @description The notebook to begin with */
            notebook: string;
            /** @description Why the folder is no Git repository; empty where it is one */
            problem: string;
        };
        ExamplesRequest: {
            /**
             * @description The folder that the new one is to be in, below the server's root, which itself is a dot
             * @default .
             */
            folder?: string;
        };
        ExportAnswer: {
            files: {
                name: string;
                text: string;
            }[];
            format: string;
            /** @description Sentences on what the format does not keep */
            lost: string[];
            notebook: string;
        };
        ExportRequest: {
            /** @description Texts of existing files that the export should edit, by name (pyproject.toml, NOTEBOOK.py) */
            beside?: {
                [key: string]: string;
            };
            /** @enum {string} */
            format: "pipfile" | "pylock" | "requirements" | "pyproject" | "sbom" | "pep723" | "juv" | "thoth-yaml";
            notebook: {
                [key: string]: unknown;
            };
            path: string;
            /**
             * @description Addresses of indexes that the user agreed to for this export
             * @default []
             */
            trust_indexes?: string[];
        };
        FileChange: {
            after: string | null;
            before: string | null;
            path: string;
        };
        Finding: {
            fix: {
                /** @description What does it in JupyterLab: manage-kernels, keep-forge-token */
                action: string | null;
                /** @description What does it in a terminal */
                command: string | null;
                words: string;
            } | null;
            /** @enum {string} */
            group: "tools" | "network" | "git" | "disk" | "kernels" | "variables" | "pipelines";
            message: string;
            name: string;
            /** @enum {string} */
            state: "good" | "attention" | "problem" | "unknown";
        };
        FollowedBotRequest: {
            author: string;
            /** @description What was built of the commit that was merged */
            builds: components["schemas"]["Build"][];
            comments: {
                author: string;
                /** @description Markdown of somebody */
                body: string;
                created_at: string;
            }[];
            /** @description In UTC */
            created_at: string;
            is_open: boolean;
            number: number;
            pull_request: components["schemas"]["ReleasePullRequest"];
            repository: components["schemas"]["RepositoryRoot"];
            /** @description The tag of the release that it led to; empty where there is none yet */
            tag: string;
            title: string;
            url: string;
        };
        /**
         * @description What a forge runs; gitea stands for Forgejo, too
         * @enum {string}
         */
        ForgeKind: "github" | "gitlab" | "gitea";
        Health: {
            default_engine: string;
            default_target: components["schemas"]["Target"];
            engines: {
                available: boolean;
                /** @description How to install it where it is missing */
                hint: string;
                name: string;
            }[];
            /** @description Whether each optional extra is installed */
            extras: {
                [key: string]: boolean;
            };
            /** @description The engine that locks when the Thoth service cannot be reached, none for none */
            fallback?: string;
            version: string;
        };
        IgnoredAdvisory: {
            /** Format: date */
            expires: string;
            id: string;
            reason: string;
        };
        ImportAnswer: {
            edit: components["schemas"]["NotebookEdit"];
            /** @description Sentences on what the files say and the notebook does not keep */
            lost: string[];
            notebook: string;
            /** @description How many packages are locked */
            packages: number;
            /** @description How many requirements are recorded */
            requirements: number;
        };
        ImportRequest: {
            /** @description The file to take over, then those that belong to it (Pipfile.lock to a Pipfile) */
            files: {
                name: string;
                text: string;
            }[];
            notebook: {
                [key: string]: unknown;
            };
            path: string;
        };
        IndexList: {
            /** @description How many names are listed */
            projects: number;
            /** @description Why there is no list, or why it could not be renewed; may be empty */
            reason: string;
            /**
             * @description listed: all its names are searched; loading: its first list is on its way, ask again; unlisted: only an exact name is found on it
             * @enum {string}
             */
            state: "listed" | "loading" | "unlisted";
            /** @description When the list was last known to be true, in seconds since the epoch */
            updated_at: number | null;
            /** @description The index, without credentials */
            url: string;
        };
        Job: {
            /** @description Seconds since the epoch */
            created_at: number;
            ended_at: number | null;
            error: {
                code: string;
                details: {
                    [key: string]: unknown;
                };
                hint: string;
                message: string;
            } | null;
            job_id: string;
            /** @description What the job works on; for a lock the notebook's path */
            key: string;
            kind: string;
            /** @description It only answers whoever asked for it (a dry run): nothing to show to people when it has ended, and forgotten ten minutes later */
            preview?: boolean;
            progress: {
                fraction: number | null;
                message: string;
            } | null;
            /** @description For a lock a LockResult; null in a list */
            result: {
                [key: string]: unknown;
            } | null;
            started_at: number | null;
            /** @enum {string} */
            state: "queued" | "running" | "cancelling" | "succeeded" | "failed" | "cancelled";
            title: string;
            /** @description The job's address, base_url included */
            url: string;
        };
        JobLog: {
            /** @description True when the job has ended and these are its last lines */
            complete: boolean;
            lines: string[];
            next_offset: number;
        };
        Jobs: {
            jobs: components["schemas"]["Job"][];
        };
        KeptFile: {
            /** @description Its SHA-256 */
            digest: string;
            /** @description The path of a copy in the folder of the run */
            kept: string | null;
            path: string;
            size: number;
        };
        Kernel: {
            /** @description Seconds since the epoch */
            created_at: number;
            display_name: string;
            /** @description A hash of what is in the environment */
            environment: string;
            name: string;
            /** @description The notebook that it was made for; null when that one is not below the server's root */
            notebook: string | null;
            /** @description Null when the environment is gone */
            python_version: string | null;
            /** @description Why the state is what it is; may be empty */
            reason: string;
            /** @description The other kernels in the same environment */
            shared_with: string[];
            size_bytes: number;
            state: components["schemas"]["KernelState"];
        };
        KernelCheck: {
            differences: {
                installed: string | null;
                locked: string | null;
                name: string;
            }[];
            display_name: string | null;
            kernel: string | null;
            /** @description Null when there is nothing to compare */
            matches: boolean | null;
            python_version: string | null;
            reason: string;
            state: components["schemas"]["KernelState"];
        };
        KernelRemoval: {
            dry_run: boolean;
            /** @description The environments that were removed with it */
            environments: string[];
            freed_bytes: number;
            name: string;
            /** @description The kernels for which its environment was kept */
            shared_with: string[];
        };
        KernelRequest: {
            /** @description What users see of it; else what they saw before, or one made of the name */
            display_name?: string | null;
            /**
             * @description Answer what would be done, and change nothing
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description Build anew, and replace another notebook's kernel of that name
             * @default false
             */
            force?: boolean;
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            /** @description The kernel's name; else the one that the notebook names, or the notebook's own */
            name?: string | null;
            notebook: {
                [key: string]: unknown;
            };
            path: string;
            /**
             * @description Addresses of indexes that the user agreed to for this kernel
             * @default []
             */
            trust_indexes?: string[];
        };
        KernelResult: {
            /** @description The values that the edited metadata keys had in the request (null where absent) */
            base: {
                [key: string]: unknown;
            };
            display_name: string;
            dry_run: boolean;
            edit: components["schemas"]["NotebookEdit"];
            environment: string;
            kernel: string;
            notebook: string | null;
            /** @description How many packages of the lock are installed */
            packages: number;
            python_version: string;
            /** @description True when the environment was there already */
            reused: boolean;
            seconds: number;
        };
        Kernels: {
            kernels: components["schemas"]["Kernel"][];
        };
        /**
         * @description ok; stale: its notebook has another lock now; broken: it cannot run; foreign: not made from a lock here
         * @enum {string}
         */
        KernelState: "ok" | "stale" | "broken" | "foreign";
        LockChange: {
            added: {
                name: string;
                version: string;
            }[];
            removed: {
                name: string;
                version: string;
            }[];
            updated: {
                name: string;
                new: string;
                old: string;
            }[];
        };
        LockRequest: {
            /**
             * @description Also answer which advisories the new lock gains and loses; this asks the advisory service
             * @default false
             */
            advisories?: boolean;
            /** @description The default engine when left out */
            engine?: string | null;
            /**
             * @description The engine that locks when the Thoth service cannot be reached; the setting fallback when left out
             * @enum {string|null}
             */
            fallback?: "uv" | "none" | null;
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            notebook: {
                [key: string]: unknown;
            };
            path: string;
            /**
             * @description That of the target's runtime environment when left out, else latest
             * @enum {string|null}
             */
            recommendation_type?: "latest" | "stable" | "performance" | "security" | "testing" | null;
            target?: components["schemas"]["TargetChoice"];
            thoth?: components["schemas"]["ThothOptions"];
            /**
             * @description Addresses of indexes that the user agreed to for this lock
             * @default []
             */
            trust_indexes?: string[];
            /**
             * @description Take the newest versions instead of keeping those that still fit
             * @default false
             */
            upgrade?: boolean;
            /**
             * @description Take newer versions of these packages only: a name, or a name with the versions that this lock may choose, such as jinja2>=3.1.6
             * @default []
             */
            upgrade_packages?: string[];
        };
        LockResult: {
            advisories?: components["schemas"]["AdvisoryChange"];
            /** @description The values that the edited metadata keys had in the request (null where absent); apply the edit only where they still have them */
            base: {
                [key: string]: unknown;
            };
            changed: components["schemas"]["LockChange"];
            edit: components["schemas"]["NotebookEdit"];
            engine: string;
            hash: string;
            notebook: string;
            /** @description What a person should know of the lock, in sentences */
            notes?: string[];
            packages: number;
            /** @enum {string} */
            recommendation_type?: "latest" | "stable" | "performance" | "security" | "testing";
            seconds: number;
            target: components["schemas"]["Target"];
        };
        NotebookEdit: {
            /** @description New sources of cells; absent where none changes */
            cells?: components["schemas"]["CellEdit"][];
            /** @description New values of top-level metadata keys; null deletes the key */
            metadata: {
                [key: string]: unknown;
            };
            /** @description New tags of cells; absent where none changes */
            tags?: components["schemas"]["CellTagsEdit"][];
        };
        OpenNotebook: {
            /** @description The notebook as JSON (nbformat 4); outputs may be left out */
            notebook: {
                [key: string]: unknown;
            };
            path: string;
        };
        OverlayCheck: {
            /** @description Why it is not fresh; cells are those of the notebook that it serves */
            details: components["schemas"]["CheckDetail"][];
            overlay: components["schemas"]["OverlaySummary"];
            /** @description The notebook whose imports it must hold: of a step that of the step; null where none is known */
            serves: string | null;
        };
        OverlayChecks: {
            /** @description In the order of their folders */
            checks: components["schemas"]["OverlayCheck"][];
            /** @description What is off around them, in sentences */
            problems: string[];
        };
        OverlayRequest: {
            /**
             * @description Answer what would be written, and write nothing
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description Also where another notebook with another lock claims the name, and over files that say something else
             * @default false
             */
            force?: boolean;
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            /**
             * @description What to call it; after the notebook's kernel, else after the notebook, when left out
             * @default null
             */
            name?: string | null;
            notebook: {
                [key: string]: unknown;
            };
            path: string;
            /**
             * @description Addresses of indexes that the user agreed to for this overlay
             * @default []
             */
            trust_indexes?: string[];
        };
        /** @description The result of a job that extracts an overlay */
        OverlayResult: {
            dry_run: boolean;
            files: components["schemas"]["SplitFile"][];
            notebook: string;
            notes: string[];
            overlay: components["schemas"]["OverlaySummary"];
            seconds: number;
        };
        Overlays: {
            overlays: components["schemas"]["OverlaySummary"][];
            /** @description What is off around them, in sentences */
            problems: string[];
        };
        OverlaySummary: {
            /** @description Below the server's root */
            folder: string;
            name: string;
            /** @description The notebook that it is of, where one is known */
            notebook: string | null;
            /** @description How many packages it locks; null without a lock */
            packages: number | null;
            python_version: string | null;
            /** @description Why it is not fresh, in sentences */
            reasons?: string[];
            /**
             * @description fresh: its lock holds; stale: it does not any more; unlocked: it has none; orphan: its notebook or step is gone; invalid: a file cannot be read
             * @enum {string}
             */
            status: "fresh" | "stale" | "unlocked" | "orphan" | "invalid";
            /** @description The step of that notebook; null for all of it */
            step: string | null;
        };
        PackageDetails: {
            /** @description The index that it is on, without credentials */
            index: string;
            /** @description The newest version that fits the Python, is no pre-release and was not taken back */
            latest: string | null;
            /** @description As the index spells it */
            name: string;
            /** @description Of the latest version, when the index says it */
            summary: string | null;
            target: components["schemas"]["Target"];
            /** @description The newest first */
            versions: components["schemas"]["PackageVersion"][];
        };
        PackageSearch: {
            /** @description False when there may be more: the limit was reached, or an index is not listed (yet) */
            complete: boolean;
            indexes: components["schemas"]["IndexList"][];
            /** @description The exact name, then names that begin so, then names that hold it */
            packages: {
                /** @enum {string} */
                match: "exact" | "prefix" | "part";
                /** @description The normalised name */
                name: string;
            }[];
            /** @description The normalised query */
            query: string;
        };
        PackageVersion: {
            /** @description False when it refuses the target's Python */
            fits_python: boolean;
            has_sdist: boolean;
            /** @description A wheel fits the target: nothing needs to be built */
            has_wheel: boolean;
            prerelease: boolean;
            requires_python: string | null;
            /** @description When its first file came (RFC 3339), where the index says so */
            uploaded_at: string | null;
            version: string;
            /** @description Taken back: all its files are */
            yanked: boolean;
            yanked_reason: string | null;
        };
        PipelineCreateRequest: {
            /**
             * @description Add to a pipeline that was not made here
             * @default false
             */
            force?: boolean;
            /**
             * @description The image of nodes without an overlay
             * @default
             */
            image?: string;
            /** @description Notebooks, scripts, and folders for the notebooks in them; steps of a notebook that was split become a node each */
            names: string[];
            /**
             * @description What runs after what: as named, or by the files that are written and read
             * @default given
             * @enum {string}
             */
            order?: "given" | "files";
            /**
             * @description The pipeline; else a file beside the first name
             * @default null
             */
            path?: string | null;
            /** @description That of the draft which the user agreed to; null where there was no file */
            revision: string | null;
            /**
             * @description The folder of step notebooks, where the split named one
             * @default null
             */
            steps?: string | null;
        };
        PipelineDocument: {
            default_environment: {
                [key: string]: string;
            };
            default_image: string;
            name: string;
            /** @description In the order of the document */
            nodes: components["schemas"]["PipelineNode"][];
            parameters: {
                default: string | null;
                kind: string;
                name: string;
                required: boolean;
            }[];
            path: string;
            /** @enum {string} */
            runtime_type: "" | "KUBEFLOW_PIPELINES" | "APACHE_AIRFLOW";
            /** @description That of the text; what is told is version 8 */
            version: number;
        };
        PipelineDraft: {
            file: {
                /** @description A unified diff; empty where nothing changes */
                diff: string;
                path: string;
                /** @enum {string} */
                state: "created" | "replaced" | "unchanged";
                text: string;
            };
            /** @description What a person should know */
            notes: string[];
            pipeline: components["schemas"]["PipelineDocument"];
            /** @description Of the file that is there; null where there is none */
            revision: string | null;
        };
        PipelineDraftRequest: {
            /**
             * @description Add to a pipeline that was not made here
             * @default false
             */
            force?: boolean;
            /**
             * @description The image of nodes without an overlay
             * @default
             */
            image?: string;
            /** @description Notebooks, scripts, and folders for the notebooks in them; steps of a notebook that was split become a node each */
            names: string[];
            /**
             * @description What runs after what: as named, or by the files that are written and read
             * @default given
             * @enum {string}
             */
            order?: "given" | "files";
            /**
             * @description The pipeline; else a file beside the first name
             * @default null
             */
            path?: string | null;
            /**
             * @description The folder of step notebooks, where the split named one
             * @default null
             */
            steps?: string | null;
        };
        /** @description A pipeline in a list */
        PipelineEntry: {
            /** @description Why the document cannot be read */
            error: {
                code: string;
                hint: string;
                message: string;
            } | null;
            /** @description In the order of the document */
            nodes: components["schemas"]["PipelineEntryNode"][];
            parameters: components["schemas"]["PipelineEntryParameter"][];
            /** @description The path of the document */
            path: string;
            /**
             * @description The engine that it is made for; empty for any
             * @enum {string}
             */
            runtime_type: "" | "KUBEFLOW_PIPELINES" | "APACHE_AIRFLOW";
        };
        PipelineEntryNode: {
            /** @description Its notebook or script, from the folder of the document; may be empty */
            file: string;
            /** @description Unique in the pipeline */
            name: string;
            /** @description False for what only an engine runs */
            runs_here: boolean;
            /** @description The names of the nodes that run before it */
            upstream: string[];
        };
        PipelineEntryParameter: {
            default: string | null;
            is_required: boolean;
            /** @description What it takes, such as String, Integer, Float or Bool */
            kind: string;
            name: string;
        };
        PipelineExport: {
            /** @description It holds keys of object storage to read */
            has_keys: boolean;
            issues: components["schemas"]["EngineIssue"][];
            /** @description Where the file belongs */
            path: string;
            /** @description Of the file that is there */
            revision: string | null;
            /** @enum {string} */
            state: "created" | "replaced" | "unchanged";
            text: string;
        };
        PipelineExportRequest: {
            /**
             * @description YAML or Python for Kubeflow Pipelines, Python for Airflow
             * @default null
             * @enum {string|null}
             */
            format?: "yaml" | "py" | null;
            /**
             * @description A second request with the same key gets the same job
             * @default null
             */
            idempotency_key?: string | null;
            /**
             * @description The path of the file; else one beside the pipeline
             * @default null
             */
            out?: string | null;
            /**
             * @description Values of its parameters, as texts
             * @default {}
             */
            parameters?: {
                [key: string]: string;
            };
            /** @description The pipeline's path below the server's root */
            path: string;
            /** @description The name of a runtime configuration */
            runtime: string;
            /**
             * @description The secret of Kubernetes that steps take the keys of object storage from
             * @default null
             */
            secret?: string | null;
        };
        PipelineFinding: {
            /** @description Stable; those of Elyra begin with elyra. */
            code: string;
            /** @description The property of the node, by Elyra's name */
            field: string | null;
            /** @description What to do; may be empty */
            hint: string;
            /** @enum {string} */
            level: "error" | "warning" | "note";
            message: string;
            node: string | null;
        };
        PipelineImportRequest: {
            /**
             * @description Correct notebooks that moved and images of older releases, where there is one answer
             * @default false
             */
            fix?: boolean;
            /**
             * @description Another file to write
             * @default null
             */
            out?: string | null;
            path: string;
            /**
             * @description With write: that of the preview
             * @default null
             */
            revision?: string | null;
            /**
             * @description Write it; else it is a preview
             * @default false
             */
            write?: boolean;
        };
        PipelineNode: {
            /** @description What it comes from; paths as seen from the folder of the pipeline */
            custody: {
                /** @description SHA-256 of the lock of its overlay */
                lock_hash: string | null;
                /** @description The one that was split */
                notebook: string | null;
                overlay: string | null;
                step: string | null;
            } | null;
            /** @description As seen from the folder of its file, with wildcards */
            dependencies: string[];
            /** @description Variables; one without a value is not set */
            environment: {
                [key: string]: string;
            };
            /** @description As seen from the folder of the pipeline */
            file: string | null;
            id: string;
            /** @description Empty where the default holds */
            image: string;
            include_subdirectories: boolean;
            /** @enum {string} */
            kind: "notebook" | "python" | "r" | "other";
            /** @description Unique in the pipeline */
            name: string;
            /** @description What Elyra calls its kind */
            operation: string;
            outputs: string[];
            parameters: string[];
            position: {
                x: number;
                y: number;
            } | null;
            resources: {
                cpu: number | null;
                cpu_limit: number | null;
                gpu: number | null;
                gpu_vendor: string;
                /** @description Gigabytes */
                memory: number | null;
                memory_limit: number | null;
            };
            /** @description The ids of the nodes that run before it */
            upstream: string[];
        };
        PipelineReport: {
            /** @description By node; what concerns the whole comes first */
            findings: components["schemas"]["PipelineFinding"][];
            name: string;
            path: string;
            /** @description False with an error */
            valid: boolean;
            version: number;
        };
        PipelineRun: {
            ended_at: number | null;
            /** @description Why the run as a whole failed; run.lost where the program that ran it is gone */
            error: {
                code: string;
                hint: string;
                message: string;
            } | null;
            /** @description Where its files are */
            folder: string;
            from_step: string | null;
            /**
             * @description Where it runs: here, or on a cluster
             * @enum {string}
             */
            kind: "local" | "kubeflow" | "airflow";
            /** @description Addresses by what they lead to */
            links: {
                [key: string]: string;
            };
            /** @description The name of the pipeline */
            name: string;
            notes: string[];
            only_changed: boolean;
            /** @description Those that were given; *** for a secret */
            parameters: {
                [key: string]: string;
            };
            /** @description The path of the pipeline */
            pipeline: string;
            /** @description Its name, which is unique */
            run: string;
            seconds: number | null;
            /** @description Seconds since the epoch */
            started_at: number;
            /**
             * @description Of a run elsewhere whose engine tells nobody here it is unknown
             * @enum {string}
             */
            state: "running" | "unknown" | "succeeded" | "failed" | "cancelled";
            /** @description In an order in which they can run */
            steps: components["schemas"]["StepRun"][];
        };
        PipelineRuns: {
            runs: components["schemas"]["PipelineRun"][];
        };
        Pipelines: {
            pipelines: components["schemas"]["PipelineEntry"][];
        };
        PipelineValidationRequest: {
            /**
             * @description Have Elyra validate it too; takes seconds
             * @default false
             */
            elyra?: boolean;
            path: string;
        };
        Problem: {
            /** @description A stable dotted code; see the reference of errors */
            code: string;
            details: {
                [key: string]: unknown;
            };
            /** @description What to do; may be empty */
            hint: string;
            message: string;
            /** @description The short HTTP reason */
            reason: string | null;
            /** @description Finds the request in the server's log */
            request_id: string;
        };
        Project: {
            adoption: {
                /** @description The files that every project has, and this one has not */
                missing: string[];
                /** @description True where the project template was not applied, or the folder is in no Git repository */
                offered: boolean;
                /** @description False where the folder is in no Git repository */
                repository: boolean;
            };
            git: components["schemas"]["ProjectGit"];
            /** @description In the order of the chain */
            links: components["schemas"]["ProjectLink"][];
            name: string;
            /**
             * @description The link whose next action comes first
             * @enum {string|null}
             */
            next: "notebooks" | "overlays" | "advisories" | "pipeline" | "images" | "release" | null;
            /** @description Where it is, below the server's root */
            path: string;
        };
        ProjectAdopted: {
            path: string;
            written: string[];
        };
        ProjectAdoption: {
            digest: string;
            files: {
                path: string;
                text: string;
            }[];
            /** @description Files of the template that are there, and stay as they are */
            kept: string[];
            path: string;
            /** @description False where the folder becomes a Git repository */
            repository: boolean;
        };
        ProjectAdoptionPreviewRequest: {
            /**
             * @description Accounts of the forge that may ask bots for releases
             * @default []
             */
            approvers?: string[];
            folder?: components["schemas"]["RepositoryFolder"];
            path?: components["schemas"]["RepositoryPath"];
        };
        ProjectAdoptionRequest: {
            /**
             * @description Accounts of the forge that may ask bots for releases
             * @default []
             */
            approvers?: string[];
            /** @description The digest of the preview that the user agreed to */
            digest: string;
            folder?: components["schemas"]["RepositoryFolder"];
            path?: components["schemas"]["RepositoryPath"];
            /** @description The files to write, of those of the preview */
            paths: string[];
        };
        ProjectAdoptionUndone: {
            /** @description Files that were written, and were changed since */
            kept: string[];
            path: string;
            /** @description None where the project was not adopted here */
            removed: string[];
        };
        ProjectAdoptionUndoRequest: {
            folder?: components["schemas"]["RepositoryFolder"];
            path?: components["schemas"]["RepositoryPath"];
        };
        ProjectAudit: {
            check: components["schemas"]["ReleaseCheck"];
            path: string;
        };
        ProjectAuditRequest: {
            folder?: components["schemas"]["RepositoryFolder"];
            path?: components["schemas"]["RepositoryPath"];
        };
        /** @description The repository without asking its remote; null where there is none */
        ProjectGit: {
            ahead: number | null;
            behind: number | null;
            branch: string | null;
            /** @description Why nothing of this is known; else empty */
            problem: string;
            /** @description The files that concern a link of the chain, and no others */
            uncommitted: string[];
            upstream: string | null;
        } | null;
        ProjectLink: {
            /** @description Names and reasons, a few of them */
            details: string[];
            /** @enum {string} */
            name: "notebooks" | "overlays" | "advisories" | "pipeline" | "images" | "release";
            next: {
                /** @description Such as path; paths are below the project */
                arguments: {
                    [key: string]: string;
                };
                /** @enum {string} */
                command: "lock-notebook" | "open-file" | "split-notebook" | "lock-overlay" | "check-overlay" | "audit-project" | "audit-path" | "create-pipeline" | "run-pipeline" | "show-run" | "check-pipeline" | "cut-release" | "resume-release" | "commit-files";
                /** @description All that it is due for, where these are several; arguments name the first */
                paths?: string[];
            } | null;
            /**
             * @description none where there is nothing of its kind yet
             * @enum {string}
             */
            state: "good" | "attention" | "problem" | "unknown" | "none";
            summary: string;
        };
        ReleaseBuilds: {
            builds: components["schemas"]["Build"][];
            /** @description What was built: the commit of the tag, or of the branch of the pull request */
            commit: string | null;
            /** @description Where people read the repository on its forge; null where it is on none that is known */
            forge: string | null;
            /** @description Why the forge was not asked, in a sentence; empty where it could be */
            note: string;
            repository: components["schemas"]["RepositoryRoot"];
            /** @description The tag of the newest release, which one that is proposed has not yet; null where nothing was released */
            tag: string | null;
            /** @description It was not asked for lack of a token */
            wants_token: boolean;
        };
        ReleaseCheck: {
            /** @description What to do about it; may be empty */
            fix: string;
            message: string;
            /** @enum {string} */
            name: "tree" | "branch" | "remote" | "identity" | "tag" | "forge" | "notes" | "references" | "locks" | "advisories" | "secrets" | "outputs" | "splits" | "commands";
            /**
             * @description What fails forbids the release
             * @enum {string}
             */
            status: "pass" | "warn" | "fail";
        };
        /**
         * @description How a release is made: at once, or by a pull request
         * @enum {string}
         */
        ReleaseMode: "direct" | "pull-request";
        /** @description What is not released */
        ReleaseNotes: {
            /** @description How many changes there are since */
            count: number;
            /** @description The version that the changes ask for; null where it is not known which one it is now */
            next: string | null;
            /** @description What the changelog would say of them (Markdown) */
            notes: string;
            repository: components["schemas"]["RepositoryRoot"];
            /** @description The tag of the newest release behind the head; null where there is none */
            since: string | null;
        };
        /**
         * @description All that a release would do
         * @example {
         *       "repository": "work/churn",
         *       "branch": "main",
         *       "current": "1.2.0",
         *       "next": "1.3.0",
         *       "tag": "v1.3.0",
         *       "kind": "minor",
         *       "versions": [
         *         {
         *           "file": "churn/version.py",
         *           "line": 1,
         *           "value": "1.2.0"
         *         }
         *       ],
         *       "changelog": "### Added\n\n- Answer sooner",
         *       "references": [
         *         {
         *           "file": "churn.pipeline",
         *           "path": "nodes/train/runtime_image",
         *           "from": "quay.io/jo/churn:v1.2.0",
         *           "to": "quay.io/jo/churn:v1.3.0"
         *         }
         *       ],
         *       "images": [
         *         "quay.io/jo/churn:v1.3.0"
         *       ],
         *       "checks": [
         *         {
         *           "name": "tree",
         *           "status": "pass",
         *           "message": "All is committed.",
         *           "fix": ""
         *         }
         *       ],
         *       "changes": [
         *         {
         *           "file": "churn/version.py",
         *           "diff": "…"
         *         }
         *       ],
         *       "mode": "direct",
         *       "pull_request": null,
         *       "forge": "https://git.example.org/jo/churn",
         *       "digest": "1795000000-5f1c0a7e",
         *       "can_release": true
         *     }
         */
        ReleasePlan: {
            /** @description The branch that is checked out */
            branch: string | null;
            /** @description False where a check forbids it */
            can_release: boolean;
            /** @description What the changelog is going to say of the release (Markdown) */
            changelog: string;
            /** @description The files that change, each with a unified diff */
            changes: {
                diff: string;
                file: string;
            }[];
            checks: components["schemas"]["ReleaseCheck"][];
            /** @description The version now; null where nothing says one */
            current: string | null;
            /** @description What a request to carry out exactly this plan must name */
            digest: string;
            /** @description Where people read the repository on the forge that gets a release with the changelog after the push; null where none does */
            forge: string | null;
            /** @description The full names of the images that the release should build */
            images: string[];
            /** @enum {string} */
            kind: "major" | "minor" | "patch" | "prerelease" | "build" | "finalize" | "calver" | "auto" | "explicit";
            mode: components["schemas"]["ReleaseMode"];
            next: string;
            /** @description The pull request that brings the release; null where it is made at once */
            pull_request: {
                /** @description Markdown */
                body: string;
                branch: string;
                /** @description The branch that it is merged into */
                target: string;
                title: string;
            } | null;
            /** @description Where files name images of the repository by version; from is what stands there now */
            references: {
                file: string;
                from: string;
                path: string;
                to: string;
            }[];
            repository: components["schemas"]["RepositoryRoot"];
            tag: string;
            /** @description Where files say the version */
            versions: components["schemas"]["VersionPlace"][];
        };
        /** @description Which release to plan; either kind or version must be given */
        ReleasePreviewRequest: {
            folder?: components["schemas"]["RepositoryFolder"];
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            /**
             * @description How the next version is found; auto from the commits
             * @enum {string}
             */
            kind?: "major" | "minor" | "patch" | "prerelease" | "build" | "finalize" | "calver" | "auto";
            /**
             * @description Release at once, or open a pull request; as the repository says when left out
             * @enum {string|null}
             */
            mode?: "direct" | "pull-request" | null;
            /**
             * @description Do not ask the remote
             * @default false
             */
            offline?: boolean;
            path?: components["schemas"]["RepositoryPath"];
            /**
             * @description Do not look at what the repository holds: its locks, its secrets …
             * @default false
             */
            unchecked?: boolean;
            /** @description The next version itself, such as 1.4.0 */
            version?: string;
        };
        /** @description A pull request as the forge has it; null where there is none, or the forge was not asked or does not answer */
        ReleasePullRequest: {
            merge_commit: string | null;
            number: number;
            /** @enum {string} */
            state: "open" | "merged" | "closed";
            title: string;
            url: string;
        } | null;
        /** @description How far a release came; as the result of a job, never null */
        ReleaseRecord: {
            commit: string | null;
            /** @description Why it is not done; may be empty */
            error: string;
            /** @description The files that it changes */
            files: string[];
            /** @description The release on the forge of the remote; null where none is made */
            forge_release: {
                /** @description Where people read the repository there */
                forge: string;
                /** @description Why it is not made; a release that is resumed tries again. May be empty */
                note: string;
                /** @description The address of the release; empty where it is not made (yet) */
                url: string;
            } | null;
            mode: components["schemas"]["ReleaseMode"];
            /** @description The pull request that brings it; null where it is made at once */
            pull_request: {
                branch: string;
                /** @description Why none was opened, and what to do; may be empty */
                note: string;
                /** @description Null where none was opened */
                number: number | null;
                target: string;
                url: string;
            } | null;
            /** @description The name of the remote that it is pushed to; null where it is not */
            remote: string | null;
            /**
             * @description The last stage that was reached
             * @enum {string}
             */
            stage: "begun" | "written" | "committed" | "tagged" | "pushing" | "releasing" | "proposing" | "done" | "undone";
            tag: string;
            version: string;
        } | null;
        /** @description The release that was agreed to; kind or version, and offline, as for its preview */
        ReleaseRequest: {
            /** @description The digest of the plan that the user agreed to. It holds for the day (in UTC) that it was made on. The checks are done again; those that forbid the release refuse it (release.checks-failed) */
            digest: string;
            folder?: components["schemas"]["RepositoryFolder"];
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            /**
             * @description How the next version is found; auto from the commits
             * @enum {string}
             */
            kind?: "major" | "minor" | "patch" | "prerelease" | "build" | "finalize" | "calver" | "auto";
            /**
             * @description Release at once, or open a pull request; as the repository says when left out
             * @enum {string|null}
             */
            mode?: "direct" | "pull-request" | null;
            /**
             * @description Do not ask the remote
             * @default false
             */
            offline?: boolean;
            path?: components["schemas"]["RepositoryPath"];
            /**
             * @description Push the commit and the tag, where there is a remote; the branch of a pull request always is
             * @default true
             */
            push?: boolean;
            /**
             * @description Do not look at what the repository holds: its locks, its secrets …
             * @default false
             */
            unchecked?: boolean;
            /** @description The next version itself, such as 1.4.0 */
            version?: string;
        };
        /** @description The result of a job that cuts, resumes or undoes a release */
        ReleaseResult: {
            /** @description What is not as before, in sentences, where a release was undone */
            left: string[];
            release: components["schemas"]["ReleaseRecord"];
            repository: components["schemas"]["RepositoryRoot"];
            seconds: number;
        };
        ReleaseResumptionRequest: {
            folder?: components["schemas"]["RepositoryFolder"];
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            path?: components["schemas"]["RepositoryPath"];
        };
        Releases: {
            /** @description The branch that is checked out */
            branch: string | null;
            can_resume: boolean;
            can_undo: boolean;
            /** @description The version now; null where nothing says one */
            current: string | null;
            /** @description The next version of each kind that there can be now, but for auto */
            next: {
                [key: string]: string;
            };
            /** @description Why the version cannot be told, such as files that disagree; may be empty */
            problem: string;
            /**
             * @description What of the newest release is on its remote; unknown where that is not clear and the remote was not asked, or does not answer
             * @enum {string}
             */
            published: "nothing" | "commit" | "tag" | "all" | "unknown";
            pull_request: components["schemas"]["ReleasePullRequest"];
            release: components["schemas"]["ReleaseRecord"];
            /** @description The name of the remote that a release would be pushed to; null where there is none, or where none of several is the one */
            remote: string | null;
            repository: components["schemas"]["RepositoryRoot"];
            /** @description A release is being cut, resumed or undone at this moment */
            running: boolean;
            /** @description The tags of releases, the newest version first */
            tags: {
                commit: string;
                /** Format: date-time */
                date: string;
                name: string;
                /** @description Its page on the forge of the remote, which is not asked; null where the remote is on no known forge, and for what was not pushed */
                url: string | null;
            }[];
            /** @description Where files say it */
            versions: components["schemas"]["VersionPlace"][];
            /** @description A pull request brings the newest release, and nothing would tag it when that is merged */
            workflow_missing: boolean;
        };
        /** @description What the token is for that git keeps */
        ReleaseToken: {
            /** @description Where people read the repository on its forge */
            forge: string;
            /** @description The address of the forge, which alone gets the token */
            host: string;
            repository: components["schemas"]["RepositoryRoot"];
        };
        ReleaseTokenRequest: {
            folder?: components["schemas"]["RepositoryFolder"];
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            path?: components["schemas"]["RepositoryPath"];
            /** Format: password */
            token: string;
            /**
             * @description The name of the account, where git needs it too; forges look at the token alone
             * @default
             */
            user?: string;
        };
        ReleaseUndoRequest: {
            folder?: components["schemas"]["RepositoryFolder"];
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            path?: components["schemas"]["RepositoryPath"];
            /**
             * @description Take it back from its remote as well; without this, a release that is out is left (422, release.is-out)
             * @default false
             */
            published?: boolean;
        };
        ReleaseWorkflow: {
            /** @description The files that are written, each with a unified diff; empty where all are there already */
            changes: {
                diff: string;
                file: string;
            }[];
            /** @description What a request to write exactly these files must name */
            digest: string;
            forge: components["schemas"]["ForgeKind"];
            /** @description What is left to do by hand */
            notes: string[];
            repository: components["schemas"]["RepositoryRoot"];
        };
        ReleaseWorkflowRequest: {
            /** @description The digest of the workflow that the user agreed to */
            digest: string;
            folder?: components["schemas"]["RepositoryFolder"];
            /**
             * @description Which forge it is for; that of the remote when left out
             * @default null
             * @enum {string|null}
             */
            forge?: "github" | "gitlab" | "gitea" | null;
            path?: components["schemas"]["RepositoryPath"];
        };
        /**
         * @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out
         * @default null
         */
        RepositoryFolder: string | null;
        /**
         * @description A file in the repository, such as an open notebook; one of the two must be given
         * @default null
         */
        RepositoryPath: string | null;
        /** @description The path of the repository below the server's root, which itself is a dot */
        RepositoryRoot: string;
        Requirement: {
            /** @default false */
            dev?: boolean;
            /** @default [] */
            extras?: string[];
            /**
             * @description The name of one of the notebook's indexes, or an index address to add
             * @default null
             */
            index?: string | null;
            /**
             * @description A PEP 508 marker
             * @default
             */
            markers?: string;
            name: string;
            /**
             * @description A PEP 440 specifier; empty for any version
             * @default
             */
            specifier?: string;
        };
        RequirementsEditRequest: {
            /**
             * @description Added, or put in place of the requirement of the same name
             * @default []
             */
            add?: components["schemas"]["Requirement"][];
            notebook: {
                [key: string]: unknown;
            };
            path: string;
            /**
             * @description Names
             * @default []
             */
            remove?: string[];
        };
        RunComparison: {
            after: string;
            before: string;
            /** @description Those that differ */
            parameters: components["schemas"]["ValueChange"][];
            /** @description Nothing differs but times */
            same: boolean;
            seconds_after: number | null;
            seconds_before: number | null;
            steps: {
                after: components["schemas"]["ComparedStep"];
                before: components["schemas"]["ComparedStep"];
                /** @description What its results depend on that differs, in words */
                changes: string[];
                name: string;
                /** @description Files that differ, by their SHA-256 */
                outputs: components["schemas"]["FileChange"][];
                same: boolean;
            }[];
        };
        RunOutputs: {
            files: {
                /** @description ISO 8601 */
                modified: string;
                /** @description Below the run's folder */
                name: string;
                size: number;
            }[];
            run: string;
            /** @description Where a browser may find them */
            url: string | null;
        };
        RunRequest: {
            /**
             * @description Only this step and those after it
             * @default null
             */
            from_step?: string | null;
            /**
             * @description A second request with the same key gets the same job
             * @default null
             */
            idempotency_key?: string | null;
            /**
             * @description Steps whose earlier results still hold are not run
             * @default false
             */
            only_changed?: boolean;
            /**
             * @description How many steps run at the same time; else the setting run_parallel
             * @default null
             */
            parallel?: number | null;
            /**
             * @description Values of its parameters, as texts
             * @default {}
             */
            parameters?: {
                [key: string]: string;
            };
            /** @description The pipeline's path below the server's root */
            path: string;
            /**
             * @description Seconds that each step may take, 0 for any time; else the setting step_timeout
             * @default null
             */
            timeout?: number | null;
            /**
             * @description Addresses of indexes that locks name and the user agreed to
             * @default []
             */
            trust_indexes?: string[];
        };
        Runtime: {
            api_endpoint: string;
            branch: string | null;
            description: string;
            display_name: string;
            /** @description What is handed to the engine holds the keys of object storage to read */
            keys_in_clear: boolean;
            /** @enum {string} */
            kind: "kfp" | "airflow";
            /** @description That of its file, by which it is used */
            name: string;
            public_endpoint: string;
            /** @description Where Airflow finds pipelines */
            repository: string | null;
            /** @enum {string} */
            storage_access: "USER_CREDENTIALS" | "KUBERNETES_SECRET" | "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS";
            storage_bucket: string;
            storage_endpoint: string;
        };
        RuntimeImage: {
            description: string;
            display_name: string;
            image: string;
            /** @description That of its file */
            name: string;
            /** @enum {string|null} */
            pull_policy: "Always" | "IfNotPresent" | "Never" | null;
            /** @description The name of a Kubernetes secret */
            pull_secret: string | null;
            tags: string[];
        };
        RuntimeImageRequest: {
            /** @default  */
            description?: string;
            /**
             * @description Replace the one of its name
             * @default false
             */
            force?: boolean;
            /**
             * @description Else the reference of an image
             * @default null
             */
            image?: string | null;
            /**
             * @description What people call it; else like the overlay
             * @default
             */
            name?: string;
            /**
             * @description The folder of an overlay
             * @default null
             */
            overlay?: string | null;
            /**
             * @default null
             * @enum {string|null}
             */
            pull_policy?: "Always" | "IfNotPresent" | "Never" | null;
            /** @default  */
            pull_secret?: string;
        };
        RuntimeImages: {
            images: components["schemas"]["RuntimeImage"][];
        };
        RuntimeRequest: {
            /**
             * @description Replace the one of its name
             * @default false
             */
            force?: boolean;
            /** @enum {string} */
            kind: "kfp" | "airflow";
            name: string;
            /**
             * @description cos_password, api_password, github_repo_token
             * @default {}
             */
            secrets?: {
                [key: string]: string;
            };
            /** @description By Elyra's names, such as api_endpoint and cos_bucket */
            settings: {
                [key: string]: string;
            };
        };
        Runtimes: {
            runtimes: components["schemas"]["Runtime"][];
        };
        RuntimeTest: {
            checks: {
                error: {
                    code: string;
                    details: {
                        [key: string]: unknown;
                    };
                    hint: string;
                    message: string;
                } | null;
                /** @enum {string} */
                part: "engine" | "repository" | "storage";
                /** @description Which one was asked */
                place: string;
                /** @description Why it was not asked, or what to know of it */
                reason: string | null;
                /** @enum {string} */
                status: "passed" | "failed" | "skipped";
            }[];
            name: string;
            passed: boolean;
        };
        RuntimeTestRequest: {
            name: string;
        };
        SplitApplyRequest: {
            /**
             * @description Where to cut: at headings, by the cells' tags, as steps says (hand), or what the notebook suggests (auto)
             * @default auto
             * @enum {string}
             */
            by?: "auto" | "heading" | "tag" | "hand";
            /**
             * @description Also replace step notebooks that were edited by hand
             * @default false
             */
            force?: boolean;
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            /**
             * @description The level of the headings to cut at; the one that was chosen last, else a sensible one, when left out
             * @default null
             */
            level?: number | null;
            /**
             * @description Put the functions and classes that several steps use in a module beside them, instead of repeating them
             * @default false
             */
            module?: boolean;
            notebook: {
                [key: string]: unknown;
            };
            /**
             * @description The folder of the step notebooks, below the server's root; that of the notebook when left out
             * @default null
             */
            out?: string | null;
            /**
             * @description Also an overlay for each step
             * @default true
             */
            overlays?: boolean;
            path: string;
            /** @description The digest of the preview that the user confirmed; where the split is another one by now, it is refused (409, split.preview-outdated) */
            preview_digest: string;
            /**
             * @description Delete what an earlier split left behind: steps that are no more, and their overlays, unless they were edited
             * @default false
             */
            prune?: boolean;
            /**
             * @description For hand: the steps, in their order; a code cell that is in none keeps its role (imports, functions, parameters) or is left out
             * @default []
             */
            steps?: components["schemas"]["SplitChoice"][];
            /**
             * @description Addresses of indexes that the user agreed to for the overlays
             * @default []
             */
            trust_indexes?: string[];
            /**
             * @description Run the notebook and its steps, and compare
             * @default false
             */
            verify?: boolean;
        };
        SplitCell: {
            /** @description Its first line that is not blank, cut after 120 characters */
            first_line: string;
            /** @description From 0 */
            index: number;
            /** @enum {string} */
            kind: "code" | "markdown" | "raw";
            /**
             * @description source: code of its step; imports, functions, parameters: repeated in the steps that use it; skip: left out
             * @enum {string}
             */
            role: "source" | "imports" | "functions" | "parameters" | "skip" | "markdown";
            /** @description The step that it belongs to; null for what steps repeat or leave out */
            step: string | null;
        };
        SplitChoice: {
            /** @description The code cells of the step, from 0; those of markdown go with the code that they stand before */
            cells: number[];
            /** @description What the user calls it; the answer has the name made safe */
            name: string;
        };
        /** @description The target runs after the source */
        SplitEdge: {
            /** @description The variables that cross; empty where only the order matters */
            names: string[];
            /** @description Why, in sentences */
            reasons: string[];
            source: string;
            target: string;
        };
        SplitFile: {
            /** @description A unified diff of the sources, from what is there to what would be written; null for a file that is new or does not change */
            diff: string | null;
            /** @enum {string} */
            kind: "notebook" | "module" | "overlay" | "configuration";
            path: string;
            state: components["schemas"]["SplitFileState"];
            step: string | null;
        };
        /**
         * @description new: not there yet; unchanged: there as it would be written; changed: written by an earlier split, and the notebook has changed since; edited: changed by hand since it was written, replaced with force only; foreign: not made by a split of this notebook, never replaced
         * @enum {string}
         */
        SplitFileState: "new" | "unchanged" | "changed" | "edited" | "foreign";
        /**
         * @example {
         *       "notebook": "analysis/churn.ipynb",
         *       "by": "heading",
         *       "level": 2,
         *       "levels": [
         *         {
         *           "level": 1,
         *           "count": 1
         *         },
         *         {
         *           "level": 2,
         *           "count": 2
         *         }
         *       ],
         *       "out": "analysis",
         *       "digest": "5f1c0a7e",
         *       "steps": [
         *         {
         *           "name": "load",
         *           "title": "Load",
         *           "notebook": "analysis/churn-load.ipynb",
         *           "cells": [
         *             1,
         *             2
         *           ],
         *           "inputs": [],
         *           "outputs": [
         *             "frame"
         *           ],
         *           "reads": [],
         *           "writes": [
         *             "frame",
         *             "pd"
         *           ],
         *           "definitions": [],
         *           "repeated": [],
         *           "upstream": [],
         *           "requirements": [
         *             "pandas>=2",
         *             "pyarrow"
         *           ],
         *           "optional": [],
         *           "files": {
         *             "reads": [
         *               "data/churn.csv"
         *             ],
         *             "writes": []
         *           },
         *           "imports": [
         *             "import pandas as pd"
         *           ],
         *           "settings": [],
         *           "generators": [],
         *           "local": [],
         *           "overlay": "overlays/churn-load",
         *           "state": "new"
         *         },
         *         {
         *           "name": "train",
         *           "title": "Train",
         *           "notebook": "analysis/churn-train.ipynb",
         *           "cells": [
         *             3,
         *             4
         *           ],
         *           "inputs": [
         *             "frame"
         *           ],
         *           "outputs": [],
         *           "reads": [
         *             "frame"
         *           ],
         *           "writes": [
         *             "model"
         *           ],
         *           "definitions": [
         *             "fit"
         *           ],
         *           "repeated": [],
         *           "upstream": [
         *             "load"
         *           ],
         *           "requirements": [
         *             "scikit-learn"
         *           ],
         *           "optional": [],
         *           "files": {
         *             "reads": [],
         *             "writes": []
         *           },
         *           "imports": [
         *             "from sklearn.svm import SVC"
         *           ],
         *           "settings": [],
         *           "generators": [],
         *           "local": [
         *             "analysis/features.py"
         *           ],
         *           "overlay": "overlays/churn-train",
         *           "state": "new"
         *         }
         *       ],
         *       "edges": [
         *         {
         *           "source": "load",
         *           "target": "train",
         *           "names": [
         *             "frame"
         *           ],
         *           "reasons": [
         *             "train reads frame, which load writes."
         *           ]
         *         }
         *       ],
         *       "cells": [
         *         {
         *           "index": 0,
         *           "kind": "code",
         *           "step": null,
         *           "role": "parameters",
         *           "first_line": "alpha = 1"
         *         },
         *         {
         *           "index": 1,
         *           "kind": "markdown",
         *           "step": "load",
         *           "role": "markdown",
         *           "first_line": "## Load"
         *         }
         *       ],
         *       "warnings": [
         *         {
         *           "code": "files.unknown-path",
         *           "cell": 4,
         *           "line": 2,
         *           "message": "The path that is written here is not known before it runs.",
         *           "is_error": false
         *         }
         *       ],
         *       "files": [
         *         {
         *           "path": "analysis/churn-load.ipynb",
         *           "kind": "notebook",
         *           "step": "load",
         *           "state": "new",
         *           "diff": null
         *         }
         *       ],
         *       "edit": {
         *         "metadata": {}
         *       },
         *       "can_apply": true,
         *       "verified": null
         *     }
         */
        SplitPreview: {
            /**
             * @description How it was cut, also where auto was asked for
             * @enum {string}
             */
            by: "heading" | "tag" | "hand";
            /** @description False where a warning is an error, where another program's file is in the way, or where no step is left */
            can_apply: boolean;
            /** @description All cells of the notebook */
            cells: components["schemas"]["SplitCell"][];
            /** @description What a request to apply exactly this split must name */
            digest: string;
            edges: components["schemas"]["SplitEdge"][];
            edit: components["schemas"]["NotebookEdit"];
            /** @description What applying would write; overlays are resolved then, and not listed here */
            files: components["schemas"]["SplitFile"][];
            /** @description The level of the headings that it was cut at */
            level: number | null;
            /** @description How many steps a cut at each level of headings would give */
            levels: {
                count: number;
                level: number;
            }[];
            notebook: string;
            /** @description The folder of the step notebooks; empty for the server's root */
            out: string;
            /** @description The paths of the files that applying would delete: what an earlier split left behind, where that is asked for */
            removals?: string[];
            /** @description In the order of the notebook */
            steps: components["schemas"]["SplitStep"][];
            /** @description What the last verification found for exactly these steps; null where there was none */
            verified: boolean | null;
            warnings: components["schemas"]["SplitWarning"][];
        };
        SplitRequest: {
            /**
             * @description Where to cut: at headings, by the cells' tags, as steps says (hand), or what the notebook suggests (auto)
             * @default auto
             * @enum {string}
             */
            by?: "auto" | "heading" | "tag" | "hand";
            /**
             * @description The level of the headings to cut at; the one that was chosen last, else a sensible one, when left out
             * @default null
             */
            level?: number | null;
            /**
             * @description Put the functions and classes that several steps use in a module beside them, instead of repeating them
             * @default false
             */
            module?: boolean;
            notebook: {
                [key: string]: unknown;
            };
            /**
             * @description The folder of the step notebooks, below the server's root; that of the notebook when left out
             * @default null
             */
            out?: string | null;
            /**
             * @description Also an overlay for each step
             * @default true
             */
            overlays?: boolean;
            path: string;
            /**
             * @description Delete what an earlier split left behind: steps that are no more, and their overlays, unless they were edited
             * @default false
             */
            prune?: boolean;
            /**
             * @description For hand: the steps, in their order; a code cell that is in none keeps its role (imports, functions, parameters) or is left out
             * @default []
             */
            steps?: components["schemas"]["SplitChoice"][];
        };
        /** @description The result of a job that splits */
        SplitResult: {
            /** @description The paths of the files that were deleted */
            deleted?: string[];
            edit: components["schemas"]["NotebookEdit"];
            notebook: string;
            /** @description What a person should know, in sentences */
            notes: string[];
            overlays: components["schemas"]["OverlaySummary"][];
            seconds: number;
            /** @description The paths of those that were there already as they should be */
            unchanged: string[];
            verification: components["schemas"]["Verification"];
            /** @description Whether the steps were found to do the same; null where they were not run */
            verified: boolean | null;
            warnings: components["schemas"]["SplitWarning"][];
            /** @description The paths of the files that were written */
            written: string[];
        };
        SplitStep: {
            cells: components["schemas"]["Cells"];
            /** @description The functions and classes in its notebook: its own, and those that it repeats */
            definitions: string[];
            files: {
                /** @description Paths as seen from the notebook */
                reads: string[];
                writes: string[];
            };
            /** @description The random generators whose state it takes or leaves */
            generators: ("random" | "numpy" | "torch" | "tensorflow")[];
            /** @description The import statements at its head */
            imports: string[];
            /** @description The variables that it takes from earlier steps */
            inputs: string[];
            /** @description The modules of the repository that it uses, by path */
            local: string[];
            /** @description A safe file name, unique in the split */
            name: string;
            /** @description The path of its notebook */
            notebook: string;
            /** @description What it can use and does without (PEP 508); not installed */
            optional: string[];
            /** @description The variables that it leaves for later steps */
            outputs: string[];
            /** @description The folder of its overlay; null without one */
            overlay: string | null;
            /** @description The names that it reads before it writes them, without imports and definitions */
            reads: string[];
            /** @description Those of them that are of other cells */
            repeated: string[];
            /** @description What it must install (PEP 508) */
            requirements: string[];
            /** @description The statements that set something for all that follows, repeated at its head */
            settings: string[];
            state: components["schemas"]["SplitFileState"];
            /** @description What it is called in the notebook */
            title: string;
            /** @description The steps that must run before it */
            upstream: string[];
            /** @description The names that it binds */
            writes: string[];
        };
        SplitWarning: {
            /** @description From 0; null where it concerns the whole notebook */
            cell: number | null;
            /** @description See the reference of splits */
            code: string;
            /** @description It stands in the way of the split */
            is_error: boolean;
            /** @description From 1 */
            line: number | null;
            message: string;
        };
        StepRun: {
            /** @description Its earlier results hold, so that it was not run */
            cached: boolean;
            /** @description How many of its code cells have begun */
            cell: number;
            cell_count: number;
            error: {
                /** @description The position of the cell that failed, from 0; null for what is of no cell */
                cell: number | null;
                message: string;
                name: string;
                traceback: string[];
            } | null;
            /** @description The path of the notebook or script */
            file: string;
            /** @description The id of the node in the document */
            id: string;
            /** @description The path of the log */
            log: string | null;
            /** @description Unique in the run */
            name: string;
            /** @description The path of the executed copy */
            notebook: string | null;
            notes: string[];
            /** @description What it left */
            outputs: components["schemas"]["KeptFile"][];
            /** @description The run in which it did run */
            ran_in: string | null;
            /** @description Why it ran, or why it did not; may be empty */
            reason: string;
            /** @description How long it took; of a cached step, when it ran */
            seconds: number | null;
            /** @description Seconds since the epoch */
            started_at: number | null;
            /** @enum {string} */
            state: "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cached" | "cancelled";
            /** @description The names of the steps before it */
            upstream: string[];
            /** @description In which environment */
            where: string;
        };
        SubmissionRequest: {
            /**
             * @description A second request with the same key gets the same job
             * @default null
             */
            idempotency_key?: string | null;
            /**
             * @description Values of its parameters, as texts
             * @default {}
             */
            parameters?: {
                [key: string]: string;
            };
            /** @description The pipeline's path below the server's root */
            path: string;
            /** @description The name of a runtime configuration */
            runtime: string;
            /**
             * @description The secret of Kubernetes that steps take the keys of object storage from
             * @default null
             */
            secret?: string | null;
        };
        Target: {
            description: string;
            platform: string | null;
            python_version: string;
            universal: boolean;
        };
        TargetChoice: {
            /** @description A runtime environment of .thoth.yaml; excludes the others */
            environment?: string | null;
            /** @description A platform in uv's words, such as linux or x86_64-manylinux_2_28 */
            platform?: string | null;
            python_version?: string | null;
            /** @default false */
            universal?: boolean;
        };
        Targets: {
            environments: {
                name: string;
                target: components["schemas"]["Target"];
            }[];
            /** @description The .thoth.yaml that was read, null when there is none */
            path: string | null;
            problems: string[];
            /** @description The host of the Thoth service that locks would ask here; null where none is named */
            thoth_host?: string | null;
        };
        /** @description Only for the engine thoth */
        ThothOptions: {
            /** @description With the development requirements or without; with, when left out */
            dev?: boolean | null;
            /**
             * @description Ask for a new analysis, also where the service has one
             * @default false
             */
            force?: boolean;
            /** @description Labels of the request, beside those of the runtime environment */
            labels?: {
                [key: string]: string;
            };
            /** @description Seconds after which the service is given up; the setting lock_timeout when left out */
            timeout?: number | null;
        };
        TreeEdge: {
            /** @description The extras that are asked for */
            extras: string[];
            /** @description When it is asked for; empty for always, or where it is not known */
            markers: string;
            /** @description The package at the other end; null is the notebook */
            name: string | null;
            /** @description The versions that are asked for; empty for any, or where it is not known */
            specifier: string;
        };
        TreePackage: {
            /** @description Locked for development only */
            dev: boolean;
            /** @description The notebook itself asks for it */
            direct: boolean;
            name: string;
            /** @description Who asks for it, the notebook first */
            required_by: components["schemas"]["TreeEdge"][];
            /** @description Which locked packages it asks for */
            requires: components["schemas"]["TreeEdge"][];
            version: string;
            /** @description A shortest way to it: from what the notebook asks for down to the package itself; empty when nothing asks for it */
            why: string[];
        };
        TreeRequest: {
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            notebook: {
                [key: string]: unknown;
            };
            path: string;
            /**
             * @description Addresses of indexes that the user agreed to
             * @default []
             */
            trust_indexes?: string[];
        };
        TreeResult: {
            notebook: string;
            /** @description What a person should know of the tree, in sentences */
            notes: string[];
            /** @description The locked packages, by name */
            packages: components["schemas"]["TreePackage"][];
            target: components["schemas"]["Target"];
        };
        ValueChange: {
            after: string | null;
            before: string | null;
            name: string;
        };
        /** @description How running the steps compares with running the notebook; as the result of a job, never null */
        Verification: {
            cells: components["schemas"]["Comparison"][];
            /** @description How many cells, variables and files differ */
            differences: number;
            /** @description The files that were written */
            files: components["schemas"]["Comparison"][];
            notebook: string;
            /** @description What else a person should know, in sentences */
            notes?: string[];
            /** @description The page with both sides of what differs: GET splits/verifications/{report}; null where none could be made */
            report?: string | null;
            seconds: number;
            /** @description What was found, in a sentence */
            summary?: string;
            /** @description The final values that the last steps hold */
            variables: components["schemas"]["Comparison"][];
            /** @enum {string} */
            verdict?: "same" | "different" | "not-checkable";
            /** @description True when the steps were found to do the same */
            verified: boolean;
        } | null;
        VerificationRequest: {
            /** @description A second request with the same key answers the same job */
            idempotency_key?: string | null;
            notebook: {
                [key: string]: unknown;
            };
            /**
             * @description The folder of the step notebooks; that of the notebook when left out
             * @default null
             */
            out?: string | null;
            path: string;
        };
        VersionPlace: {
            file: string;
            /** @description Counts from 1 */
            line: number;
            value: string;
        };
    };
    responses: {
        /** @description What is wrong and what to do */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        JobId: string;
        KernelName: string;
        /** @description The notebook's path below the server's root */
        NotebookPath: string;
        /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
        PipelinePath: string;
        RunId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getConfiguration: {
        parameters: {
            query: {
                /** @description The folder that the file is in, a dot for the server's root */
                folder: string;
                /** @description Which file */
                kind: "thoth" | "aicoe-ci";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationFile"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    writeConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigurationEdit"];
            };
        };
        responses: {
            /** @description The file as it was written */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDraft"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    previewConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigurationEdit"];
            };
        };
        responses: {
            /** @description The file as it would be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDraft"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    examineSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiagnosisRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    copyExamples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExamplesRequest"];
            };
        };
        responses: {
            /** @description They are copied */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Examples"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            403: components["responses"]["Problem"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Only jobs on this notebook */
                key?: string;
                /** @description Only jobs of this kind */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jobs"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
        };
    };
    clearJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Problem"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancelling (or already ended) */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
        };
    };
    getJobLog: {
        parameters: {
            query?: {
                /** @description The first line wanted; counts from 0 */
                offset?: number;
            };
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobLog"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
        };
    };
    listKernels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The kernels */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kernels"];
                };
            };
            403: components["responses"]["Problem"];
        };
    };
    makeKernel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KernelRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    getKernel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["KernelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The kernel */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kernel"];
                };
            };
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    refreshKernel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["KernelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    deleteKernel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["KernelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KernelRemoval"];
                };
            };
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    auditNotebook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuditRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    convertInstalls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenNotebook"];
            };
        };
        responses: {
            /** @description The edit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionAnswer"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    getDependencies: {
        parameters: {
            query: {
                /** @description The notebook's path below the server's root */
                path: components["parameters"]["NotebookPath"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dependencies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dependencies"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    inspectDependencies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenNotebook"];
            };
        };
        responses: {
            /** @description The dependencies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dependencies"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    exportEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description The files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    importEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description The edit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAnswer"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    checkKernel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenNotebook"];
            };
        };
        responses: {
            /** @description The comparison */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KernelCheck"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    lockNotebook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    editRequirements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequirementsEditRequest"];
            };
        };
        responses: {
            /** @description The edit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditAnswer"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getTargets: {
        parameters: {
            query: {
                /** @description The notebook's path below the server's root */
                path: components["parameters"]["NotebookPath"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The environments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Targets"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    showTree: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TreeRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    listOverlays: {
        parameters: {
            query?: {
                /** @description Only the overlays of this notebook and its steps; all below the server's root when left out */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overlays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overlays"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    extractOverlay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverlayRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    checkOverlays: {
        parameters: {
            query?: {
                /** @description Only the overlay in this folder, or those below it; all below the server's root when left out */
                folder?: string;
                /** @description Only the overlays of this notebook and its steps */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverlayChecks"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    searchPackages: {
        parameters: {
            query: {
                /** @description How many names at most */
                limit?: number;
                /** @description A name or a part of one; spelling of separators and case do not matter */
                query: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackageSearch"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getPackage: {
        parameters: {
            query?: {
                /** @description The platform that wheels should fit, in uv's words; this machine's when left out */
                platform?: string;
                /** @description The Python that versions should fit; the server's own when left out */
                python_version?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The package */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackageDetails"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    listPipelines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pipelines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipelines"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    createPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineCreateRequest"];
            };
        };
        responses: {
            /** @description The pipeline as it was written */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineDraft"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    draftPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineDraftRequest"];
            };
        };
        responses: {
            /** @description The pipeline as it would be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineDraft"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    exportPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineExportRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    importPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineImportRequest"];
            };
        };
        responses: {
            /** @description The pipeline as it was, or would be written */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineDraft"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineRuns"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    runPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    getRun: {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineRun"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    cancelRun: {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Being cancelled (or already ended) */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineRun"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    compareRuns: {
        parameters: {
            query: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
                /** @description The other run, the one before */
                with: string;
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What differs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunComparison"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    listRunOutputs: {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunOutputs"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    retryRun: {
        parameters: {
            query?: {
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run, which goes on */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineRun"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getStepLog: {
        parameters: {
            query?: {
                /** @description The next_offset of an earlier answer; it counts bytes, of a run elsewhere lines */
                offset?: number;
                /** @description The pipeline's path below the server's root; without it all pipelines are looked through */
                path?: components["parameters"]["PipelinePath"];
            };
            header?: never;
            path: {
                run: components["parameters"]["RunId"];
                /** @description The name of the step */
                step: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobLog"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    submitPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmissionRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    validatePipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineValidationRequest"];
            };
        };
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineReport"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getProject: {
        parameters: {
            query?: {
                /** @description A folder in the project, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description A file in the project, such as an open notebook; without the two, the server's root is meant */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    adoptProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectAdoptionRequest"];
            };
        };
        responses: {
            /** @description They are written */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectAdopted"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    previewProjectAdoption: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectAdoptionPreviewRequest"];
            };
        };
        responses: {
            /** @description The files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectAdoption"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    undoProjectAdoption: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectAdoptionUndoRequest"];
            };
        };
        responses: {
            /** @description They are deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectAdoptionUndone"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    auditProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectAuditRequest"];
            };
        };
        responses: {
            /** @description Accepted; follow Location */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getReleases: {
        parameters: {
            query?: {
                /** @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description A file in the repository, such as an open notebook; without the two, the server's root is meant */
                path?: string;
                /** @description Ask the remote what it has of the newest release, where that is not clear */
                remote?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The releases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Releases"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    cutRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getReleaseBuilds: {
        parameters: {
            query?: {
                /** @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description A file in the repository, such as an open notebook; without the two, the server's root is meant */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The builds, or why they are not known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseBuilds"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getReleaseNotes: {
        parameters: {
            query?: {
                /** @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description A file in the repository, such as an open notebook; without the two, the server's root is meant */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseNotes"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    previewRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleasePreviewRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getBotRequests: {
        parameters: {
            query?: {
                /** @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description A file in the repository, such as an open notebook; without the two, the server's root is meant */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The issues */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotRequests"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    askBot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotRequestRequest"];
            };
        };
        responses: {
            /** @description The issue */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotRequestAnswer"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getBotRequest: {
        parameters: {
            query?: {
                /** @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description A file in the repository, such as an open notebook; without the two, the server's root is meant */
                path?: string;
            };
            header?: never;
            path: {
                /** @description The number of the issue */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The issue, its comments, its pull request, tag and builds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowedBotRequest"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    resumeRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseResumptionRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    keepReleaseToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseTokenRequest"];
            };
        };
        responses: {
            /** @description It is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseToken"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    undoRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseUndoRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    getReleaseWorkflow: {
        parameters: {
            query?: {
                /** @description A folder in the repository, below the server's root, which itself is a dot; that of path when left out */
                folder?: string;
                /** @description Which forge it is for; that of the remote when left out */
                forge?: components["schemas"]["ForgeKind"];
                /** @description A file in the repository, such as an open notebook; without the two, the server's root is meant */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseWorkflow"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    writeReleaseWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseWorkflowRequest"];
            };
        };
        responses: {
            /** @description They are written */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseWorkflow"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            424: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            504: components["responses"]["Problem"];
        };
    };
    listRuntimeImages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The images */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuntimeImages"];
                };
            };
            403: components["responses"]["Problem"];
        };
    };
    registerRuntimeImage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuntimeImageRequest"];
            };
        };
        responses: {
            /** @description The image */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuntimeImage"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    listRuntimes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configurations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Runtimes"];
                };
            };
            403: components["responses"]["Problem"];
        };
    };
    addRuntime: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuntimeRequest"];
            };
        };
        responses: {
            /** @description The configuration */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Runtime"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    testRuntime: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuntimeTestRequest"];
            };
        };
        responses: {
            /** @description What each part answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuntimeTest"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
        };
    };
    applySplit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitApplyRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    previewSplit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitRequest"];
            };
        };
        responses: {
            /** @description The preview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitPreview"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
        };
    };
    verifySplit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerificationRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The job's address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
        };
    };
    getVerificationReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report that a Verification names */
                report: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
        };
    };
}
