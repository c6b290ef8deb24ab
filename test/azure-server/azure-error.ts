/** An answer that is no success, as ARM and Graph word it. */
export class AzureError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Whether a caller that keeps to the documentation could have asked this. If not, the server remembers it. */
    readonly isLegitimate = false,
  ) {
    super(message);
  }

  get body(): unknown {
    return { error: { code: this.code, message: this.message } };
  }
}

/** What a test must hear of: the request is one that Azure does not know or does not take. */
export function refusal(status: number, code: string, message: string): AzureError {
  return new AzureError(status, code, message);
}
