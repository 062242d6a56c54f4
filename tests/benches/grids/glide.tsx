/** Glide Data Grid with the same records, from the same program. */
import "@glideapps/glide-data-grid/dist/index.css";
import { DataEditor, type DataEditorRef, type GridCell, GridCellKind, type Item } from "@glideapps/glide-data-grid";
import { useCallback, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

import { fetchRows, textAt, want } from "./rows";

const { table, columns } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as {
  table: string;
  columns: string[];
};
let seen = { first: 0, last: 0 };

function Page() {
  const [total, setTotal] = useState(0);
  const grid = useRef<DataEditorRef>(null);
  useEffect(() => {
    void fetchRows(table, 0, 1).then((page) => setTotal(page.total));
  }, []);
  const loaded = useCallback((page: number) => {
    const cells = [];
    for (let row = page * 200; row < page * 200 + 200; row++)
      if (row >= seen.first && row <= seen.last)
        for (let col = 0; col < columns.length; col++) cells.push({ cell: [col, row] as Item });
    grid.current?.updateCells(cells);
  }, []);
  const content = useCallback(([col, row]: Item): GridCell => {
    const text = textAt(row, columns[col] ?? "");
    if (text === undefined) return { kind: GridCellKind.Loading, allowOverlay: false };
    return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: true };
  }, []);
  if (total === 0) return null;
  return (
    <DataEditor
      ref={grid}
      width="100%"
      height="100%"
      rows={total}
      rowHeight={28}
      headerHeight={32}
      columns={columns.map((column) => ({ id: column, title: column, width: 120 }))}
      freezeColumns={1}
      rowMarkers="number"
      getCellContent={content}
      onVisibleRegionChanged={({ y, height }) => {
        seen = { first: y, last: y + height };
        want(table, seen.first, seen.last, loaded);
      }}
    />
  );
}
createRoot(document.getElementById("grid") as HTMLElement).render(<Page />);
Object.assign(window, {
  scroller: () => document.querySelector(".dvn-scroller"),
  blank: () => {
    const scroller = document.querySelector(".dvn-scroller");
    if (!scroller) return true;
    for (let row = seen.first; row < seen.last; row++) if (textAt(row, columns[0] ?? "") === undefined) return true;
    return false;
  },
});
