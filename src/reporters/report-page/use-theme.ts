import { useEffect, useState } from 'preact/hooks';
import { applyTheme, chosenTheme, isDark, type Theme } from './theme.js';

/** The theme, and what goes on to the other one. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(chosenTheme);
  useEffect(() => applyTheme(theme), [theme]);
  return [theme, () => setTheme(known => (isDark(known) ? 'light' : 'dark'))];
}
