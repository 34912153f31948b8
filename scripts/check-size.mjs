// Fails when what the browser loads before first use of the extension is over the budget: the
// remote entry and the chunks that it names. Dialogs come in chunks of their own when they open.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const BUDGET = 60 * 1024;
const folder = path.join(
  import.meta.dirname,
  '..',
  'aidevsecops_ext',
  'labextension',
  'static'
);

const sizes = fs
  .readdirSync(folder)
  .filter(name => name.endsWith('.js') && name !== 'style.js')
  .map(name => {
    const text = fs.readFileSync(path.join(folder, name));
    return { name, text: text.toString(), bytes: zlib.gzipSync(text).length };
  })
  .sort((a, b) => b.bytes - a.bytes);

const entry = sizes.find(({ name }) => name.startsWith('remoteEntry.'));
const named = [...(entry?.text ?? '').matchAll(/\.e\(["']?([\w-]+)["']?\)/g)];
const first = new Set(['remoteEntry', ...named.map(([, chunk]) => chunk)]);
const isFirst = ({ name }) => first.has(name.split('.')[0]);
const initial = sizes.filter(isFirst);
if (initial.length < 3) {
  throw new Error('The remote entry does not name the chunks of index and style.');
}

for (const size of sizes) {
  const when = isFirst(size) ? 'at first' : 'on demand';
  console.log(`${String(size.bytes).padStart(8)} B gzipped  ${size.name}  ${when}`);
}
const total = initial.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${String(total).padStart(8)} B gzipped  at first (budget ${BUDGET} B)`);
if (total > BUDGET) {
  console.error('The built front end is over its budget.');
  process.exitCode = 1;
}
