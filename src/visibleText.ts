/**
 * What is not seen, or turns the words behind it round: behind U+202E, `gpj.exe` reads `exe.jpg`.
 * Line ends and tabulators alone lay text out.
 */
const STEERING =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\r(?!\n|$)/g;

/** Text of strangers for people's eyes, with such characters as `\u202e`. */
export function visibleText(text: string): string {
  return text.replace(
    STEERING,
    found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}
