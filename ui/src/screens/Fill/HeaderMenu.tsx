/** The menu of a column: order, filter, freezing, hiding. */
import { type KeyboardEvent, useEffect, useRef } from "react";
import { createPortal } from "react-dom";

import type { Filter, View } from "../../ipc";
import type { Column, ColumnSettings } from "../../grid/columns";
import { useCloseOutside } from "../../parts/useCloseOutside";
import { useCall } from "../../state/calls";
import type { Readings } from "../../state/reading";
import { t } from "../../text";
import { ColumnFilter } from "./ColumnFilter";
import type { Arrangement } from "./useTable";

interface HeaderMenuProps {
  column: Column;
  index: number;
  place: DOMRect;
  view: View;
  readings: Readings;
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
  shown: ColumnSettings;
  setShown(shown: ColumnSettings): void;
  close(): void;
}

export function HeaderMenu(props: HeaderMenuProps) {
  const { column, index, place, view, readings, arrangement, arrange, shown, setShown, close } = props;
  useCloseOutside(close);
  const { field } = column;
  const filter = arrangement.filters.find((one) => one.column === field.column);
  const masked = !useCall("settings.get", {}).data?.show_personal;
  const box = useRef<HTMLDivElement>(null);
  // The menu keeps Tab to itself, because the grid behind it takes what is typed.
  useEffect(() => {
    const element = box.current;
    if (!element?.contains(document.activeElement)) element?.querySelector<HTMLElement>("input, button")?.focus();
  }, []);
  const order = arrangement.sort.find((one) => one.column === field.column);

  function put(next: Filter | undefined) {
    const others = arrangement.filters.filter((one) => one.column !== field.column);
    arrange({ filters: next ? [...others, next] : others });
  }
  function done(work: () => void) {
    work();
    close();
  }
  const line = (words: string, work: () => void, on = false) => (
    <button type="button" className={on ? "is-on" : ""} onClick={() => done(work)}>
      {words}
    </button>
  );

  return createPortal(
    <div
      ref={box}
      className="part-floating fill-head-menu"
      role="dialog"
      onKeyDown={(event) => keepTab(event, box.current)}
      aria-label={t("grid.menu-of", { title: field.title })}
      style={{
        left: Math.min(place.left - 8, window.innerWidth - 260),
        top: Math.max(4, Math.min(place.bottom + 4, window.innerHeight - 540)),
      }}
      onMouseDown={(event) => event.stopPropagation()}
    >
      <p className="fill-head-title cut">{field.title}</p>
      {line(
        t("grid.sort-up"),
        () => arrange({ sort: [{ column: field.column, descending: false }] }),
        order?.descending === false,
      )}
      {line(
        t("grid.sort-down"),
        () => arrange({ sort: [{ column: field.column, descending: true }] }),
        order?.descending === true,
      )}
      {arrangement.sort.length > 0 &&
        !order &&
        line(t("grid.sort-also"), () =>
          arrange({ sort: [...arrangement.sort, { column: field.column, descending: false }] }),
        )}
      {order && line(t("grid.sort-none"), () => arrange({ sort: [] }))}
      <hr />
      <ColumnFilter {...{ field, view, readings, filter, masked }} put={(next) => done(() => put(next))} />
      {line(t("grid.filter-empty"), () => put({ op: "empty", column: field.column }), filter?.op === "empty")}
      {line(t("grid.filter-filled"), () => put({ op: "filled", column: field.column }), filter?.op === "filled")}
      {filter && line(t("grid.filter-clear"), () => put(undefined))}
      <hr />
      {shown.frozen === index + 1
        ? line(t("grid.unfreeze"), () => setShown({ ...shown, frozen: 0 }))
        : index < 4 && line(t("grid.freeze"), () => setShown({ ...shown, frozen: index + 1 }))}
      {line(t("grid.hide"), () => setShown({ ...shown, hidden: [...shown.hidden, field.column] }))}
    </div>,
    document.body,
  );
}

/** Tab goes round inside the menu. */
function keepTab(event: KeyboardEvent, box: HTMLElement | null) {
  if (event.key !== "Tab" || !box) return;
  const inside = [...box.querySelectorAll<HTMLElement>("input, button")].filter((one) => one.tabIndex >= 0);
  const edge = event.shiftKey ? inside[0] : inside.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? inside.at(-1) : inside[0])?.focus();
}
