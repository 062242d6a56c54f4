/** Files that were dropped on the window while another screen was open; the import takes them when it opens. */
let waiting: string[] = [];

export function leaveDropped(files: string[]) {
  waiting = files;
}

/** The files, once. */
export function takeDropped(): string[] {
  const files = waiting;
  waiting = [];
  return files;
}
