/** Whether the window is so narrow that a panel beside the content leaves no room for it; also a wide one at 200 %. */
import { useSyncExternalStore } from "react";

const narrow = window.matchMedia("(max-width: 1023px)");

function subscribe(changed: () => void): () => void {
  narrow.addEventListener("change", changed);
  return () => narrow.removeEventListener("change", changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
