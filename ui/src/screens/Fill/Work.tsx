/** One table at work: title, toolbar, grid, side panel and status bar, and what holds them together. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import { call, type HomeTable, type StepView, type TableSpec } from "../../ipc";
import * as actions from "../../grid/actions";
import { arrange, type Column, type ColumnSettings } from "../../grid/columns";
import { Grid, type GridHandle } from "../../grid/Grid";
import type { Command } from "../../grid/keys";
import { at, block, type Selection } from "../../grid/selection";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useKept } from "../../state/kept";
import type { Place } from "../../state/route";
import { t } from "../../text";
import { CellMenu, type CellAction } from "./CellMenu";
import { HeaderMenu } from "./HeaderMenu";
import { Side } from "./Side";
import { StatusBar } from "./StatusBar";
import { Title, Toolbar } from "./Toolbar";
import { locate, nextFinding } from "./jump";
import { walkRegions } from "./regions";
import { useProblem } from "./useProblem";
import { ALL, isArranged, useView } from "./useView";

interface WorkProps {
  spec: TableSpec;
  place: Place;
  home: HomeTable | undefined;
  /** Today as the program counts it. */
  today: string | undefined;
}

export function Work({ spec, place, home, today }: WorkProps) {
  const say = useSay();
  const settings = useCall("settings.get", {}).data;
  const size = settings?.text_size || 14;
  const view = useView(spec.table);
  const { sheet, arrangement, arrange: setArrangement, showAll } = view;
  const [shown, setShown] = useKept<ColumnSettings>(`columns.${spec.table}`, { hidden: [], widths: {}, frozen: 1 });
  const [sideOpen, setSideOpen] = useKept("fill.side", window.innerWidth > 1023);
  const [selection, setSelection] = useState<Selection>(at(0, 0));
  const [headerMenu, setHeaderMenu] = useState<{ column: Column; place: DOMRect }>();
  const [cellMenu, setCellMenu] = useState<{ x: number; y: number }>();
  const [finding, setFinding] = useState(false);
  const grid = useRef<GridHandle>(null);

  const columns = useMemo(() => {
    const fields = spec.fields.filter((field) => !field.system && !shown.hidden.includes(field.column));
    return arrange(fields, shown.widths, size);
  }, [spec, shown, size]);
  const frozen = Math.min(shown.frozen, columns.length);
  const active = columns[selection.anchor.col];
  // The record may arrive after it was chosen: the first one always does.
  const record = useSyncExternalStore(sheet.subscribe, () => sheet.at(selection.anchor.row));
  const masked = !settings?.show_personal;
  const problem = useProblem(spec.table, record, active?.field, masked);
  const tooMany = useCallback((n: number) => say.note(t("grid.too-many", { n })), [say]);
  const context = { sheet, columns, selection, tooMany };
  // The parts beside the grid must not be drawn anew with every move of the cursor, so they read the present one here.
  const latest = useRef({ ...context, arranged: false });
  latest.current = { ...context, arranged: isArranged(arrangement) };

  const focus = useCallback(() => grid.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table takes the focus, too
  useEffect(focus, [focus, sheet]);

  // What is typed while nothing has the focus goes to the grid.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (walkRegions(event)) return event.preventDefault();
      if (document.activeElement !== document.body) return;
      focus();
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") {
        event.preventDefault();
        setFinding(true);
      }
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [focus]);

  /** Goes to a cell, wherever the view has it. */
  const jump = useCallback(
    async (row: number, column: string | null, position?: number | null) => {
      const found = position ? position - 1 : await locate({ table: spec.table, ...ALL }, row);
      if (found === undefined) return say.note(t("fill.record-gone"));
      showAll();
      // Until its records are there, another record stands at this place, and would take what is typed.
      if (!(await sheet.range(found, found))) return;
      const col = columns.findIndex((one) => one.field.column === column);
      setSelection((was) => at(found, col >= 0 ? col : was.anchor.col));
      focus();
    },
    [spec.table, columns, sheet, showAll, say, focus],
  );

  // The address may name a cell: from a finding, a rejected row, the history.
  const wanted = place.row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address goes to another cell
  useEffect(() => {
    if (wanted) void jump(wanted, place.column ?? null).catch(say.failed);
  }, [wanted, place.column]);

  async function undo(way: "undo" | "redo") {
    await sheet.settled();
    try {
      const done = await call(`fill.${way}`, { count: 1 });
      sheet.refresh();
      const [first] = done.steps;
      if (first) say.note(t(way === "undo" ? "grid.undone" : "grid.redone", { what: stepWords(first, spec) }));
      else say.note(t(way === "undo" ? "grid.nothing-to-undo" : "grid.nothing-to-redo"));
    } catch (error) {
      say.failed(error);
    }
  }

  const insert = useCallback(
    async (where: "before" | "after" | "end") => {
      const added = await actions.insertRow(latest.current, where);
      if (!added) return focus();
      const first = latest.current.columns[0]?.field.column ?? null;
      // A filter or an order would show the new record elsewhere or not at all.
      if (latest.current.arranged) return jump(added.row, first);
      await sheet.range(added.index, added.index);
      if (sheet.at(added.index)?.row !== added.row) return jump(added.row, first);
      setSelection(at(added.index, 0));
      focus();
    },
    [sheet, jump, focus],
  );
  const add = useCallback(() => void insert("end").catch(say.failed), [insert, say]);
  const activeColumn = useRef(active);
  activeColumn.current = active;
  const filterActive = useCallback((place: DOMRect) => {
    if (activeColumn.current) setHeaderMenu({ column: activeColumn.current, place });
  }, []);
  const openFind = useCallback(
    (open: boolean) => {
      setFinding(open);
      if (!open) focus();
    },
    [focus],
  );

  async function remove() {
    const n = await actions.deleteRows(context);
    if (n > 0) {
      const { top } = block(selection);
      setSelection(at(Math.max(0, Math.min(top, sheet.total() - 1)), selection.anchor.col));
      say.done(t("grid.deleted", { n }));
    }
    focus();
  }

  async function toFinding(back: boolean) {
    await sheet.settled();
    const view = { table: spec.table, ...arrangement };
    const found = await nextFinding(view, columns, selection.anchor, sheet.at(selection.anchor.row)?.row, back);
    if (!found) return say.note(t("fill.no-findings"));
    const col = columns.findIndex(({ field }) => field.column === found.finding.column);
    setSelection(at(found.position, col >= 0 ? col : selection.anchor.col));
    focus();
  }

  function onCommand(command: Command) {
    switch (command.do) {
      case "undo":
      case "redo":
        return void undo(command.do);
      case "find":
        return setFinding(true);
      case "insert-row":
        return void insert("after").catch(say.failed);
      case "delete-rows":
        return void remove();
      case "next-finding":
        return void toFinding(command.back).catch(say.failed);
    }
  }

  function onCellAction(action: CellAction) {
    setCellMenu(undefined);
    focus();
    switch (action) {
      case "insert-above":
        return void insert("before").catch(say.failed);
      case "insert-below":
        return void insert("after").catch(say.failed);
      case "delete":
        return void remove();
      case "clear":
        return void actions.clear(context);
      case "fill-down":
        return void actions.fillDown(context);
      case "copy":
      case "cut":
        return void actions.copyLater(context).then(async (copied) => {
          if (!copied) return;
          await actions.toClipboard(copied.text);
          if (action === "cut") await actions.clear(context);
        });
      case "paste":
        return void navigator.clipboard
          .readText()
          .then((text) => actions.paste(context, text))
          .then((next) => next && setSelection(next))
          .catch(() => say.note(t("grid.paste-by-key")));
    }
  }

  const growing = !isArranged(arrangement);
  return (
    <>
      <section className="fill-work">
        <Title spec={spec} home={home} today={today} />
        <Toolbar
          spec={spec}
          view={view}
          shown={shown}
          setShown={setShown}
          finding={finding}
          setFinding={openFind}
          focus={focus}
          onAdd={add}
          onFilter={filterActive}
        />
        <Grid
          ref={grid}
          sheet={sheet}
          columns={columns}
          frozen={frozen}
          rowHeight={Math.round((28 * size) / 14)}
          label={spec.short_title}
          selection={selection}
          onSelect={setSelection}
          masked={masked}
          problem={problem}
          sort={arrangement.sort}
          filters={arrangement.filters}
          growing={growing}
          onHeaderMenu={(column, box) => setHeaderMenu({ column, place: box })}
          onCellMenu={(x, y) => setCellMenu({ x, y })}
          onResize={(column, width) =>
            setShown({ ...shown, widths: { ...shown.widths, [column.field.column]: width } })
          }
          onCommand={onCommand}
          tooMany={tooMany}
        />
      </section>
      <Side
        spec={spec}
        open={sideOpen}
        setOpen={setSideOpen}
        record={record}
        row={selection.anchor.row}
        active={active?.field}
        jump={jump}
        sheet={sheet}
      />
      <StatusBar
        sheet={sheet}
        home={home}
        arranged={!growing}
        problem={problem}
        onFinding={() => void toFinding(false)}
      />
      {headerMenu && (
        <HeaderMenu
          column={headerMenu.column}
          index={columns.indexOf(headerMenu.column)}
          place={headerMenu.place}
          arrangement={arrangement}
          arrange={setArrangement}
          shown={shown}
          setShown={setShown}
          close={() => {
            setHeaderMenu(undefined);
            focus();
          }}
        />
      )}
      {cellMenu && (
        <CellMenu
          place={cellMenu}
          rows={block(selection).bottom - block(selection).top + 1}
          onAction={onCellAction}
          close={() => setCellMenu(undefined)}
        />
      )}
    </>
  );
}

/** What a step did: the cell where it changed one, else how many records of which table. */
function stepWords(step: StepView, spec: TableSpec): string {
  const kind = t(`step.${step.kind}`);
  const title = step.tables.includes(spec.table) ? spec.short_title : step.note || (step.tables[0] ?? "");
  const [cell, ...others] = step.cells;
  if (cell?.column_title && others.length === 0 && step.position !== null)
    return t("grid.step-cell", { kind, title, position: step.position, column: cell.column_title });
  return t("grid.step-words", { kind, title, rows: step.rows });
}
