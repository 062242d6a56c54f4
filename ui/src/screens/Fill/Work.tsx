/** The work on one table: title, toolbar, grid, side panel and status bar, and the state that they share. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import { call, type HomeTable, type TableSpec } from "../../ipc";
import { arrange, type Column, type ColumnSettings, ordered } from "../../grid/columns";
import { Grid, type GridHandle } from "../../grid/Grid";
import type { Command } from "../../grid/keys";
import { mask } from "../../grid/mask";
import { activeOf, at, block, type Selection, type Spot } from "../../grid/selection";
import { useHeld } from "../../grid/useHeld";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useKept } from "../../state/kept";
import { isCancelled } from "../../state/reading";
import { tableName } from "../../state/steps";
import { FIRST_FINDING, type Place } from "../../state/route";
import { t } from "../../text";
import { CellMenu, type CellAction } from "./CellMenu";
import { CarryOver } from "./CarryOver";
import { doCellAction } from "./cellActions";
import { CellTip, type Hovered } from "./CellTip";
import { FindBar } from "./FindBar";
import { FormPage } from "./FormPage";
import { GoTo } from "./GoTo";
import { HeaderMenu } from "./HeaderMenu";
import { locate } from "./jump";
import { OverGrid } from "./OverGrid";
import { useNarrow } from "../../parts/useNarrow";
import { Side } from "./Side";
import { StatusBar } from "./StatusBar";
import { Title, Toolbar } from "./Toolbar";
import { toTable } from "./toTable";
import { useCommands } from "./useCommands";
import { useScreenCommands } from "./useScreenCommands";
import { useProblem } from "./useProblem";
import { restored, useQuestions } from "./useQuestions";
import { allOf, isArranged, useTable } from "./useTable";

interface WorkProps {
  book: string;
  spec: TableSpec;
  place: Place;
  home: HomeTable | undefined;
  /** How many rules of the table wait to run again after an edit. */
  waiting: number;
  /** Today as the program counts it. */
  today: string | undefined;
}

/** What is shown over the grid. */
type Floating =
  | { what: "header"; column: Column; place: DOMRect }
  | { what: "cells"; x: number; y: number; keyboard: boolean }
  | { what: "go-to" }
  | { what: "carry-over" };

export function Work({ book, spec, place, home, waiting, today }: WorkProps) {
  const say = useSay();
  const settings = useCall("settings.get", {}).data;
  const size = settings?.text_size || 14;
  const grid = useRef<GridHandle>(null);
  const focusGrid = useCallback(() => grid.current?.focus(), []);
  const questions = useQuestions(spec, say.note, focusGrid);
  const hearing = useMemo(
    () => ({
      refused: say.failed,
      gone: (record: Parameters<typeof restored>[0], column: string, text: string) =>
        void questions.gone(column, text).then((again) => {
          if (again)
            void view.current.sheet.apply([{ do: "insert", values: restored(record, column, text), after: null }]);
        }),
    }),
    [say, questions],
  );
  const shownView = useTable(book, spec.table, hearing);
  const view = useRef(shownView);
  view.current = shownView;
  const { sheet, arrangement, arrange: setArrangement } = shownView;
  const [shown, setShown] = useKept<ColumnSettings>(`columns.${spec.table}`, { hidden: [], widths: {}, frozen: 1 });
  // In a narrow window the panel lies over the grid, so it is opened for each look.
  const narrow = useNarrow();
  const [sideOpen, setSideOpen] = useKept(narrow ? "fill.side-narrow" : "fill.side", !narrow);
  const [asForm, setAsForm] = useKept(`form.${spec.table}`, spec.single);
  const [selection, setSelection] = useState<Selection>(at(0, 0));
  const [floating, setFloating] = useState<Floating>();
  const [finding, setFinding] = useState<"find" | "replace">();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(0);
  const [opened, setOpened] = useState(0);
  const [hovered, setHovered] = useState<Hovered>();

  const columns = useMemo(() => {
    const fields = spec.fields.filter((field) => !field.system && !shown.hidden.includes(field.column));
    return arrange(ordered(fields, shown.order), shown.widths, size);
  }, [spec, shown, size]);
  const frozen = Math.min(shown.frozen, columns.length);
  const spot = activeOf(selection);
  const active = columns[spot.col];
  const record = useSyncExternalStore(sheet.subscribe, () => sheet.at(spot.row));
  const masked = !settings?.show_personal;
  const problem = useProblem(spec.table, record, active?.field, masked);
  const inView = useMemo(() => ({ ...allOf(spec.table), ...arrangement }), [spec.table, arrangement]);
  const heldRow = useHeld(sheet, selection, setSelection, (row) => locate(inView, row));

  const show = useCallback(
    (column: string, value: string, name: string) => {
      const field = spec.fields.find((one) => one.column === column);
      return masked && field && field.sensitivity !== "none" ? mask(field.sensitivity, value) : name || value;
    },
    [spec, masked],
  );
  const commands = useCommands({
    book,
    spec,
    view: shownView,
    columns,
    selection,
    setSelection,
    grid,
    show,
    reveal: (column) => setShown({ ...shown, hidden: shown.hidden.filter((one) => one !== column) }),
    questions,
    say,
  });
  const { focus, jump } = commands;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another table takes the focus, too
  useEffect(focus, [focus, sheet]);

  const openFind = useCallback((what: "find" | "replace" | undefined) => {
    setFinding(what);
    setOpened((was) => was + 1);
    if (!what) setText("");
  }, []);
  const closeFind = useCallback(() => {
    openFind(undefined);
    focus();
  }, [openFind, focus]);

  const latest = useRef({ onCommand, active });
  latest.current = { onCommand, active };

  useScreenCommands(focus, (command) => latest.current.onCommand(command));

  // The address may name a cell: from a finding, a rejected row, the history.
  const wanted = place.row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address goes to another cell
  useEffect(() => {
    if (wanted) void jump(wanted, place.column ?? null).catch(say.failed);
  }, [wanted, place.column]);
  const first = place.part === FIRST_FINDING;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address goes there
  useEffect(() => {
    if (first) void commands.toFirstFinding().catch(say.failed);
  }, [first]);

  function onCommand(command: Command) {
    switch (command.do) {
      case "undo":
      case "redo":
        return commands.undo(command.do);
      case "find":
      case "replace":
        return openFind(command.do);
      case "find-next":
        if (!finding) return openFind("find");
        return setAsked((was) => (command.back ? -1 : 1) * (Math.abs(was) + 1));
      case "go-to":
        return setFloating({ what: "go-to" });
      case "filter":
        return openFilter();
      case "insert-row":
        return commands.act(async () => commands.insert("after"));
      case "delete-rows":
        return commands.act(commands.remove);
      case "duplicate":
        return commands.act(commands.duplicate);
      case "hide-column":
        return hide();
      case "next-finding":
        return void commands.toFinding(command.back).catch(say.failed);
      case "table":
        return void toTable(spec.table, command.by).catch(say.failed);
      case "menu":
        return openMenu();
    }
  }

  function openMenu() {
    const box = grid.current?.place();
    if (box) setFloating({ what: "cells", x: box.left + 16, y: box.bottom, keyboard: true });
  }
  function openFilter(box = grid.current?.place()) {
    if (active && box) setFloating({ what: "header", column: active, place: box });
  }
  function hide() {
    const { left, right } = block(selection);
    const gone = columns.slice(left, right + 1).map(({ field }) => field.column);
    if (gone.length < columns.length) setShown({ ...shown, hidden: [...shown.hidden, ...gone] });
  }
  const filterActive = useCallback((box: DOMRect) => {
    const column = latest.current.active;
    if (column) setFloating({ what: "header", column, place: box });
  }, []);

  function onCellAction(action: CellAction) {
    setFloating(undefined);
    focus();
    doCellAction(action, commands);
  }

  function moveColumn(column: Column, before: Column) {
    const names = columns.map(({ field }) => field.column).filter((name) => name !== column.field.column);
    names.splice(names.indexOf(before.field.column), 0, column.field.column);
    setShown({ ...shown, order: names });
  }

  const farEdge = async (from: Spot, by: 1 | -1) => {
    const column = columns[from.col]?.field.column;
    if (column === undefined) return undefined;
    const query = { view: inView, column, position: from.row, back: by < 0 };
    try {
      return (await shownView.readings.run((job) => call("fill.edge", { ...query, job }))).position ?? undefined;
    } catch (error) {
      if (!isCancelled(error)) say.failed(error);
      return undefined;
    }
  };
  const goToRow = useCallback((row: number) => setSelection((was) => at(row, activeOf(was).col)), []);
  const close = useCallback(() => setFloating(undefined), []);
  const closeToGrid = useCallback(() => {
    setFloating(undefined);
    focus();
  }, [focus]);
  const add = useCallback(() => commands.insert("end"), [commands]);
  const addInForm = useCallback(() => {
    const index = sheet.total();
    sheet.insertAt(index, null);
    setSelection(at(index, 0));
  }, [sheet]);
  const showForm = useCallback(() => setAsForm(true), [setAsForm]);
  const periodic = home?.period_name !== undefined && home.period_name !== "";
  const carryOver = useCallback(() => setFloating({ what: "carry-over" }), []);

  return (
    <>
      <section className="fill-work">
        <Title spec={spec} home={home} today={today} />
        <Toolbar
          spec={spec}
          view={shownView}
          shown={shown}
          setShown={setShown}
          onFind={openFind}
          focus={focus}
          onAdd={add}
          onFilter={filterActive}
          onForm={showForm}
          onCarryOver={periodic ? carryOver : undefined}
        />
        {finding && (
          <FindBar
            spec={spec}
            view={inView}
            columns={columns}
            sheet={sheet}
            readings={shownView.readings}
            selection={selection}
            replacing={finding === "replace"}
            setReplacing={(on) => setFinding(on ? "replace" : "find")}
            text={text}
            setText={setText}
            asked={asked}
            opened={opened}
            goTo={({ row, position, column }) => commands.stand(row, position, column)}
            close={closeFind}
          />
        )}
        {asForm ? (
          <FormPage
            spec={spec}
            record={record}
            row={spot.row}
            sheet={sheet}
            active={active?.field.column}
            goTo={goToRow}
            onAdd={addInForm}
            onGrid={() => setAsForm(false)}
          />
        ) : (
          <div className="fill-grid">
            <Grid
              ref={grid}
              sheet={sheet}
              table={tableName(book, spec.table)}
              columns={columns}
              frozen={frozen}
              rowHeight={Math.round((28 * size) / 14)}
              label={spec.short_title}
              selection={selection}
              onSelect={setSelection}
              heldRow={heldRow}
              masked={masked}
              problem={problem}
              hit={text}
              today={today?.replaceAll("-", "")}
              sort={arrangement.sort}
              filters={arrangement.filters}
              growing={!isArranged(arrangement)}
              farEdge={farEdge}
              onPaste={commands.put}
              act={commands.act}
              repeat={commands.repeat}
              fill={commands.fill}
              onFillDown={() => void commands.fillToNeighbour().catch(say.failed)}
              onHeaderMenu={(column, box) => setFloating({ what: "header", column, place: box })}
              onCellMenu={(x, y) => setFloating({ what: "cells", x, y, keyboard: false })}
              onHover={setHovered}
              onResize={(column, width) =>
                setShown({ ...shown, widths: { ...shown.widths, [column.field.column]: width } })
              }
              onMoveColumn={moveColumn}
              onCommand={onCommand}
              refuse={(reason) => say.note(t(`grid.refused-${reason}`))}
              tooMany={(n) => say.note(t("grid.too-many", { n }))}
            />
            <OverGrid shown={shownView} view={inView} goTo={goToRow} />
          </div>
        )}
      </section>
      <Side
        spec={spec}
        open={sideOpen}
        setOpen={setSideOpen}
        record={record}
        row={spot.row}
        active={active?.field}
        jump={jump}
        sheet={sheet}
        goTo={goToRow}
        arrangement={arrangement}
        arrange={setArrangement}
      />
      <StatusBar
        view={shownView}
        columns={columns}
        selection={selection}
        home={home}
        table={spec.table}
        waiting={waiting}
        problem={problem}
        onFinding={() => void commands.toFinding(false).catch(say.failed)}
        focus={focus}
      />
      {floating?.what === "header" && (
        <HeaderMenu
          column={floating.column}
          index={columns.indexOf(floating.column)}
          place={floating.place}
          view={inView}
          readings={shownView.readings}
          arrangement={arrangement}
          arrange={setArrangement}
          shown={shown}
          setShown={setShown}
          close={closeToGrid}
        />
      )}
      {floating?.what === "cells" && (
        <CellMenu
          place={floating}
          keyboard={floating.keyboard}
          rows={block(selection).bottom - block(selection).top + 1}
          onAction={onCellAction}
          close={floating.keyboard ? closeToGrid : close}
        />
      )}
      {floating?.what === "carry-over" && (
        <CarryOver
          spec={spec}
          sheet={sheet}
          goTo={(row) => void jump(row, null).catch(say.failed)}
          close={closeToGrid}
        />
      )}
      {floating?.what === "go-to" && (
        <GoTo
          columns={columns}
          row={sheet.place(spot.row)}
          column={active?.field.column}
          go={(row, column) => void commands.toPlace(row, column).catch(say.failed)}
          toFinding={(back) => void commands.toFinding(back).catch(say.failed)}
          close={closeToGrid}
        />
      )}
      {hovered && <CellTip spec={spec} masked={masked} cell={hovered} />}
    </>
  );
}
