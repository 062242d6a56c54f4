/** ag-grid with the rows of the bench: in memory where they are few, in pages from the server where they are many. */
import { AllCommunityModule, createGrid, ModuleRegistry } from "ag-grid-community";

import { COLUMNS, PAGE } from "./rows";

declare global {
  interface Window {
    /** The text of a cell as the grid's data have it. */
    textOf(row: number, column: number): string;
    /** Whether a row that is in sight has no text. */
    isBlank?: () => boolean;
  }
}

type Data = Record<string, string>;

ModuleRegistry.registerModules([AllCommunityModule]);
const total = Number(new URLSearchParams(location.search).get("rows"));
const asData = (cells: string[]): Data => Object.fromEntries(cells.map((text, column) => [`c${column}`, text]));
const page = async (offset: number, limit: number): Promise<Data[]> =>
  ((await (await fetch(`/rows?offset=${offset}&limit=${limit}&total=${total}`)).json()) as string[][]).map(asData);
const columnDefs = Array.from({ length: COLUMNS }, (_, column) => ({
  field: `c${column}`,
  headerName: `列${column}`,
  width: 124,
  editable: true,
}));
const element = document.getElementById("grid");
if (!element) throw new Error("no place for the grid");
const few = total <= 1000;
const grid = createGrid<Data>(element, {
  columnDefs,
  rowHeight: 28,
  ...(few
    ? { rowModelType: "clientSide" as const, rowData: await page(0, total) }
    : {
        rowModelType: "infinite" as const,
        cacheBlockSize: PAGE,
        infiniteInitialRowCount: total,
        datasource: {
          getRows: ({ startRow, endRow, successCallback }) =>
            void page(startRow, endRow - startRow).then((rows) => successCallback(rows, total)),
        },
      }),
});
window.textOf = (row, column) => grid.getDisplayedRowAtIndex(row)?.data?.[`c${column}`] ?? "";

// The element that scrolls down, whatever this version calls it, has its mark.
const isScroller = (one: HTMLElement) =>
  one.clientHeight > 300 && one.scrollHeight > one.clientHeight && getComputedStyle(one).overflowY !== "visible";
const mark = () => {
  const found = [...element.querySelectorAll<HTMLElement>("*")].find(isScroller);
  if (found) found.dataset.scroller = "";
  else requestAnimationFrame(mark);
};
mark();
