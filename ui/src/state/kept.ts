/** Small preferences of this PC (column widths, hidden columns): kept by the page, never in the book. */
import { useCallback, useState } from "react";

function read<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

function write(name: string, value: unknown) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Where the store is full or forbidden, the preference is lost at the next start; nothing else depends on it.
  }
}

/** A preference under `name`; another name is another preference. */
export function useKept<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const [state, setState] = useState(() => ({ name, value: read(name, otherwise) }));
  const value = state.name === name ? state.value : read(name, otherwise);
  if (state.name !== name) setState({ name, value });
  const set = useCallback(
    (next: T) => {
      write(name, next);
      setState({ name, value: next });
    },
    [name],
  );
  return [value, set];
}

/** A preference read outside of React. */
export const kept = { read, write };
