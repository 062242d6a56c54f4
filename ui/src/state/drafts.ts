/**
 * What was typed into forms and is not saved: kept behind other screens, in memory only, until it is saved or given up,
 * or the book is closed.
 */
import { useCallback, useState } from "react";

const drafts = new Map<string, unknown>();

/** What is kept under a name; undefined where nothing is. */
export const draftOf = <T>(name: string): T | undefined => drafts.get(name) as T | undefined;

/** Keeps something, or with `undefined` gives it up. */
export function keepDraft(name: string, draft: unknown) {
  if (draft === undefined) drafts.delete(name);
  else drafts.set(name, draft);
}

/** Whether some form holds what is not saved. */
export const hasDrafts = (): boolean => drafts.size > 0;

export const dropDrafts = () => drafts.clear();

/** A state that outlives its screen; undefined while nothing is typed. */
export function useDraft<T>(name: string): [T | undefined, (draft: T | undefined) => void] {
  const [state, setState] = useState(() => ({ name, draft: draftOf<T>(name) }));
  const draft = state.name === name ? state.draft : draftOf<T>(name);
  const set = useCallback(
    (next: T | undefined) => {
      keepDraft(name, next);
      setState({ name, draft: next });
    },
    [name],
  );
  return [draft, set];
}
