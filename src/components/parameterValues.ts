import type { TranslationBundle } from '@jupyterlab/translation';
import type { PipelineParameter } from '../pipelineTokens';
import type { IProblem } from '../tokens';

/** The values that are typed, by the names of the parameters. */
export type ParameterValues = Record<string, string>;

/** The values that the parameters have as long as nobody types any. */
export function presetsOf(parameters: readonly PipelineParameter[]): ParameterValues {
  return Object.fromEntries(
    parameters.map(({ name, default: preset }) => [name, preset ?? ''])
  );
}

/** The values to send: what is left empty is the pipeline's own default. */
export function givenIn(values: ParameterValues): ParameterValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** What is wrong with a value; empty when nothing is. */
function faultIn(
  { name, kind, is_required: isRequired, default: preset }: PipelineParameter,
  value: string,
  trans: TranslationBundle
): string {
  if (value === '') {
    return isRequired && !preset ? trans.__('%1 needs a value.', name) : '';
  }
  if (kind === 'Integer' && !/^[+-]?\d+$/.test(value.trim())) {
    return trans.__('%1 is a whole number.', name);
  }
  return kind === 'Float' && !Number.isFinite(Number(value))
    ? trans.__('%1 is a number.', name)
    : '';
}

/** What is wrong with the values, or null. */
export function parameterProblem(
  parameters: readonly PipelineParameter[],
  values: ParameterValues,
  trans: TranslationBundle
): IProblem | null {
  const faults = parameters.map(one => faultIn(one, values[one.name], trans));
  const message = faults.filter(Boolean).join(' ');
  return message ? { code: 'run.refused', message, hint: '', details: {} } : null;
}
