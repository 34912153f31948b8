import * as React from 'react';
import type { IGraphEdge } from './graphLayout';

const LABEL_HEIGHT = 18;

/** What flows from one step to another, as an arrow; dashed where only the order matters. */
export function StepGraphEdge(props: {
  /** Where it is drawn. */
  drawn: IGraphEdge;
  /** The id of the head of an arrow. */
  arrow: string;
}): React.JSX.Element {
  const { drawn, arrow } = props;
  const { edge, path, label, x, y, width } = drawn;
  const kind = edge.names.length > 0 ? 'jp-mod-flow' : 'jp-mod-order';
  return (
    <g className={`jp-aidevsecops-StepGraph-edge ${kind}`}>
      <title>{[...edge.reasons, edge.names.join(', ')].filter(Boolean).join('\n')}</title>
      <path d={path} markerEnd={`url(#${arrow})`} />
      {/* Easier to point at than a thin line. */}
      <path d={path} className="jp-aidevsecops-StepGraph-target" />
      {label ? (
        <>
          <rect
            x={x - width / 2}
            y={y - LABEL_HEIGHT / 2}
            width={width}
            height={LABEL_HEIGHT}
            rx={3}
          />
          <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
            {label}
          </text>
        </>
      ) : null}
    </g>
  );
}
