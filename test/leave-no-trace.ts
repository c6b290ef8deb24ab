import { afterAll, expect } from 'vitest';

// Files share a process: what one leaves behind, the next would run with.
const surroundings = (): object => ({ ...process.env, cwd: process.cwd(), exitCode: process.exitCode });
const before = surroundings();

afterAll(() => expect(surroundings()).toEqual(before));
