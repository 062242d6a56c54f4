/** Pages of records as the program gives them. */
import type { LevelCounts, Page, RecordView } from "../ipc";
import { createPages, type Pages } from "./pages";

/** Records of a page, pages that are kept, and pages that are fetched beyond those in sight. */
const PAGE = 200;
const PAGES_KEPT = 40;
const PAGES_AHEAD = 2;

/** A record, and where it stands in its table (from 1) when a view arranges it. */
export interface Placed extends RecordView {
  place?: number | undefined;
}

/** `read` reads a page; `counted` is called with the numbers of findings that came with it. */
export function recordPages(
  read: (offset: number, limit: number, order: number | null) => Promise<Page>,
  counted: (counts: LevelCounts) => void,
  changed: () => void,
): Pages<Placed> {
  return createPages<Placed>(
    async (offset, limit, order) => {
      const page = await read(offset, limit, order);
      counted(page.counts);
      const rows = page.rows.map((record, i) => ({ ...record, place: page.places[i] }));
      return { total: page.total, rows, order: page.order };
    },
    changed,
    PAGE,
    PAGES_KEPT,
    PAGES_AHEAD,
  );
}
