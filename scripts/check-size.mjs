// Fails when what the browser loads before first use of the extension is over the budget.
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
  .map(name => ({
    name,
    bytes: zlib.gzipSync(fs.readFileSync(path.join(folder, name))).length
  }))
  .sort((a, b) => b.bytes - a.bytes);

for (const { name, bytes } of sizes) {
  console.log(`${String(bytes).padStart(8)} B gzipped  ${name}`);
}
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${String(total).padStart(8)} B gzipped  all chunks (budget ${BUDGET} B)`);
if (total > BUDGET) {
  console.error('The built front end is over its budget.');
  process.exitCode = 1;
}
