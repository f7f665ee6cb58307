// The names that the pages use must be names that the program declares: fields, states, actions, choices, rules, members of answers.
//   node tests/names.mjs [openapi.json]     prints what is wrong, one a line; exit 1 when something is
// Nothing is listed here by hand but JavaScript's own members: everything else comes from the OpenAPI document and from src/.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const files = (folder, ending) => readdirSync(join(root, folder), { withFileTypes: true, recursive: false }).flatMap((one) =>
  one.isDirectory() ? files(`${folder}/${one.name}`, ending) : ending.test(one.name) ? [`${folder}/${one.name}`] : []);
const wrong = [];

const document = JSON.parse(readFileSync(process.argv[2] ?? join(root, 'docs/openapi.json'), 'utf8'));
const schemas = document.components.schemas;
const fieldsOf = (type) => (schemas[type] ? new Set(Object.keys(schemas[type].properties)) : null);

// Every name that the program's own source writes as a text of its own: "lead_unit".
const declared = new Set();
for (const file of files('src', /\.[ch]$/)) for (const [, name] of read(file).matchAll(/"([a-z][a-z0-9_]*)"/g)) declared.add(name);
for (const schema of Object.values(schemas)) for (const name of Object.keys(schema.properties ?? {})) declared.add(name);

// Code without comments; texts stay.
const codeOf = (file) => read(file).replace(/<!--[\s\S]*?-->/g, '').replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
const pages = files('ui/src', /\.(ts|vue)$/).filter((file) => !/\.d\.ts$/.test(file)).map((file) => ({ file, code: codeOf(file) }));

// 1. TypeScript names here are camelCase, so whatever is snake_case is a name of the API.
for (const { file, code } of pages) {
  for (const [name] of code.matchAll(/(?<![\w.$-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w-])|(?<=\.)[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\w)/g)) {
    if (!declared.has(name)) wrong.push(`${file} uses the name ${name}, which the program does not declare`);
  }
}

// 2. Calls that name a type and a field: textOf('problem', 'due', …).
for (const { file, code } of pages) {
  for (const [, call, type, field] of code.matchAll(/\b(textOf|fieldNamed|choiceLabel)\(\s*'([a-z_]+)',\s*'([a-z_]+)'/g)) {
    const fields = fieldsOf(type);
    if (!fields) wrong.push(`${file}: ${call} names the record type ${type}, which is not declared`);
    else if (!fields.has(field)) wrong.push(`${file}: ${call} names the field ${type}.${field}, which is not declared`);
  }
}

// 3. Members of variables that are called after a record type: problem.due, measure.weight.
const ofJavaScript = new Set(['value', 'length', 'filter', 'map', 'find', 'some', 'every', 'at', 'push', 'slice', 'sort', 'then', 'flatMap', 'forEach', 'includes', 'join', 'reduce', 'has', 'get', 'set', 'message']);
const envelope = new Set([...(read('ui/src/types.ts') + read('ui/src/api.ts')).matchAll(/\b([a-z][A-Za-z_]*)\??:/g)].map(([, name]) => name));
for (const { file, code } of pages) {
  const bare = code.replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
  for (const [, type, member] of bare.matchAll(/(?<![\w.$-])(problem|measure|appeal|cycle|topic|approval)\??\.([A-Za-z_]+)/g)) {
    if (!fieldsOf(type).has(member) && !ofJavaScript.has(member) && !envelope.has(member)) wrong.push(`${file} reads ${type}.${member}, which is not declared`);
  }
}

// 4. The unions of ui/src/types.ts are the program's own lists.
const union = (name) => {
  const found = read('ui/src/types.ts').match(new RegExp(`export type ${name} =([^\\n]*(?:\\n  \\|[^\\n]*)*)`));
  return found ? [...found[1].matchAll(/'([a-z_]+)'/g)].map(([, one]) => one).sort() : [];
};
const same = (what, ours, theirs) => {
  const expected = [...theirs].sort();
  if (ours.join() !== expected.join()) wrong.push(`ui/src/types.ts: ${what} is ${ours.join(' ')}, the program has ${expected.join(' ')}`);
};
const kinds = read('src/web/types.c').match(/\[F_TEXT\][\s\S]*?\};/)[0];
same('FieldType', union('FieldType'), [...kinds.matchAll(/= "([a-z_]+)"/g)].map(([, one]) => one));
same('Colour', union('Colour'), (schemas.problem.properties.colour.enum ?? []).filter(Boolean));
same('the verdict of Outcome', [...read('ui/src/types.ts').match(/interface Outcome \{\s*verdict: ([^;]+);/)[1].matchAll(/'([a-z]+)'/g)].map(([, one]) => one).sort(), schemas.outcome.properties.verdict.enum);

for (const line of [...new Set(wrong)]) console.log(line);
process.exitCode = wrong.length ? 1 : 0;
