import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Notebook } from './notebooks';

/** A folder of one test below the root of its server. */
export class Folder {
  constructor(
    private readonly _root: string,
    readonly name: string
  ) {
    fs.mkdirSync(path.join(_root, name), { recursive: true });
  }

  /** Where it is on disk. */
  get location(): string {
    return path.join(this._root, this.name);
  }

  /** The path that JupyterLab knows a file by. */
  path(file: string): string {
    return `${this.name}/${file}`;
  }

  /** Write a notebook; answers the path that JupyterLab knows it by. */
  write(file: string, notebook: Notebook): string {
    return this.writeText(file, `${JSON.stringify(notebook, null, 1)}\n`);
  }

  /** Write a file; answers the path that JupyterLab knows it by. */
  writeText(file: string, text: string): string {
    const target = this._at(file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    return this.path(file);
  }

  /** Copy a file of another place. */
  copy(source: string, file: string): string {
    return this.writeText(file, fs.readFileSync(source, 'utf-8'));
  }

  /** Copy a folder of another place into this one. */
  copyFolder(source: string, name: string): void {
    fs.cpSync(source, this._at(name), { recursive: true });
  }

  /** What is on disk now. */
  readText(file: string): string {
    return fs.readFileSync(this._at(file), 'utf-8');
  }

  /** The notebook that is on disk now. */
  read(file: string): Notebook {
    return JSON.parse(this.readText(file)) as Notebook;
  }

  private _at(file: string): string {
    return path.join(this.location, file);
  }
}
