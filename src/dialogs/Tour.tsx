import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import type { SectionName } from '../commandIds';
import { CommandIDs, sectionId } from '../commandIds';
import { TourStep } from '../components/TourStep';

const WORDS = 'aidevsecops-tour-words';
const POINTED_AT = 'jp-aidevsecops-mod-toured';
/** The room between the tour and what it points at, and the edge of the window. */
const GAP = 12;

/** Where the tour stops. */
export interface ITourPlace {
  /** The section to point at. */
  section: SectionName;
  /** What it is called. */
  title: string;
  /** What there is to know. */
  text: string;
  /** The command of what can be done; empty for nothing. */
  command: string;
}

/** A tour beside the sidebar, which leaves everything else usable. */
export class Tour extends ReactWidget {
  constructor(
    private readonly _places: readonly ITourPlace[],
    private readonly _commands: CommandRegistry,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-aidevsecops-Tour');
    this.node.setAttribute('role', 'dialog');
    this.node.setAttribute('aria-label', _trans.__('Tour of AIDevSecOps'));
    this.node.setAttribute('aria-describedby', WORDS);
    this._before = document.activeElement;
    _commands.commandChanged.connect(this.update, this);
  }

  /** Go to the first stop. */
  async begin(): Promise<void> {
    Widget.attach(this, document.body);
    await this._go(0);
  }

  /** Have the button to the next stop take the focus. */
  focus(): void {
    this.node.querySelector<HTMLButtonElement>('button')?.focus();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._point(null);
      super.dispose();
      (this._before as HTMLElement | null)?.focus();
    }
  }

  protected override onAfterAttach(): void {
    this.node.addEventListener('keydown', this);
    window.addEventListener('resize', this);
    this._observer.observe(this.node);
  }

  protected override onBeforeDetach(): void {
    this.node.removeEventListener('keydown', this);
    window.removeEventListener('resize', this);
    this._observer.disconnect();
  }

  /** Leave by Escape; follow what is pointed at. */
  handleEvent(event: Event): void {
    if (event.type === 'resize') {
      this._place();
    } else if ((event as KeyboardEvent).key === 'Escape') {
      event.stopPropagation();
      this.dispose();
    }
  }

  protected override render(): React.JSX.Element {
    const { title, text, command } = this._places[this._at];
    const commands = this._commands;
    const action = command
      ? {
          label: commands.label(command),
          isEnabled: commands.isEnabled(command),
          run: () => void commands.execute(command)
        }
      : null;
    return (
      <TourStep
        stop={{ title, text, action }}
        at={this._at}
        count={this._places.length}
        id={WORDS}
        trans={this._trans}
        onGo={at => void this._go(at)}
        onLeave={() => this.dispose()}
      />
    );
  }

  private async _go(at: number): Promise<void> {
    this._at = at;
    this.update();
    const { section } = this._places[at];
    await this._commands.execute(CommandIDs.showSidebar, { section });
    // Left meanwhile, or gone further.
    if (this.isDisposed || this._at !== at) {
      return;
    }
    await this.renderPromise;
    this._point(document.getElementById(sectionId(section)));
    this._place();
    this.focus();
  }

  private _point(section: HTMLElement | null): void {
    if (this._section) {
      this._section.classList.remove(POINTED_AT);
      this._observer.unobserve(this._section);
    }
    this._section = section;
    if (section) {
      section.classList.add(POINTED_AT);
      this._observer.observe(section);
    }
  }

  /** Beside what is pointed at, on the side with more room, and inside the window. */
  private _place(): void {
    const { style } = this.node;
    const { width, height } = this.node.getBoundingClientRect();
    const { innerWidth, innerHeight } = window;
    const place = this._section?.getBoundingClientRect();
    const { left = 0, right = 0, top = 0 } = place ?? {};
    const isLeft = left > innerWidth - right;
    const wanted = isLeft ? left - width - GAP : right + GAP;
    const within = (value: number, room: number): number =>
      Math.max(GAP, Math.min(value, room - GAP));
    style.left = `${within(wanted, innerWidth - width)}px`;
    style.top = `${within(top, innerHeight - height)}px`;
  }

  private _at = 0;
  private _section: HTMLElement | null = null;
  private readonly _before: Element | null;
  private readonly _observer = new ResizeObserver(() => this._place());
}
