/**
 * What a runner would obey in a log: GitHub's `::` and Buildkite's groups at the start of a line, `##[`, `##vso[` and
 * `##teamcity[` anywhere, and GitLab's sections, which end in control characters.
 */
export function commandsIn(log: string): string[] {
  return log.split(/\r\n|[\r\n\u2028\u2029]/).flatMap(line => {
    const colon = /^::([\w-]*)/.exec(line.trim());
    const group = /^(---|\+\+\+|~~~|\^\^\^)\s/.exec(line);
    return [
      ...(colon ? [colon[0]] : []),
      ...(group ? [group[0]] : []),
      ...(line.match(/##(vso|teamcity)?\[[\w.-]*/gi) ?? []),
      ...(line.match(/section_(start|end):\d+:.*[\r\u001b]/g) ?? []),
    ];
  });
}
