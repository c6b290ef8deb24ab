import { afterAll, expect } from 'vitest';

// What a file leaves behind in its process, the next one could run with.
const surroundings = (): object => ({ ...process.env, cwd: process.cwd(), exitCode: process.exitCode });
const before = surroundings();

afterAll(() => expect(surroundings()).toEqual(before));
