/** What the filling screen does on a command of the grid, of its toolbar and of its menus. */
import { type RefObject, useCallback, useMemo, useRef } from "react";

import { call, type StepView, type TableSpec } from "../../ipc";
import * as actions from "../../grid/actions";
import { copyLater, paste, type PasteQuestions, type Show, toClipboard } from "../../grid/clipboard";
import type { Column } from "../../grid/columns";
import type { GridHandle } from "../../grid/Grid";
import { activeOf, at, type Block, block, type Selection, type Spot } from "../../grid/selection";
import type { Say } from "../../parts/say";
import { lastDone, lastUndone, madeAgain, tableName, tookBack } from "../../state/steps";
import { t } from "../../text";
import { locate, nextFinding } from "./jump";
import { ALL, allOf, leavesOut, type ViewOfTable } from "./useTable";

interface Work {
  book: string;
  spec: TableSpec;
  view: ViewOfTable;
  columns: Column[];
  selection: Selection;
  setSelection(selection: Selection): void;
  grid: RefObject<GridHandle | null>;
  show: Show;
  /** Shows a hidden column. */
  reveal(column: string): void;
  questions: PasteQuestions;
  say: Say;
}

export type Commands = ReturnType<typeof useCommands>;

export function useCommands(work: Work) {
  const { spec, say, grid } = work;
  const { sheet } = work.view;
  // The commands read the cursor here, so that the parts beside the grid are not drawn again when it moves.
  const latest = useRef(work);
  latest.current = work;
  const repeated = useRef<((context: actions.GridContext) => Promise<unknown>) | undefined>(undefined);

  const focus = useCallback(() => grid.current?.focus(), [grid]);

  const context = useCallback((): actions.GridContext => {
    const { columns, selection } = latest.current;
    return {
      sheet,
      table: tableName(latest.current.book, spec.table),
      seen: sheet.seen(),
      columns,
      selection,
      tooMany: (n) => say.note(t("grid.too-many", { n })),
      refuse: (reason) => say.note(t(`grid.refused-${reason}`)),
    };
  }, [sheet, spec.table, say]);

  /**
   * Stands on a record that has this place in the view. Until it is here, another one may stand there and would take
   * what is typed. False: it cannot be read.
   */
  const stand = useCallback(
    async (row: number, place: number, column: string | null) => {
      if (!(await sheet.range(place, place))) return false;
      const { columns, selection, setSelection, reveal } = latest.current;
      const col = columns.findIndex((one) => one.field.column === column);
      if (col < 0 && column !== null) reveal(column);
      setSelection(at(sheet.indexOf(row) ?? place, col >= 0 ? col : activeOf(selection).col));
      return true;
    },
    [sheet],
  );

  /** Goes to a cell; if the view leaves its record out, all records are shown first. */
  const jump = useCallback(
    async (row: number, column: string | null, position?: number | null) => {
      const { view } = latest.current;
      const here = { ...allOf(spec.table), ...view.arrangement };
      let found = sheet.indexOf(row) ?? (await locate(here, row));
      if (found === undefined) {
        found = position ? position - 1 : await locate({ ...here, ...ALL }, row);
        if (found === undefined) return say.note(t("fill.record-gone"));
        view.showAll();
      }
      if (await stand(row, found, column)) focus();
    },
    [spec.table, sheet, say, focus, stand],
  );

  const walkOne = useCallback(
    async (way: "undo" | "redo") => {
      await sheet.settled();
      const table = tableName(latest.current.book, spec.table);
      const step = way === "undo" ? lastDone(table) : lastUndone(table);
      if (step === undefined) return say.note(t(way === "undo" ? "grid.nothing-to-undo" : "grid.nothing-to-redo"));
      const walked = way === "undo" ? tookBack : madeAgain;
      try {
        const done = await call(`fill.${way}`, { count: 1, step });
        walked(table, step, true);
        sheet.refresh();
        const [first] = done.steps;
        if (!first) return;
        say.note(t(way === "undo" ? "grid.undone" : "grid.redone", { what: stepWords(first, spec) }), "step");
        const cell = first.cells.find((one) => one.table === spec.table);
        if (cell && (first.position !== null || first.rows > 1))
          await jump(cell.row, cell.column || null, first.position);
      } catch (error) {
        // A step that cannot be undone alone is removed from the list, so that earlier ones can be.
        if ((error as { code?: string }).code === "undo.overtaken") walked(table, step, false);
        say.failed(error);
      }
    },
    [sheet, spec, say, jump],
  );
  // Undo and redo run one after the other, because each begins where the one before ended.
  const walking = useRef<Promise<unknown>>(Promise.resolve());
  const undo = useCallback(
    (way: "undo" | "redo") => {
      walking.current = walking.current.then(() => walkOne(way));
    },
    [walkOne],
  );

  const insert = useCallback(
    (where: "before" | "after" | "end") => {
      const { columns, selection, setSelection, view } = latest.current;
      // At the end of a table that shows everything there is a blank row already: typing into it makes the record.
      const blank = where === "end" && !leavesOut(view.arrangement);
      const arranged = blank && view.arrangement.sort.length > 0;
      const index = blank && !arranged ? sheet.total() : actions.insertRow(context(), where);
      setSelection(at(index, where === "end" ? 0 : Math.min(activeOf(selection).col, columns.length - 1)));
      focus();
    },
    [sheet, context, focus],
  );

  const remove = useCallback(async () => {
    const { selection, setSelection } = latest.current;
    const n = await actions.deleteRows(context());
    if (n > 0) {
      setSelection(at(Math.max(0, Math.min(block(selection).top, sheet.total() - n - 1)), activeOf(selection).col));
      say.done(t("grid.deleted", { n }));
    }
    focus();
  }, [sheet, say, context, focus]);

  const duplicate = useCallback(async () => {
    const edited = await actions.duplicate(context());
    const row = edited?.added.at(-1);
    if (row === undefined) return;
    await jump(row, null);
  }, [context, jump]);

  const act = useCallback(
    (action: (now: actions.GridContext) => Promise<unknown>) => {
      repeated.current = action;
      void action(context()).catch(say.failed);
    },
    [context, say],
  );
  const repeat = useCallback(() => {
    if (repeated.current) void repeated.current(context()).catch(say.failed);
    else say.note(t("grid.nothing-to-repeat"));
  }, [context, say]);

  const fill = useCallback(
    (source: Block, target: Block, plain: boolean) => {
      const { setSelection, selection } = latest.current;
      void actions
        .goOnInto(context(), source, target, plain)
        .then((next) => next && latest.current.selection === selection && setSelection(next))
        .catch(say.failed);
    },
    [context, say],
  );
  const fillToNeighbour = useCallback(async () => {
    const source = block(latest.current.selection);
    const end = await actions.neighbourEnd(context());
    if (end === undefined) return say.note(t("grid.no-neighbour"));
    fill(source, { ...source, bottom: end }, false);
  }, [context, fill, say]);

  const put = useCallback(
    (text: string, fresh = false) => {
      const { questions, setSelection, selection } = latest.current;
      void paste(context(), text, questions, fresh)
        .then(async (next) => {
          if (!next) return;
          if (fresh) await sheet.range(next.anchor.row, next.anchor.row);
          // The clerk may have gone on meanwhile.
          if (latest.current.selection === selection) setSelection(next);
        })
        .catch(say.failed);
    },
    [context, sheet, say],
  );
  const putFromClipboard = useCallback(
    (fresh: boolean) =>
      void navigator.clipboard
        .readText()
        .then((text) => put(text, fresh))
        .catch(() => say.note(t("grid.paste-by-key"))),
    [put, say],
  );
  const copy = useCallback(
    (cut: boolean) =>
      void copyLater(context(), latest.current.show, cut)
        .then((copied) => copied && toClipboard(copied))
        .catch(say.failed),
    [context, say],
  );

  const findingFrom = useCallback(
    async (from: Spot, row: number | undefined, back: boolean) => {
      const { view, columns } = latest.current;
      const here = { ...allOf(spec.table), ...view.arrangement };
      const found = await nextFinding(here, columns, from, row, back);
      if (!found) return say.note(t("fill.no-findings"));
      if (await stand(found.finding.row ?? 0, found.position, found.finding.column)) focus();
    },
    [spec.table, say, focus, stand],
  );
  const toFinding = useCallback(
    async (back: boolean) => {
      await sheet.settled();
      const active = activeOf(latest.current.selection);
      await findingFrom(active, sheet.at(active.row)?.row, back);
    },
    [sheet, findingFrom],
  );
  // Behind the last record the first one comes again.
  const toFirstFinding = useCallback(
    () => findingFrom({ row: Number.MAX_SAFE_INTEGER, col: 0 }, undefined, false),
    [findingFrom],
  );

  /** To a row by its number in the table, and to a column. */
  const toPlace = useCallback(
    async (place: number | undefined, column: string | undefined) => {
      const { selection } = latest.current;
      const active = activeOf(selection);
      const offset = Math.max(0, (place ?? sheet.place(active.row)) - 1);
      const page = await call("fill.page", { view: allOf(spec.table), order: null, offset, limit: 1, job: 0 });
      const [record] = page.rows;
      if (!record) return say.note(t("goto.no-row", { n: offset + 1, total: page.total }));
      await jump(record.row, column ?? null, offset + 1);
    },
    [sheet, spec.table, say, jump],
  );

  return useMemo(
    () => ({
      focus,
      context,
      jump,
      stand,
      undo,
      insert,
      remove,
      duplicate,
      act,
      repeat,
      fill,
      fillToNeighbour,
      put,
      putFromClipboard,
      copy,
      toFinding,
      toFirstFinding,
      toPlace,
    }),
    [
      focus,
      context,
      jump,
      stand,
      undo,
      insert,
      remove,
      duplicate,
      act,
      repeat,
      fill,
      fillToNeighbour,
      put,
      putFromClipboard,
      copy,
      toFinding,
      toFirstFinding,
      toPlace,
    ],
  );
}

/** What a step did: the cell if it changed one, else how many records of which table. */
export function stepWords(step: StepView, spec: TableSpec): string {
  const kind = t(`step.${step.kind}`);
  const title = step.tables.includes(spec.table) ? spec.short_title : step.note || (step.tables[0] ?? "");
  const [cell, ...others] = step.cells;
  if (cell?.column_title && others.length === 0 && step.position !== null)
    return t("grid.step-cell", { kind, title, position: step.position, column: cell.column_title });
  return t("grid.step-words", { kind, title, rows: step.rows });
}
