import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { created, type PlannedFile, fileTextIn } from './planned-file.js';

/** A CI that jobs are written for. */
export type Ci = 'github' | 'gitlab' | 'azure';

/** The CI whose files are in the repository, else the one of its remote. */
export function findCi(folder: string): Ci | undefined {
  if (existsSync(join(folder, '.github/workflows'))) return 'github';
  if (existsSync(join(folder, '.gitlab-ci.yml'))) return 'gitlab';
  if (existsSync(join(folder, 'azure-pipelines.yml'))) return 'azure';
  const remotes = fileTextIn(folder, '.git/config') ?? '';
  if (/\burl = .*github\./.test(remotes) || existsSync(join(folder, '.github'))) return 'github';
  if (/\burl = .*gitlab\./.test(remotes)) return 'gitlab';
  return /\burl = .*(?:dev\.azure|visualstudio)\.com/.test(remotes) ? 'azure' : undefined;
}

/** The file with the job. A pipeline that is there is left alone, but for one of GitLab, which takes a job at its end. */
export function plannedJob(ci: Ci, folder: string): PlannedFile {
  const steps = stepsIn(folder);
  if (ci === 'github') return created(folder, '.github/workflows/azrbac.yml', githubJob(steps, folder));
  if (ci === 'azure') return created(folder, 'azure-pipelines-azrbac.yml', azureJob(steps, folder));
  const path = '.gitlab-ci.yml';
  const before = fileTextIn(folder, path);
  const text = gitlabJob(steps);
  if (before === undefined) return { path, action: 'create', text, content: text };
  if (/\bazrbac\b/.test(before)) return { path, action: 'keep', text: '' };
  // What has several documents, or ends in an odd place, does not end with the jobs.
  if (!/^[a-z"'.]/im.test(before) || /^(?:---|\.\.\.)/m.test(before.trimStart().slice(3)))
    return { path, action: 'by-hand', text };
  const content = `${before.replace(/\n*$/, '\n')}\n${text}`;
  return { path, action: 'extend', text, content, before };
}

/** With a project of npm, its version of azrbac; else the one of the main branch. */
function stepsIn(folder: string): readonly string[] {
  return fileTextIn(folder, 'package.json')?.includes('"azrbac"')
    ? ['npm ci', 'npx azrbac lint']
    : ['npx --yes github:azrbac/azrbac lint'];
}

function githubJob(steps: readonly string[], folder: string): string {
  return `name: Azure roles
on:
  push:
    branches: [${mainBranchOf(folder)}]
  pull_request:

permissions:
  contents: read

jobs:
  azrbac:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${steps.map(step => `      - run: ${step}\n`).join('')}`;
}

function gitlabJob(steps: readonly string[]): string {
  return `azrbac:\n  image: node:22\n  script:\n${steps.map(step => `    - ${step}\n`).join('')}`;
}

function azureJob(steps: readonly string[], folder: string): string {
  return `trigger: [${mainBranchOf(folder)}]
pool:
  vmImage: ubuntu-latest
steps:
  - task: NodeTool@0
    inputs:
      versionSpec: 22.x
${steps.map(step => `  - script: ${step}\n`).join('')}`;
}

function mainBranchOf(folder: string): string {
  const head = fileTextIn(folder, '.git/refs/remotes/origin/HEAD') ?? '';
  return /^ref: refs\/remotes\/origin\/([\w.-]+)\s*$/.exec(head)?.[1] ?? 'main';
}
