/** The connection to the program in a browser: calls go to the loopback bridge over HTTP, events come as a stream. */
import type { Backend, FileKind } from "./backend";

let stream: EventSource | undefined;

/** One stream serves all listeners. */
function events(): EventSource {
  stream ??= new EventSource("/events");
  return stream;
}

/** Asks the browser for files. */
function ask(kinds: FileKind[], many: boolean): Promise<File[]> {
  return new Promise((done) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = many;
    input.accept = kinds.flatMap((kind) => kind.extensions.map((e) => `.${e}`)).join(",");
    input.hidden = true;
    input.onchange = () => finish([...(input.files ?? [])]);
    input.oncancel = () => finish([]);
    const finish = (files: File[]) => {
      input.remove();
      done(files);
    };
    document.body.append(input);
    input.click();
  });
}

/** Uploads a file to the bridge; returns its path there. */
async function upload(name: string, body: Blob): Promise<string> {
  const answer = await fetch(`/upload?name=${encodeURIComponent(name)}`, { method: "POST", body });
  if (!answer.ok) throw { code: "file.unreadable", params: { file: name } };
  return ((await answer.json()) as { path: string }).path;
}

export const bridge: Backend = {
  async call(name, request) {
    const answer = await fetch(`/call/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw body;
    return body;
  },
  on(event, listener) {
    const onMessage = (message: MessageEvent<string>) => listener(JSON.parse(message.data) as never);
    events().addEventListener(event, onMessage);
    return () => events().removeEventListener(event, onMessage);
  },
  chooseFiles: async (kinds, many) => Promise.all((await ask(kinds, many)).map((file) => upload(file.name, file))),
  // A browser cannot name a path: an empty upload makes one, the call writes over it, handOver fetches it.
  chooseSave: (name) => upload(name, new Blob()),
  showInFolder: null,
  handOver(path) {
    const link = document.createElement("a");
    link.href = `/download?path=${encodeURIComponent(path)}`;
    link.download = path.split(/[\\/]/).pop() ?? "";
    link.click();
  },
  onClosing: () => () => {},
  onDrop(over, dropped) {
    const enter = (event: DragEvent) => {
      event.preventDefault();
      over(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && over(false);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      over(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      void Promise.all(files.map((file) => upload(file.name, file))).then((paths) => paths.length && dropped(paths));
    };
    window.addEventListener("dragover", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  },
};
