// Cuts the published documents down to what Foyer speaks. node subset.mjs <stripe.json> <sendgrid.json>
// Kept word for word: parameters, bodies, answers and every schema they reach. Left out: descriptions and examples; and where a field holds an id or,
// expanded, a whole object ("anyOf": string or $ref), the object, unless it is one of those listed in `whole`: Foyer expands nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [stripePath, sendGridPath] = process.argv.slice(2);
const wordy = new Set(['description', 'example', 'examples', 'title', 'summary', 'externalDocs', 'x-stripe-node', 'x-twilio', 'tags', 'security', 'servers']);

const stripe = {
  '/v1/payment_intents': ['post'], '/v1/payment_intents/{intent}': ['get'], '/v1/payment_intents/{intent}/confirm': ['post'], '/v1/payment_intents/{intent}/cancel': ['post'],
  '/v1/charges/{charge}': ['get'], '/v1/refunds': ['get', 'post'], '/v1/refunds/{refund}': ['get'], '/v1/events': ['get'], '/v1/events/{id}': ['get'],
  '/v1/checkout/sessions': ['post'], '/v1/checkout/sessions/{session}': ['get'], '/v1/checkout/sessions/{session}/expire': ['post'],
};
const whole = ['payment_intent', 'charge', 'refund', 'checkout.session', 'event', 'error'];
// Large unions for methods of payment that Foyer does not offer; an empty object is what the sandbox sends and all that is accepted.
const closed = ['PaymentIntent.PaymentMethodOptions', 'Session.PaymentMethodOptions'];

cut(stripePath, 'stripe.json', stripe, whole, closed);
cut(sendGridPath, 'sendgrid.json', { '/v3/mail/send': ['post'] }, [], []);

function cut(source, target, wanted, whole, closed) {
  const document = JSON.parse(readFileSync(source, 'utf8'));
  const paths = Object.fromEntries(Object.entries(wanted).map(([path, methods]) => [path, Object.fromEntries(methods.map(m => [m, trim(document.paths[path][m])]))]));
  const components = {};
  const reach = node => {
    if (Array.isArray(node)) { node.forEach(reach); return; }
    if (node === null || typeof node !== 'object') return;
    if (typeof node.$ref === 'string') {
      const [, , kind, name] = node.$ref.split('/');
      const kept = components[kind] ??= {};
      if (!(name in kept)) {
        kept[name] = closed.includes(name) ? { type: 'object', additionalProperties: false } : trim(document.components[kind][name]);
        reach(kept[name]);
      }
    }
    Object.values(node).forEach(reach);
  };
  reach(paths);
  whole.forEach(name => reach({ $ref: `#/components/schemas/${name}` }));
  for (const kind of Object.keys(components)) components[kind] = Object.fromEntries(Object.entries(components[kind]).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { title, version } = document.info;
  const lines = [`{"openapi":${JSON.stringify(document.openapi)},"info":${JSON.stringify({ title, version })},`, '"paths":{', list(paths), '},', '"components":{',
    Object.entries(components).map(([kind, entries]) => `${JSON.stringify(kind)}:{\n${list(entries)}\n}`).join(',\n'), '}}', ''];
  writeFileSync(join(here, target), lines.join('\n'));

  function trim(node) {
    if (Array.isArray(node)) return node.map(trim);
    if (node === null || typeof node !== 'object') return node;
    const result = {};
    for (const [key, value] of Object.entries(node)) if (!wordy.has(key)) result[key] = key === 'properties' ? names(value) : trim(value);
    if (result.anyOf?.some(s => s.type === 'string')) result.anyOf = result.anyOf.filter(s => !s.$ref || whole.includes(s.$ref.split('/').pop()) || /Params|Range/.test(s.$ref));
    return result;
  }
  // A property may be called "description": names are not words about the schema.
  function names(properties) { return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, trim(schema)])); }
}

function list(entries) { return Object.entries(entries).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',\n'); }
