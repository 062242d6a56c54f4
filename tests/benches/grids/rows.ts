/** Records for the other grids: the same pages from the same program that the filling screen asks for. */
const PAGE = 200;
const KEPT = 60;
const AT_ONCE = 3;

export interface RecordOf {
  cells: Record<string, string>;
  names: Record<string, string>;
}

const pages = new Map<number, RecordOf[]>();
const coming = new Set<number>();
let wanted: number[] = [];

/** Reads records as the program gives them. */
export async function fetchRows(
  table: string,
  offset: number,
  limit: number,
): Promise<{ total: number; rows: RecordOf[] }> {
  const answer = await fetch("/call/fill.page", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ view: { table }, offset, limit }),
  });
  return answer.json();
}

/** The text of a cell as the filling screen shows it; undefined while its page is not here. */
export function textAt(row: number, column: string): string | undefined {
  const record = pages.get(Math.floor(row / PAGE))?.[row % PAGE];
  return record && (record.names[column] ?? record.cells[column] ?? "");
}

/** Wants the pages of these rows, the next ones after them. */
export function want(table: string, first: number, last: number, loaded: (page: number) => void) {
  const [from, to] = [Math.floor(Math.max(0, first) / PAGE), Math.floor(Math.max(0, last) / PAGE)];
  wanted = [];
  for (let page = from; page <= to + 2; page++) wanted.push(page);
  pump(table, loaded);
}

function pump(table: string, loaded: (page: number) => void) {
  while (coming.size < AT_ONCE) {
    const page = wanted.shift();
    if (page === undefined) return;
    if (pages.has(page) || coming.has(page)) continue;
    coming.add(page);
    void fetchRows(table, page * PAGE, PAGE).then(({ rows }) => {
      coming.delete(page);
      pages.set(page, rows);
      for (const oldest of pages.keys()) {
        if (pages.size <= KEPT) break;
        pages.delete(oldest);
      }
      loaded(page);
      pump(table, loaded);
    });
  }
}
