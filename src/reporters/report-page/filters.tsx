import type { JSX } from 'preact';
import { type Route, setFilter } from './route.js';

interface FilterProps {
  readonly route: Route;
  readonly name: string;
  readonly label: string;
}

/** A field whose text stands in the address. */
export function TextFilter({ route, name, label }: FilterProps): JSX.Element {
  return (
    <label class="filter">
      <span>{label}</span>
      <input
        type="search"
        name={name}
        value={route.filters.get(name) ?? ''}
        onInput={event => setFilter(route, name, event.currentTarget.value)}
      />
    </label>
  );
}

interface ChoiceProps extends FilterProps {
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

export function ChoiceFilter({ route, name, label, choices }: ChoiceProps): JSX.Element {
  return (
    <label class="filter">
      <span>{label}</span>
      <select
        name={name}
        value={route.filters.get(name) ?? ''}
        onChange={event => setFilter(route, name, event.currentTarget.value)}
      >
        <option value="">any</option>
        {choices.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ToggleProps extends FilterProps {
  readonly values: readonly string[];
  readonly countOf: (value: string) => number;
}

/** Several of a few values; none chosen is all of them. */
export function ToggleFilter({ route, name, label, values, countOf }: ToggleProps): JSX.Element {
  const chosen = filterList(route, name);
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter(each => each !== value) : [...chosen, value];
    setFilter(route, name, values.filter(each => next.includes(each)).join(','));
  };
  return (
    <div class="filter toggles" role="group" aria-label={label}>
      {values.map(value => (
        <button
          type="button"
          key={value}
          aria-pressed={chosen.includes(value)}
          class={`toggle ${value}`}
          onClick={() => toggle(value)}
        >
          {value} <span class="number">{countOf(value).toLocaleString('en-US')}</span>
        </button>
      ))}
    </div>
  );
}

export function filterList({ filters }: Route, name: string): string[] {
  return (filters.get(name) ?? '').split(',').filter(value => value !== '');
}
