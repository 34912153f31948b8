// Generated from aidevsecops_ext/server/openapi.yaml by `jlpm generate:api`; never edited.
export interface paths {
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
        CheckDetail: {
            cells: components["schemas"]["Cells"];
            code: string;
            message: string;
            name: string | null;
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
        EditAnswer: {
            edit: components["schemas"]["NotebookEdit"];
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
        };
        OpenNotebook: {
            /** @description The notebook as JSON (nbformat 4); outputs may be left out */
            notebook: {
                [key: string]: unknown;
            };
            path: string;
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
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
}
