import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitEdge } from '../splitTokens';
import type { IGraphDrawing } from './graphLayout';
import { layOut } from './graphLayout';
import { StepGraphEdge } from './StepGraphEdge';
import type { IGraphStep } from './StepGraphNode';
import { StepGraphNode } from './StepGraphNode';
import { TextButton } from './TextButton';

/** Steps and what orders them. */
export interface IGraphViewProps {
  /** What the graph is of. */
  label: string;
  /** The steps, in an order in which they can run. */
  steps: readonly IGraphStep[];
  /** What orders them. */
  edges: readonly SplitEdge[];
  /** The name of the step that the user looks at, or null. */
  selected: string | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the step that the user wants to look at. */
  onSelect: (step: string) => void;
}

const ZOOM = 1.25;
const MOST = 3;
const LEAST = 0.4;

/** The place of the step that a key goes to; null for other keys. */
export function stepAfterKey(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function Drawing(
  props: IGraphViewProps & {
    drawing: IGraphDrawing<IGraphStep>;
    zoom: number | null;
  }
): React.JSX.Element {
  const { drawing, zoom, label, steps, selected, onSelect } = props;
  const arrow = `jp-aidevsecops-arrow-${React.useId().replace(/\W/g, '')}`;
  const root = React.useRef<SVGSVGElement>(null);
  const chosen = Math.max(
    0,
    steps.findIndex(({ name }) => name === selected)
  );
  const onKeyDown = (event: React.KeyboardEvent, at: number): void => {
    const to = stepAfterKey(event.key, at, steps.length);
    if (to !== null && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      root.current?.querySelectorAll<SVGGElement>('[role="button"]')[to].focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(steps[at].name);
    }
  };
  const size = zoom
    ? { width: drawing.width * zoom, height: drawing.height * zoom }
    : { width: drawing.width };
  return (
    <svg
      ref={root}
      role="group"
      aria-label={label}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      className={zoom ? '' : 'jp-mod-fit'}
      {...size}
    >
      <defs>
        <marker
          id={arrow}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M 0 0 L 8 4 L 0 8 z" />
        </marker>
      </defs>
      {drawing.edges.map(drawn => (
        <StepGraphEdge
          key={`${drawn.edge.source}→${drawn.edge.target}`}
          drawn={drawn}
          arrow={arrow}
        />
      ))}
      {drawing.nodes.map((drawn, at) => (
        <StepGraphNode
          key={drawn.step.name}
          drawn={drawn}
          isSelected={drawn.step.name === selected}
          isTabStop={at === chosen}
          onSelect={() => onSelect(drawn.step.name)}
          onKeyDown={event => onKeyDown(event, at)}
        />
      ))}
    </svg>
  );
}

/** Steps as a graph that can be made larger and smaller. */
export function GraphView(props: IGraphViewProps): React.JSX.Element {
  const { steps, edges, trans } = props;
  const [zoom, setZoom] = React.useState<number | null>(null);
  const drawing = React.useMemo(() => layOut(steps, edges), [steps, edges]);
  const change = (factor: number): void =>
    setZoom(Math.min(MOST, Math.max(LEAST, (zoom ?? 1) * factor)));
  return (
    <>
      <div className="jp-aidevsecops-StepGraph-scroll">
        <Drawing {...props} drawing={drawing} zoom={zoom} />
      </div>
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label="−"
          title={trans.__('Smaller')}
          onClick={() => change(1 / ZOOM)}
        />
        <TextButton label="+" title={trans.__('Larger')} onClick={() => change(ZOOM)} />
        <TextButton
          label={trans.__('Fit')}
          title={trans.__('As wide as there is room')}
          isDisabled={zoom === null}
          onClick={() => setZoom(null)}
        />
      </div>
    </>
  );
}
