import { askedOperation } from '../../tenant/access/asked-operation.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { suggestOperations } from '../../lint/checks/suggest-operations.js';
import type { JsonNode } from '../../input/json-node.js';
import type { ConfigReader } from '../../lint/engine/config-reader.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { TestedOperation } from './access-test.js';

/**
 * Takes one operation out of a test. What nobody grants since Azure has no such operation is "not-granted", and tests
 * nothing: it must be in the catalog, or its plane be said. `plane` is what was said.
 * @throws UserError where it is none, or its plane is left open.
 */
export function readOperation(
  node: JsonNode,
  plane: Plane | undefined,
  reader: ConfigReader,
  catalog: Catalog,
): TestedOperation {
  const text = reader.text(node);
  const asked = askedOperation(text, plane, catalog);
  switch (asked.kind) {
    case 'settled':
      return { name: asked.name, plane: asked.plane };
    case 'no-operation':
      throw reader.error(
        node,
        `"${text}" is not a single operation.`,
        `List what a pattern covers with: azrbac expand '${text}'`,
      );
    case 'on-other-plane':
      throw reader.error(
        node,
        `"${asked.name}" is an operation of the ${asked.plane} plane alone.`,
        'Leave "plane" out.',
      );
    case 'plane-open': {
      const why =
        asked.planes === 'both'
          ? `"${asked.name}" is on both planes.`
          : `The catalog of ${catalog.date} does not know the plane of "${asked.name}".`;
      throw reader.error(node, why, 'Say which is meant with "plane": control or data.');
    }
    case 'unlisted': {
      if (plane !== undefined) return { name: asked.name, plane };
      const [nearest] = suggestOperations(asked.name, 'control', catalog);
      const meant = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
      throw reader.error(
        node,
        `"${asked.name}" is not in the catalog of ${catalog.date}.`,
        `${meant}If it is newer, say its "plane".`,
      );
    }
  }
}
