import * as React from 'react';

/** A way out of JupyterLab. */
export interface IWebLinkProps {
  /** Where it leads to. */
  url: string | null;
  /** The words. */
  text: string;
}

/** Whether an address leads to a page, and runs nothing here. */
export function isWebPage(url: string): boolean {
  return /^https?:\/\//.test(url);
}

/** A link that opens beside JupyterLab; words alone where it leads to no web page. */
export function WebLink({ url, text }: IWebLinkProps): React.JSX.Element {
  return url !== null && isWebPage(url) ? (
    <a
      className="jp-aidevsecops-Link"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
    >
      {text}
    </a>
  ) : (
    <>{text}</>
  );
}
