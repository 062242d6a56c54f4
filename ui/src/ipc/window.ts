/** The connection to the program in its own window, through Tauri. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { open, save } from "@tauri-apps/plugin-dialog";

import type { Backend } from "./backend";

/** Whether the page runs in the window. */
export function inWindow(): boolean {
  return "__TAURI_INTERNALS__" in globalThis;
}

/** Ends a listener that may not have begun yet. */
function ending(begun: Promise<() => void>): () => void {
  return () => void begun.then((end) => end());
}

export const windowBackend: Backend = {
  call: (name, request) => invoke("call", { name, request }),
  on: (event, listener) => ending(listen(event, ({ payload }) => listener(payload as never))),
  chooseFiles: async (kinds, many) => {
    const chosen = await open({ multiple: many, filters: kinds });
    return chosen === null ? [] : Array.isArray(chosen) ? chosen : [chosen];
  },
  chooseSave: (name, kinds) => save({ defaultPath: name, filters: kinds }),
  handOver: () => {},
  showInFolder: (path) => invoke("show_in_folder", { path }),
  onClosing: (may) =>
    ending(
      getCurrentWindow().onCloseRequested(async (event) => {
        if (!(await may())) event.preventDefault();
      }),
    ),
  onDrop: (over, dropped) =>
    ending(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        over(payload.type === "enter" || payload.type === "over");
        if (payload.type === "drop") dropped(payload.paths);
      }),
    ),
};
