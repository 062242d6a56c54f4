/** Closes what floats over the page. */
import { useEffect } from "react";

/** A press anywhere else, Escape, or another window closes what floats. */
export function useCloseOutside(close: () => void) {
  useEffect(() => {
    const key = (event: KeyboardEvent) => event.key === "Escape" && close();
    // After the press that opened it.
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
