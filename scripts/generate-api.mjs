// Writes src/generated/api.ts from the server's OpenAPI document, or with --check fails when it is stale.
import fs from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = path.join(import.meta.dirname, '..');
const source = path.join(root, 'aidevsecops_ext', 'server', 'openapi.yaml');
const target = path.join(root, 'src', 'generated', 'api.ts');

const HEADER =
  '// Generated from aidevsecops_ext/server/openapi.yaml by `jlpm generate:api`; never edited.\n';

// Which of several fields has to be there is for the server to check: the types would become unions
// that any one field satisfies.
function withoutChoices(schema) {
  for (const choice of ['anyOf', 'oneOf']) {
    if (schema[choice]?.every(each => each.required && !each.type && !each.$ref)) {
      delete schema[choice];
    }
  }
}

const ast = await openapiTS(new URL(`file://${source}`), {
  alphabetize: true,
  defaultNonNullable: false,
  transform: withoutChoices
});
const text = HEADER + astToString(ast);

if (process.argv.includes('--check')) {
  const current = fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : '';
  if (current !== text) {
    console.error(
      'src/generated/api.ts is stale: run `jlpm generate:api` and commit it.'
    );
    process.exitCode = 1;
  }
} else {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
  console.log(`wrote ${path.relative(root, target)}`);
}
