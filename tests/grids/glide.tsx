/** Glide Data Grid with the rows of the bench, in pages from the server. */
import "@glideapps/glide-data-grid/dist/index.css";

import {
  DataEditor,
  type DataEditorRef,
  type EditableGridCell,
  type GridCell,
  GridCellKind,
  type Item,
  type Rectangle,
} from "@glideapps/glide-data-grid";
import { useCallback, useRef } from "react";
import { createRoot } from "react-dom/client";

import { COLUMNS, PAGE } from "./rows";

const total = Number(new URLSearchParams(location.search).get("rows"));
const pages = new Map<number, string[][] | undefined>();
const columns = Array.from({ length: COLUMNS }, (_, column) => ({
  id: `c${column}`,
  title: `列${column}`,
  width: 124,
}));
let seen: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

const known = (row: number) => pages.get(Math.floor(row / PAGE))?.[row % PAGE];
async function load(number: number): Promise<void> {
  if (pages.has(number)) return;
  pages.set(number, undefined);
  const answer = await fetch(`/rows?offset=${number * PAGE}&limit=${PAGE}&total=${total}`);
  pages.set(number, (await answer.json()) as string[][]);
}

function Grid() {
  const editor = useRef<DataEditorRef>(null);
  const content = useCallback(([column, row]: Item): GridCell => {
    const text = known(row)?.[column];
    if (text === undefined) return { kind: GridCellKind.Loading, allowOverlay: false };
    return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: true };
  }, []);
  const show = useCallback((region: Rectangle) => {
    seen = region;
    const last = Math.min(total - 1, region.y + region.height);
    for (let number = Math.floor(region.y / PAGE); number <= Math.floor(last / PAGE); number++)
      void load(number).then(() => {
        const cells: { cell: Item }[] = [];
        for (let row = region.y; row <= last; row++)
          for (let column = region.x; column < region.x + region.width; column++) cells.push({ cell: [column, row] });
        editor.current?.updateCells(cells);
      });
  }, []);
  const edited = useCallback(([column, row]: Item, value: EditableGridCell) => {
    const cells = known(row);
    if (cells && value.kind === GridCellKind.Text) cells[column] = value.data;
  }, []);
  return (
    <DataEditor
      ref={editor}
      width="100%"
      height="100%"
      rowHeight={28}
      headerHeight={32}
      rowMarkers="none"
      columns={columns}
      rows={total}
      getCellContent={content}
      onVisibleRegionChanged={show}
      onCellEdited={edited}
    />
  );
}

await load(0);
window.textOf = (row, column) => known(row)?.[column] ?? "";
// The canvas has no elements, so what is blank is what its last region asks for and is not here yet.
window.isBlank = () => {
  for (let row = seen.y; row < Math.min(total, seen.y + seen.height); row++) if (!known(row)) return true;
  return false;
};
const element = document.getElementById("grid");
if (element) createRoot(element).render(<Grid />);
