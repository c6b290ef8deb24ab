// What a snapshot may hold is the same for who reads it and who writes it.

/** Bytes of a line of NDJSON. */
export const longestLine = 64 << 20;

/** Bytes of a snapshot that is one JSON object: it is read as one text of JavaScript, which ends at 512 Mi. */
export const largestJson = 500 << 20;
