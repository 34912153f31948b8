import { CommandToolbarButton, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { PanelWithToolbar } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type * as React from 'react';
import type { SectionName } from '../commandIds';
import { sectionId } from '../commandIds';

/** One part of the sidebar: a title with buttons, and content. */
export interface ISection {
  /** What links call it. */
  name: SectionName;
  /** What people call it. */
  title: string;
  /** The commands of its buttons. */
  buttons: readonly string[];
  /** What is in it. */
  content: React.JSX.Element | (() => ReactWidget);
  /** Its room beside the others; 0 has it folded until somebody looks for it. */
  size: number;
}

/** The section as a widget of the sidebar. */
export function createSection(
  section: ISection,
  commands: CommandRegistry,
  trans: TranslationBundle
): PanelWithToolbar {
  const panel = new PanelWithToolbar();
  panel.id = sectionId(section.name);
  panel.title.label = section.title;
  panel.addClass('jp-aidevsecops-Section');
  // It scrolls, and may hold nothing that takes the focus.
  panel.node.tabIndex = 0;
  panel.node.setAttribute('role', 'region');
  panel.node.setAttribute('aria-label', section.title);
  panel.toolbar.node.setAttribute('aria-label', trans.__('%1 actions', section.title));
  for (const id of section.buttons) {
    panel.toolbar.addItem(id, new CommandToolbarButton({ commands, id, label: '' }));
  }
  const content =
    typeof section.content === 'function'
      ? section.content()
      : ReactWidget.create(section.content);
  content.addClass('jp-aidevsecops-Section-content');
  panel.addWidget(content);
  if (section.size === 0) {
    panel.hide();
  }
  return panel;
}
