/** The rows that all grids of the bench show: as many columns as the table of the program, no two rows alike. */
export const COLUMNS = 37;
/** Rows of one answer. */
export const PAGE = 200;

export function cellText(row: number, column: number): string {
  if (column === 0) return `2026${String(row).padStart(8, "0")}`;
  if (column % 5 === 1) return `学生${row}`;
  if (column % 5 === 2) return `202609${String(1 + ((row + column) % 28)).padStart(2, "0")}`;
  return `值${(row * 7 + column) % 5000}`;
}

export function rowsFrom(offset: number, limit: number, total: number): string[][] {
  const count = Math.max(0, Math.min(limit, total - offset));
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: COLUMNS }, (_, column) => cellText(offset + i, column)),
  );
}
