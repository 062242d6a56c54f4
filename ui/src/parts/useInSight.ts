/** Brings what is chosen into sight when something else is chosen. */
import { type RefObject, useEffect, useRef } from "react";

/** `chosen` changes with the choice; the element marked `is-on` inside the returned one is scrolled to. */
export function useInSight(chosen: unknown): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is another element
  useEffect(() => {
    list.current?.querySelector(".is-on")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return list;
}
