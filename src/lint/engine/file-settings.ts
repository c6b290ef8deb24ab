import type { RuleSettings } from './settings.js';

/** What rules are set to. */
export interface Settings {
  /** Where nothing else is said. */
  readonly settings: RuleSettings;
  readonly fileSettings?: FileSettings | undefined;
}

/** What rules are set to, file by file. */
export interface FileSettings {
  /** For a file as it is shown. */
  of(file: string): RuleSettings;
  /** What together turns on every rule that is on for some file. */
  readonly every: readonly RuleSettings[];
}

/** What holds for a file. */
export function settingsOf({ settings, fileSettings }: Settings, file: string): RuleSettings {
  return fileSettings === undefined ? settings : fileSettings.of(file);
}

/** All that may hold somewhere. */
export function everySetting({ settings, fileSettings }: Settings): [RuleSettings, ...RuleSettings[]] {
  return [settings, ...(fileSettings?.every ?? [])];
}
