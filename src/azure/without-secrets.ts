/**
 * A text from elsewhere, fit for messages: on one line, not long, and without what could be a secret. Access tokens,
 * keys, signatures of shared access and passwords are taken out by their looks.
 */
export function withoutSecrets(text: string): string {
  let plain = text.replaceAll(/\s+/g, ' ').trim();
  for (const [pattern, instead] of secrets) plain = plain.replace(pattern, instead);
  return plain.length <= longest ? plain : `${plain.slice(0, longest)}…`;
}

const longest = 400;

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [removed]'],
  [
    /\b(client_secret|client_assertion|refresh_token|access_token|password|accountkey|sharedaccesskey|sharedaccesssignature|sig)("?\s*[=:]\s*"?)[^\s"&;,]+/gi,
    '$1$2[removed]',
  ],
  // A key of a storage account: 64 bytes in base64.
  [/(?<![\w+/])[\w+/]{80,}={0,2}/g, '[removed]'],
];
