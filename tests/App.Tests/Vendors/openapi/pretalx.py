# Cuts Pretalx's published OpenAPI document down to what Foyer reads. python3 pretalx.py <openapi-v2.yml>; writes pretalx.json beside itself.
# Kept word for word: parameters, answers and every schema they reach. Left out: descriptions, examples, security, and the organiser's variants.
import json, os, sys
import yaml

wanted = ['', 'rooms/', 'tracks/', 'submission-types/', 'tags/', 'submissions/', 'slots/', 'speakers/', 'schedules/', 'questions/', 'answers/']
wordy = {'description', 'example', 'examples', 'title', 'summary', 'externalDocs', 'tags', 'security', 'servers', 'operationId', 'x-spec-enum-id', 'readOnly', 'writeOnly', 'pattern'}
document = yaml.load(open(sys.argv[1]), Loader=yaml.CSafeLoader)


def trim(node):
    if isinstance(node, list):
        return [trim(n) for n in node]
    if not isinstance(node, dict):
        return node
    return {str(k): {n: trim(s) for n, s in v.items()} if k == 'properties' else trim(v) for k, v in node.items() if k not in wordy}


components = {}


def reach(node):
    if isinstance(node, list):
        for n in node:
            reach(n)
    elif isinstance(node, dict):
        if '$ref' in node:
            _, _, kind, name = node['$ref'].split('/')
            kept = components.setdefault(kind, {})
            if name not in kept:
                kept[name] = trim(document['components'][kind][name])
                reach(kept[name])
        for n in node.values():
            reach(n)


paths = {'/api/events/{event}/' + w: {'get': trim(document['paths']['/api/events/{event}/' + w]['get'])} for w in wanted}
reach(paths)
info = document['info']
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pretalx.json'), 'w') as out:
    out.write('{"openapi":%s,"info":%s,\n"paths":{\n' % (json.dumps(document['openapi']), json.dumps({'title': info['title'], 'version': str(info['version'])})))
    out.write(',\n'.join('%s:%s' % (json.dumps(p), json.dumps(o, ensure_ascii=False, default=str)) for p, o in paths.items()))
    out.write('\n},\n"components":{' + ',\n'.join('%s:{\n%s\n}' % (json.dumps(k), ',\n'.join('%s:%s' % (json.dumps(n), json.dumps(s, ensure_ascii=False, default=str)) for n, s in sorted(c.items()))) for k, c in components.items()) + '}}\n')
