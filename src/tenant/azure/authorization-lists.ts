import { AuthorizationManagementClient } from '@azure/arm-authorization';
import {
  bearerTokenAuthenticationPolicyName,
  createHttpHeaders,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { AzureFailure } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { type AzureList, FoundRows, PageLinks } from './azure-list.js';
import { type Page, pageIn } from './list-page.js';

/** The lists of Microsoft.Authorization that decide who may do what. */
export type AuthorizationKind =
  | 'roleAssignments'
  | 'denyAssignments'
  | 'eligibleAssignments'
  | 'activeAssignments'
  | 'roleDefinitions';

/**
 * Reads lists of Microsoft.Authorization through @azure/arm-authorization, which knows paths, versions and pages. The
 * rows are those of the answer itself: the library drops properties that it does not know, such as the effect of a deny
 * assignment, and makes dates of texts.
 */
export class AuthorizationLists {
  private readonly client: AuthorizationManagementClient;
  private readonly pages = new WeakMap<PipelineRequest, Page>();

  constructor(
    private readonly http: AzureHttp,
    private readonly denyVersion?: string,
  ) {
    // A subscription must be given, and is not used: all lists are asked for by scope.
    this.client = new AuthorizationManagementClient(noCredential, 'none', {
      endpoint: http.endpoints.arm,
      $host: http.endpoints.arm,
      retryOptions: { maxRetries: 0 },
      httpClient: { sendRequest: request => this.send(request) },
    });
    this.client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  }

  /** `scope` is an ARM id; `/` is the root. */
  read(kind: AuthorizationKind, scope: string, filter?: string): Promise<AzureList> {
    const at = scope.replace(/^\/+/, '');
    return this.collect(options =>
      this.list(kind, at, { ...options, ...(filter !== undefined && { filter }) }),
    );
  }

  /** The operations of all resource providers, as `azrbac catalog update` reads them. */
  readOperations(): Promise<AzureList> {
    return this.collect(options =>
      this.client.providerOperationsMetadataOperations.list({ ...options, expand: 'resourceTypes' }),
    );
  }

  private list(kind: AuthorizationKind, scope: string, options: ListOptions): Pages {
    const { client } = this;
    switch (kind) {
      case 'roleAssignments':
        return client.roleAssignments.listForScope(scope, options);
      case 'denyAssignments':
        return client.denyAssignments.listForScope(scope, options);
      case 'eligibleAssignments':
        return client.roleEligibilityScheduleInstances.listForScope(scope, options);
      case 'activeAssignments':
        return client.roleAssignmentScheduleInstances.listForScope(scope, options);
      case 'roleDefinitions':
        return client.roleDefinitions.list(scope, options);
    }
  }

  private async collect(list: (options: ListOptions) => Pages): Promise<AzureList> {
    const found = new FoundRows(this.http.lists.begin());
    let links: PageLinks | undefined;
    let link: string | undefined;
    const onResponse = ({ request }: { request: PipelineRequest }): void => {
      const page = this.pages.get(request)!;
      found.add(page);
      links ??= new PageLinks(request.url);
      link = links.follow(page.link);
    };
    try {
      do {
        const options = { abortSignal: this.http.signal, onResponse };
        await list(options)
          .byPage(link === undefined ? {} : { continuationToken: link })
          .next();
      } while (link !== undefined);
      return found.list();
    } catch (failure) {
      if (failure instanceof AzureFailure && failure.kind !== 'stopped') return found.list(failure);
      throw failure;
    }
  }

  /** What the library gets to see is an empty page: the rows and the link are taken here. */
  private async send(request: PipelineRequest): Promise<PipelineResponse> {
    const { body, size, status } = await this.http.send({ method: 'GET', url: this.urlOf(request) });
    this.pages.set(request, pageIn(body, size));
    return { request, status, headers: createHttpHeaders(jsonType), bodyAsText: '{"value":[]}' };
  }

  /** The root scope has no name, and the library leaves its slash: `https://host//providers/…`. */
  private urlOf({ url }: PipelineRequest): string {
    const { arm } = this.http.endpoints;
    const plain = url.startsWith(`${arm}//`) ? `${arm}/${url.slice(arm.length).replace(/^\/+/, '')}` : url;
    return this.denyVersion === undefined
      ? plain
      : plain.replace(/(?<=[?&]api-version=)2022-04-01/, this.denyVersion);
  }
}

type ListOptions = NonNullable<
  Parameters<AuthorizationManagementClient['roleAssignments']['listForScope']>[1]
>;

interface Pages {
  byPage(settings: { continuationToken?: string }): AsyncIterator<unknown>;
}

/** Tokens are the business of {@link AzureHttp}, which the library's requests go through. */
const noCredential = { getToken: () => Promise.resolve(null) };

const jsonType = { 'content-type': 'application/json' };
