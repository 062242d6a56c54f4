/** Beside the scroll bar of the grid: where the records with findings stand in the view, the worse the wider. */
import { type MouseEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";

import { call, type Mark, type View } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { useChanges } from "../../state/calls";
import { t } from "../../text";

/** Parts that the scroll bar is cut into: about three pixels each on a small screen. */
const PARTS = 200;

/** How long after the last change the marks are read again, in ms. A large view takes a moment. */
const REST_MS = 400;

/** `goTo` stands on a row of the view; the keyboard has F8 for it. */
export function Marks({ view, sheet, goTo }: { view: View; sheet: Sheet; goTo(row: number): void }) {
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
  /** Stands on the first record of the marked part that is nearest to the pointer. */
  function onMouseDown(event: MouseEvent<HTMLElement>) {
    // The grid keeps the keyboard.
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientY - top) / height) * PARTS;
    const away = ({ part }: Mark) => Math.abs(part + 0.5 - at);
    const nearest = marks.reduce<Mark | undefined>(
      (one, mark) => (one && away(one) <= away(mark) ? one : mark),
      undefined,
    );
    if (nearest) goTo(Math.min(sheet.total() - 1, Math.ceil((nearest.part * sheet.total()) / PARTS)));
  }

  return (
    <div className="fill-marks" aria-hidden data-testid="marks" title={t("fill.marks")} onMouseDown={onMouseDown}>
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
