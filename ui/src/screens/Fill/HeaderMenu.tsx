/** The menu of a column: order, filter, freezing, hiding. */
import { Input } from "antd";
import { useState } from "react";
import { createPortal } from "react-dom";

import type { Filter } from "../../ipc";
import type { Column, ColumnSettings } from "../../grid/columns";
import { CodeSelect } from "../../parts/CodeSelect";
import { useCloseOutside } from "../../parts/useCloseOutside";
import { t } from "../../text";
import type { Arrangement } from "./useView";

interface HeaderMenuProps {
  column: Column;
  index: number;
  place: DOMRect;
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
  shown: ColumnSettings;
  setShown(shown: ColumnSettings): void;
  close(): void;
}

export function HeaderMenu({ column, index, place, arrangement, arrange, shown, setShown, close }: HeaderMenuProps) {
  useCloseOutside(close);
  const { field } = column;
  const filter = arrangement.filters.find((one) => one.column === field.column);
  const [text, setText] = useState(filter?.op === "contains" ? filter.text : "");
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
      className="part-floating fill-head-menu"
      role="dialog"
      aria-label={t("grid.menu-of", { title: field.title })}
      style={{ left: Math.min(place.left - 8, window.innerWidth - 260), top: place.bottom + 4 }}
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
      {order && line(t("grid.sort-none"), () => arrange({ sort: [] }))}
      <hr />
      <div className="fill-head-filter">
        {field.code_list ? (
          <CodeSelect
            list={field.code_list}
            mode="multiple"
            placeholder={t("grid.filter-codes")}
            label={t("grid.filter-codes")}
            value={filter?.op === "one-of" ? filter.values : []}
            onChange={(values) => put(values.length > 0 ? { op: "one-of", column: field.column, values } : undefined)}
          />
        ) : (
          <Input.Search
            autoFocus
            placeholder={t("grid.filter-contains")}
            aria-label={t("grid.filter-contains")}
            value={text}
            enterButton={t("grid.filter")}
            onChange={(event) => setText(event.target.value)}
            onSearch={() => done(() => put(text ? { op: "contains", column: field.column, text } : undefined))}
          />
        )}
      </div>
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
