// node compile.mjs <folder> <file.mjml…>: MJML to HTML, Handlebars expressions untouched. Errors are written the way MSBuild shows them.
import mjml from 'mjml';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const [out, ...files] = process.argv.slice(2);
mkdirSync(out, { recursive: true });

// Parts are put in by us: <!-- part: head -->.
const include = (source, folder) => source.replace(/<!-- part: (\w+) -->/g, (_, name) => readFileSync(join(folder, 'parts', name + '.mjml'), 'utf8').trim());

// MJML checks colours, so an organization's are written as two that nothing else uses.
const colours = html => html.replaceAll('#0a0a0a', '{{house}}').replaceAll('#0b0b0b', '{{brand}}');

// MJML writes sides and a direction into every part, which not every mailbox lets a style sheet change: a mail begins where its language does.
const sides = html => html.replaceAll('direction:ltr', 'direction:{{@root.dir}}').replaceAll('text-align:left', 'text-align:{{@root.start}}').replaceAll('align="left"', 'align="{{@root.start}}"');

for (const file of files) {
  const { html, errors } = await mjml(include(readFileSync(file, 'utf8'), dirname(file)), { validationLevel: 'soft', keepComments: false, fonts: {} });
  for (const e of errors ?? []) {
    console.error(`${file}(${e.line}): error MJML001: ${e.message}`);
    process.exitCode = 1;
  }
  writeFileSync(join(out, basename(file, '.mjml') + '.hbs'), sides(colours(html)));
}
