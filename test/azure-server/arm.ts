import { answerAuthorization, getRoleDefinition } from './arm-authorization.js';
import { getManagementGroup, getSubscription, listEntities, listSubscriptions } from './arm-containers.js';
import { getResource, listOfType, listResources } from './arm-resources.js';
import { readArmRequest, type ArmQuestion } from './arm-route.js';
import { refusal } from './azure-error.js';
import type { Answer, AzureRequest } from './request.js';
import type { ResourceGraph } from './resource-graph.js';
import type { World } from './world.js';

type Handler = (question: ArmQuestion, ...parts: string[]) => unknown;

/** Azure Resource Manager, as far as an audit reads it. */
export class Arm {
  private readonly routes: readonly (readonly [method: string, path: RegExp, handler: Handler])[];

  constructor(
    world: World,
    private readonly resourceGraph: ResourceGraph,
  ) {
    const managementGroups = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/i;
    const listed = /^(\/subscriptions\/[^/]+)\/providers\/([^/]+\/[^/]+)$/i;
    const child =
      /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+)\/([^/]+)$/i;
    const resource = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+$/i;
    this.routes = [
      [
        'GET',
        /^(.*)\/providers\/microsoft\.authorization\/([a-z]+)$/i,
        (question, scope, type) => answerAuthorization(world, question, scope!, type!.toLowerCase()),
      ],
      [
        'GET',
        /^(.*)\/providers\/microsoft\.authorization\/roledefinitions\/([0-9a-f-]{36})$/i,
        (question, scope, guid) => getRoleDefinition(world, question, scope!, guid!.toLowerCase()),
      ],
      ['GET', /^\/subscriptions$/i, question => listSubscriptions(world, question)],
      [
        'GET',
        /^\/subscriptions\/([^/]+)$/i,
        (question, id) => getSubscription(world, question, id!.toLowerCase()),
      ],
      [
        'GET',
        /^\/subscriptions\/([^/]+)\/resources$/i,
        (question, id) => listResources(world, question, id!.toLowerCase()),
      ],
      [
        'POST',
        /^\/providers\/microsoft\.management\/getentities$/i,
        question => listEntities(world, question),
      ],
      ['GET', managementGroups, (question, name) => getManagementGroup(world, question, name!)],
      ['GET', listed, (question, parent, type) => listOfType(world, question, parent!, type!)],
      ['GET', child, (question, parent, type) => listOfType(world, question, parent!, type!)],
      ['GET', resource, question => getResource(world, question)],
    ];
  }

  answer(request: AzureRequest): Answer {
    const question = readArmRequest(request);
    if (
      request.method === 'POST' &&
      /^\/providers\/microsoft\.resourcegraph\/resources$/i.test(question.path)
    )
      return this.resourceGraph.answer(question);
    for (const [method, path, handler] of this.routes) {
      const match = method === request.method ? path.exec(question.path) : null;
      if (match !== null) return { status: 200, body: handler(question, ...match.slice(1)) };
    }
    throw refusal(404, 'InvalidResourceType', `There is no ${request.method} ${request.path}.`);
  }
}
