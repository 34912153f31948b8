// Proves that the room rules still bite: every planted violation in lint-fixtures/ must be reported.
import path from 'node:path';
import { ESLint } from 'eslint';
import { rooms } from '../eslint.rooms.mjs';

const base = path.join(import.meta.dirname, '..', 'lint-fixtures');
const expected = {
  'src/models/cycleA.ts': ['import-x/no-cycle'],
  'src/models/cycleB.ts': ['import-x/no-cycle'],
  'src/components/importsModel.ts': ['import-x/no-restricted-paths'],
  'src/api/importsModelType.ts': ['import-x/no-restricted-paths'],
  'src/panels/importsCommand.ts': ['import-x/no-restricted-paths'],
  'src/models/allowed.ts': [],
  'src/api/leaf.ts': [],
  'src/commands/leaf.ts': []
};

const eslint = new ESLint({
  cwd: base,
  overrideConfigFile: true,
  overrideConfig: [rooms(base)]
});
const results = await eslint.lintFiles(['src']);
const found = new Map(
  results.map(result => [
    path.relative(base, result.filePath),
    [...new Set(result.messages.map(message => message.ruleId))]
  ])
);

let failures = 0;
for (const [file, rules] of Object.entries(expected)) {
  const got = found.get(file) ?? ['(file not linted)'];
  const ok = got.length === rules.length && rules.every(rule => got.includes(rule));
  console.log(
    `${ok ? 'ok  ' : 'FAIL'} ${file}: ${rules.join(', ') || 'nothing to report'}`
  );
  if (!ok) {
    console.log(`     reported: ${got.join(', ') || 'nothing'}`);
    failures += 1;
  }
}
for (const file of found.keys()) {
  if (!(file in expected)) {
    console.log(`FAIL ${file}: not in the list of expectations`);
    failures += 1;
  }
}
process.exitCode = failures === 0 ? 0 : 1;
