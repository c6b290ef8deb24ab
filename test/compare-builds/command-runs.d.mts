/** One run of the executable. */
export interface CommandRun {
  readonly command: string;
  readonly format: string;
  readonly args: readonly string[];
  /** Relative to the folder of the samples. */
  readonly cwd: string;
  readonly stdin?: string;
}

/** `corpus`: a folder of role files within the samples, to be linted as well. */
export function commandRuns(folder: string, options?: { readonly corpus?: string | undefined }): CommandRun[];
