import { Signal } from '@lumino/signaling';
import { act, render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { useSignals } from '../../panels/useSignals';

/** Something that is counted, and tells so. */
class Counted {
  readonly changed = new Signal<this, void>(this);
  count = 0;

  add(): void {
    this.count++;
    this.changed.emit();
  }
}

/** Adds as soon as it is there, before those around it listen. */
function Hasty({ counted }: { counted: Counted }): null {
  React.useLayoutEffect(() => counted.add(), [counted]);
  return null;
}

function Shown({
  counted,
  children
}: React.PropsWithChildren<{ counted: Counted }>): React.JSX.Element {
  useSignals(counted.changed);
  return (
    <p role="status">
      {counted.count}
      {children}
    </p>
  );
}

const status = (): string | null => screen.getByRole('status').textContent;

describe('useSignals', () => {
  it('draws again whenever something is told', () => {
    const counted = new Counted();
    render(<Shown counted={counted} />);

    act(() => counted.add());
    act(() => counted.add());

    expect(status()).toBe('2');
  });

  it('draws again where something was told between the first drawing and listening', () => {
    const counted = new Counted();

    render(
      <Shown counted={counted}>
        <Hasty counted={counted} />
      </Shown>
    );

    expect(status()).toBe('1');
  });

  it('listens no more once the component is gone', () => {
    const counted = new Counted();
    let drawn = 0;
    function Drawn(): null {
      useSignals(counted.changed);
      drawn++;
      return null;
    }
    const { unmount } = render(<Drawn />);

    unmount();
    act(() => counted.add());

    expect(drawn).toBe(1);
  });
});
