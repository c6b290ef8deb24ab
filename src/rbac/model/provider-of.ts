/** The provider that an operation or a pattern belongs to, as it is spelled there. */
export function providerOf(operation: string): string {
  return operation.split('/', 1)[0]!;
}
