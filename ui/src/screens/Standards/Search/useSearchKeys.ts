/** Ctrl+F, and simply typing, lead to the search field, whatever has the focus. */
import type { InputRef } from "antd";
import { type RefObject, useEffect } from "react";

/** Fields that take letters themselves. */
function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

export function useSearchKeys(field: RefObject<InputRef | null>) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const find = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "f";
      if (find) event.preventDefault();
      // 229 is a key of an input method: the composition continues in the field that has the focus by then.
      const letter = (event.key.length === 1 && event.key !== " ") || event.keyCode === 229;
      const typed = letter && !event.ctrlKey && !event.metaKey && !event.altKey && !takesLetters(event.target);
      if (find || typed) field.current?.focus({ cursor: find ? "all" : "end" });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [field]);
}
