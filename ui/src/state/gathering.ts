/** Gathers events that come close together, so that they are handled once. */

/** How long the first one waits for others, in ms. */
const FIRST_MS = 60;
/** The least time between two answers while more keeps coming, in ms. */
const BETWEEN_MS = 400;

export interface Gathering<T> {
  add(one: T): void;
  end(): void;
}

/** `answer` gets everything that came since it was called last, in order. */
export function createGathering<T>(answer: (all: T[]) => void): Gathering<T> {
  let gathered: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let answeredAt = Number.NEGATIVE_INFINITY;
  return {
    add(one) {
      gathered.push(one);
      timer ??= setTimeout(
        () => {
          timer = undefined;
          answeredAt = performance.now();
          const all = gathered;
          gathered = [];
          answer(all);
        },
        Math.max(FIRST_MS, answeredAt + BETWEEN_MS - performance.now()),
      );
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
      gathered = [];
    },
  };
}
