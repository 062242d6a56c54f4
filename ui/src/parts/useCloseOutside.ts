/** Closes menus and other elements that float over the page. */
import { useEffect } from "react";

/** Calls `close` on a press outside, on Escape, and when another window becomes active. */
export function useCloseOutside(close: () => void) {
  useEffect(() => {
    const key = (event: KeyboardEvent) => event.key === "Escape" && close();
    // Begins after the press that opened it, which must not close it at once.
    const timer = setTimeout(() => window.addEventListener("mousedown", close));
    window.addEventListener("keydown", key, true);
    window.addEventListener("blur", close);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("mousedown", close);
      window.removeEventListener("keydown", key, true);
      window.removeEventListener("blur", close);
    };
  }, [close]);
}
