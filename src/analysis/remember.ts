/** A function of a text that keeps what it found, so many answers at most: the same few texts come again and again. */
export function remember<T>(make: (text: string) => T, max = 10_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= max) {
        known.clear();
      }
      found = make(text);
      known.set(text, found);
    }
    return found;
  };
}

/** The same for a function of an object. */
export function rememberOf<K extends object, T>(make: (object: K) => T): (object: K) => T {
  const known = new WeakMap<K, T>();
  return (object) => {
    let found = known.get(object);
    if (found === undefined) {
      found = make(object);
      known.set(object, found);
    }
    return found;
  };
}
