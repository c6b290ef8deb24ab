/** A map of any kind: weak ones too. */
interface Mapping<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

/** The value of a key; where there is none, what `make` gives, which it has from then on. */
export function getOrInsert<Key, Value>(
  map: Mapping<Key, Value>,
  key: Key,
  make: () => NoInfer<Value>,
): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** Adds an item to the list of a key. */
export function append<Key, Item>(map: Mapping<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
