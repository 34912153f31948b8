import { TOKEN } from '../kit/server';
import { Lab } from './Lab';

/** Notebook 7: the parts of JupyterLab around one notebook, without tabs. */
export class Classic extends Lab {
  protected override _address(place: string): string {
    return `${this.server.url}notebooks${place.replace('/tree', '')}?token=${TOKEN}`;
  }
}
