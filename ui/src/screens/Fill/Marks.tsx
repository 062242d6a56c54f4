/** Beside the scroll bar of the grid: where the records with findings stand in the view, the worse the wider. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import { call, type Mark, type View } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { useChanges } from "../../state/calls";

/** Parts that the scroll bar is cut into: about three pixels each on a small screen. */
const PARTS = 200;

/** How long after the last change the marks are read again, in ms. A large view takes a moment. */
const REST_MS = 400;

export function Marks({ view, sheet }: { view: View; sheet: Sheet }) {
  const [marks, setMarks] = useState<Mark[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useSyncExternalStore(sheet.subscribe, sheet.version);
  const key = JSON.stringify(view);

  useEffect(() => read(key, setMarks), [key]);
  useChanges((changed) => {
    if (changed.what === "tables" && !changed.tables.includes(view.table)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => read(key, setMarks), REST_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  if (sheet.total() === 0) return null;
  return (
    <div className="fill-marks" aria-hidden data-testid="marks">
      {marks.map(({ part, level }) => (
        <i key={part} className={`is-${level}`} style={{ top: `${(part / PARTS) * 100}%` }} />
      ))}
    </div>
  );
}

/** Reads the marks of a view; what comes after the returned function was called is dropped. */
function read(key: string, put: (marks: Mark[]) => void): () => void {
  let left = false;
  call("fill.marks", { view: JSON.parse(key) as View, parts: PARTS }).then(
    (marks) => left || put(marks),
    // The grid itself says what is wrong.
    () => {},
  );
  return () => {
    left = true;
  };
}
