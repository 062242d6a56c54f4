/** Which record is at a place of the screen, and where a record is: those of the pages and those being saved. */
import type { OnTheirWay } from "./coming";
import type { Pages } from "./pages";
import type { Placed } from "./recordPages";

/** The number of the record that was on the screen at a place; undefined where none was here. */
export type Seen = (index: number) => number | undefined;

/** `real` gives the number of a record in the book, also where it was made here. */
export function recordPlaces(pages: Pages<Placed>, coming: OnTheirWay, real: (row: number) => number) {
  const { lookUp } = coming;
  const total = () => pages.total() + coming.count();

  function at(index: number): Placed | undefined {
    const found = lookUp(index);
    return "coming" in found ? found.coming : found.page < pages.total() ? pages.at(found.page) : undefined;
  }

  /** The numbers of the records that are on the screen now, by place; undefined where none is here. */
  function seen(): Seen {
    const [comingNow, pagesNow] = [coming.snapshot(), pages.snapshot()];
    return (index) => {
      const found = comingNow(index);
      return ("coming" in found ? found.coming : pagesNow(found.page))?.row;
    };
  }

  function indexOf(row: number): number | undefined {
    const now = real(row);
    const own = coming.indexOf(now);
    if (own !== undefined) return own;
    const page = pages.indexOf((record) => record.row === now);
    return page === undefined ? undefined : coming.behindComing(page);
  }

  /** The record of a number, if it is here. */
  function find(row: number): Placed | undefined {
    const index = indexOf(row);
    return index === undefined ? undefined : at(index);
  }

  async function range(first: number, last: number): Promise<Placed[]> {
    const found = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => lookUp(first + i));
    const inPages = found.flatMap((one) => ("page" in one && one.page < pages.total() ? [one.page] : []));
    const from = inPages[0];
    const rows = from === undefined ? [] : await pages.range(from, inPages.at(-1) ?? from);
    return found.flatMap((one) => {
      const record = "coming" in one ? one.coming : rows[one.page - (from ?? 0)];
      return record ? [record] : [];
    });
  }

  /** Numbers of the records at these places as they were seen, else as they are; undefined past the last one. */
  async function shown(first: number, count: number, at = seen()): Promise<(number | undefined)[]> {
    const rows = Array.from({ length: count }, (_, i) => at(first + i));
    const missing = rows.slice(0, Math.max(0, total() - first)).indexOf(undefined);
    if (missing >= 0) {
      const read = await range(first + missing, Math.min(total() - 1, first + count - 1));
      read.forEach((record, i) => {
        rows[missing + i] ??= record.row;
      });
    }
    return rows;
  }

  return { total, at, seen, indexOf, find, range, shown };
}
