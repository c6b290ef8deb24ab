import type { JsonNode } from '../../json-node.js';
import type { LocatedMember, LocatedValue, UnknownReason } from '../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';

/**
 * A value of YAML with its places. What Jinja will put in (`{{ item.name }}`, as Ansible and templates have it) is unknown, as
 * an input that has no value here.
 */
export function valueOfYaml(root: JsonNode, document: SourceDocument): LocatedValue {
  const at: DocumentRange = { document, start: root.start, end: root.end };
  const via = [] as const;
  switch (root.kind) {
    case 'array':
      return {
        kind: 'list',
        items: root.items.map(item => valueOfYaml(item, document)),
        more: undefined,
        at,
        via,
      };
    case 'object': {
      const members = root.members.map(
        ({ key, keyRange, value }): LocatedMember => ({
          key,
          keyAt: { document, start: keyRange.start, end: keyRange.end },
          value: valueOfYaml(value, document),
        }),
      );
      return { kind: 'object', members, more: undefined, at, via };
    }
    case 'null':
      return { kind: 'null', at, via };
    case 'number':
      return { kind: 'number', value: Number(root.value), at, via };
    case 'boolean':
      return { kind: 'boolean', value: root.value === true, at, via };
    case 'string':
      return textOf(String(root.value), at);
  }
}

function textOf(text: string, at: DocumentRange): LocatedValue {
  const parts = text.split(expression);
  if (parts.length === 1) return { kind: 'string', value: text, at, via: [] };
  const known = parts.flatMap((part, i): (string | UnknownReason)[] => {
    if (i % 2 === 0) return part === '' ? [] : [part];
    const name = `{{ ${part.trim()} }}`;
    return [{ kind: 'input', name, at, identity: name }];
  });
  const reason = known.find(part => typeof part !== 'string')!;
  const whole = known.length === 1 ? undefined : known;
  return {
    kind: 'unknown',
    reason,
    parts: whole,
    at,
    via: [],
    identity: whole === undefined ? reason.name : undefined,
  };
}

/** The inside of it is kept when a text is split. */
const expression = /\{\{([^{}]{0,1000})\}\}/;
