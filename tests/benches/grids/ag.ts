/** ag-grid with the same records, from the same program. */
import { AllCommunityModule, createGrid, type IDatasource, ModuleRegistry } from "ag-grid-community";

import { fetchRows } from "./rows";

ModuleRegistry.registerModules([AllCommunityModule]);
const { table, columns } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as {
  table: string;
  columns: string[];
};

const datasource: IDatasource = {
  getRows: ({ startRow, endRow, successCallback }) => {
    void fetchRows(table, startRow, endRow - startRow).then(({ rows, total }) => successCallback(rows, total));
  },
};
createGrid(document.getElementById("grid") as HTMLElement, {
  rowModelType: "infinite",
  cacheBlockSize: 200,
  maxBlocksInCache: 60,
  infiniteInitialRowCount: 1000,
  rowHeight: 28,
  datasource,
  columnDefs: columns.map((column, i) => ({
    colId: column,
    headerName: column,
    width: 120,
    pinned: i === 0 ? ("left" as const) : null,
    valueGetter: ({ data }) => data && (data.names[column] ?? data.cells[column] ?? ""),
    editable: true,
  })),
});
Object.assign(window, {
  scroller: () => document.querySelector(".ag-body-viewport"),
  // A row is blank while its data have not come.
  blank: () => document.querySelector(".ag-row-loading") !== null || document.querySelector(".ag-row") === null,
});
