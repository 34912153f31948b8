/** A step of a pipeline: its notebook is called like it. */
export interface Step {
  name: string;
  upstream?: readonly string[];
  outputs?: readonly string[];
  /** The names of the parameters that it is given. */
  parameters?: readonly string[];
}

/** A value that a run is given, as Elyra writes it. */
export interface Parameter {
  name: string;
  type: 'String' | 'Integer' | 'Float' | 'Bool';
  value?: string | number | boolean;
  required?: boolean;
}

function nodeOf(step: Step): object {
  const { name, upstream = [], outputs = [], parameters = [] } = step;
  return {
    id: name,
    type: 'execution_node',
    op: 'execute-notebook-node',
    app_data: {
      component_parameters: {
        filename: `${name}.ipynb`,
        outputs,
        pipeline_parameters: parameters
      },
      label: name,
      ui_data: { label: name, x_pos: 40, y_pos: 40 }
    },
    inputs: [
      {
        id: 'inPort',
        links: upstream.map(other => ({
          id: `${other}-${name}`,
          node_id_ref: other,
          port_id_ref: 'outPort'
        }))
      }
    ],
    outputs: [{ id: 'outPort' }]
  };
}

/** The text of a pipeline as Elyra's editor saves it. */
export function pipeline(
  steps: readonly Step[],
  parameters: readonly Parameter[] = []
): string {
  const document = {
    doc_type: 'pipeline',
    version: '3.0',
    id: 'document',
    primary_pipeline: 'primary',
    pipelines: [
      {
        id: 'primary',
        nodes: steps.map(nodeOf),
        app_data: {
          ui_data: { comments: [] },
          version: 8,
          properties: {
            name: 'pipeline',
            runtime: 'Generic',
            pipeline_parameters: parameters.map(
              ({ name, type, value = '', required = false }) => ({
                name,
                description: '',
                default_value: { type, value },
                required
              })
            )
          }
        },
        runtime_ref: ''
      }
    ],
    schemas: []
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
