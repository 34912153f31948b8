import type { TranslationBundle } from '@jupyterlab/translation';
import type { Runtime } from '../pipelineTokens';

/** What is typed of a runtime configuration: its values by Elyra's names. */
export interface IRuntimeText {
  /** What it is called. */
  name: string;
  /** The engine. */
  kind: Runtime['kind'];
  /** What is typed so far, also for what the present choices do not want. */
  values: Readonly<Record<string, string>>;
  /** Whether it takes the place of one of its name. */
  force: boolean;
}

/** One value of a runtime configuration. */
export interface IRuntimeField {
  /** Elyra's name of it. */
  key: string;
  /** Ours. */
  label: string;
  /** How to write it. */
  hint?: string;
  /** What can be chosen, where not everything can be typed. */
  options?: readonly (readonly [value: string, text: string])[];
  /** Whether nobody beside the user may read it. */
  isSecret?: boolean;
  /** Whether it may be left empty. */
  isOptional?: boolean;
}

/** The values that belong together. */
export interface IRuntimeGroup {
  /** What they are about. */
  title: string;
  /** The values. */
  fields: readonly IRuntimeField[];
}

const KEYS = 'USER_CREDENTIALS';
const SECRET = 'KUBERNETES_SECRET';
const ROLE = 'AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS';
const TOKEN = 'EXISTING_BEARER_TOKEN';

/** What is chosen as long as nobody chooses. */
export const USUAL: Readonly<Record<string, string>> = {
  auth_type: 'NO_AUTHENTICATION',
  cos_auth_type: KEYS,
  git_type: 'GITHUB',
  github_branch: 'main'
};

function access(
  values: IRuntimeText['values'],
  trans: TranslationBundle
): IRuntimeField[] {
  const { auth_type: way } = values;
  const field: IRuntimeField = {
    key: 'auth_type',
    label: trans.__('How it lets you in'),
    options: [
      ['NO_AUTHENTICATION', trans.__('It lets in everybody who reaches it')],
      [TOKEN, trans.__('By a token')],
      [
        'KUBERNETES_SERVICE_ACCOUNT_TOKEN',
        trans.__('By the service account of this pod')
      ],
      ['DEX_STATIC_PASSWORDS', trans.__('By a password (Dex)')],
      ['DEX_LDAP', trans.__('By a password (Dex, LDAP)')],
      ['DEX_LEGACY', trans.__('By a password (Dex, older)')]
    ]
  };
  if (way === TOKEN) {
    return [field, { key: 'api_password', label: trans.__('Token'), isSecret: true }];
  }
  return way.startsWith('DEX')
    ? [
        field,
        { key: 'api_username', label: trans.__('User') },
        { key: 'api_password', label: trans.__('Password'), isSecret: true }
      ]
    : [field];
}

function engine({ kind, values }: IRuntimeText, trans: TranslationBundle): IRuntimeGroup {
  const namespace: IRuntimeField = {
    key: 'user_namespace',
    label: trans.__('Namespace'),
    hint: trans.__('Of Kubernetes; empty for the usual one'),
    isOptional: true
  };
  if (kind === 'airflow') {
    return {
      title: trans.__('Apache Airflow'),
      fields: [
        {
          key: 'api_endpoint',
          label: trans.__('Address'),
          hint: trans.__('Of its pages, such as https://airflow.example.org')
        },
        {
          key: 'api_username',
          label: trans.__('User'),
          hint: trans.__('Empty where nobody is to ask it how runs are'),
          isOptional: true
        },
        {
          key: 'api_password',
          label: trans.__('Password or token'),
          isSecret: true,
          isOptional: !values.api_username
        },
        namespace
      ]
    };
  }
  return {
    title: trans.__('Kubeflow Pipelines'),
    fields: [
      {
        key: 'api_endpoint',
        label: trans.__('Address'),
        hint: trans.__('Such as https://kubeflow.example.org/pipeline')
      },
      {
        key: 'public_api_endpoint',
        label: trans.__('Address for your browser'),
        hint: trans.__('Empty where it is the same'),
        isOptional: true
      },
      namespace,
      ...access(values, trans)
    ]
  };
}

function repository(trans: TranslationBundle): IRuntimeGroup {
  return {
    title: trans.__('Repository of DAGs'),
    fields: [
      {
        key: 'git_type',
        label: trans.__('Forge'),
        options: [
          ['GITHUB', 'GitHub'],
          ['GITLAB', 'GitLab'],
          ['GITEA', 'Gitea']
        ]
      },
      {
        key: 'github_api_endpoint',
        label: trans.__('Address of its API'),
        hint: trans.__('Such as https://api.github.com')
      },
      {
        key: 'github_repo',
        label: trans.__('Repository'),
        hint: trans.__('Such as team/dags')
      },
      { key: 'github_branch', label: trans.__('Branch') },
      {
        key: 'github_repo_token',
        label: trans.__('Token of the forge'),
        hint: trans.__('It has to be allowed to write files of the repository'),
        isSecret: true
      }
    ]
  };
}

function storage({ values }: IRuntimeText, trans: TranslationBundle): IRuntimeGroup {
  const { cos_auth_type: way } = values;
  const fields: IRuntimeField[] = [
    {
      key: 'cos_endpoint',
      label: trans.__('Address of the storage'),
      hint: trans.__('Of an S3 service, such as https://minio.example.org')
    },
    {
      key: 'cos_bucket',
      label: trans.__('Bucket'),
      hint: trans.__('It is made if it is not there')
    },
    {
      key: 'cos_auth_type',
      label: trans.__('How steps get its keys'),
      options: [
        [KEYS, trans.__('With the pipeline, to be read by whoever sees the run')],
        [SECRET, trans.__('From a secret of Kubernetes')],
        [ROLE, trans.__('They need none: by a role of their service account (AWS)')]
      ]
    }
  ];
  const keys: IRuntimeField[] = [
    { key: 'cos_username', label: trans.__('Access key') },
    {
      key: 'cos_password',
      label: trans.__('Secret key'),
      hint: trans.__('Eight characters or more'),
      isSecret: true
    }
  ];
  const secret: IRuntimeField = {
    key: 'cos_secret',
    label: trans.__('Name of the secret'),
    hint: trans.__('It has AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  };
  return {
    title: trans.__('Object storage'),
    fields: [
      ...fields,
      ...(way === ROLE ? [] : keys),
      ...(way === SECRET ? [secret] : [])
    ]
  };
}

/** What is asked for, given what is chosen so far. */
export function groupsOf(text: IRuntimeText, trans: TranslationBundle): IRuntimeGroup[] {
  const parts = [engine(text, trans), storage(text, trans)];
  return text.kind === 'airflow' ? [parts[0], repository(trans), parts[1]] : parts;
}

/** The first value that is wanted and not there, or null. */
export function missingIn(
  text: IRuntimeText,
  trans: TranslationBundle
): { field: string; label: string } | null {
  if (text.name.trim() === '') {
    return { field: 'name', label: trans.__('Name') };
  }
  const fields = groupsOf(text, trans).flatMap(group => group.fields);
  const found = fields.find(
    ({ key, isOptional }) => !isOptional && !(text.values[key] ?? '').trim()
  );
  return found ? { field: found.key, label: found.label } : null;
}

/** What is sent of what was typed: only what the choices want, secrets apart. */
export function requestOf(
  text: IRuntimeText,
  trans: TranslationBundle
): { settings: Record<string, string>; secrets: Record<string, string> } {
  const fields = groupsOf(text, trans).flatMap(group => group.fields);
  const valuesOf = (isSecret: boolean): Record<string, string> =>
    Object.fromEntries(
      fields
        .filter(field => Boolean(field.isSecret) === isSecret)
        .map(({ key }) => [key, text.values[key] ?? ''] as const)
        .filter(([, value]) => value !== '')
    );
  return { settings: valuesOf(false), secrets: valuesOf(true) };
}
