/** Find and replace over the grid: goes from hit to hit, while all records stay where they are. */
import { CloseOutlined, DownOutlined, UpOutlined } from "@ant-design/icons";
import { App, Button, Input, type InputRef, Select } from "antd";
import { useEffect, useRef, useState } from "react";

import { call, type NextHit, type Replaced, type TableSpec, type View } from "../../ipc";
import type { Column } from "../../grid/columns";
import { activeOf, block, isSingle, type Selection } from "../../grid/selection";
import type { Sheet } from "../../grid/sheet";
import { useSay } from "../../parts/say";
import { isCancelled, type Readings } from "../../state/reading";
import { count, t } from "../../text";

/** Cells from which on a replacement is shown before it is made. */
const PREVIEW_FROM = 1000;

/** How long the clerk pauses in typing before the first hit is looked for, in ms. */
const PAUSE_MS = 200;

export type Scope = "all" | "column" | "selection";

interface FindBarProps {
  spec: TableSpec;
  view: View;
  columns: Column[];
  sheet: Sheet;
  readings: Readings;
  selection: Selection;
  /** Shows the line for replacing, too. */
  replacing: boolean;
  setReplacing(on: boolean): void;
  text: string;
  setText(text: string): void;
  /** Another number asks for the next hit (F3), a negative one for the one before. */
  asked: number;
  /** Another number puts the keyboard into the field, as Ctrl+F does while the bar is open already. */
  opened: number;
  goTo(hit: { position: number; row: number; column: string }): Promise<unknown>;
  close(): void;
}

export function FindBar(props: FindBarProps) {
  const { spec, view, columns, sheet, selection, replacing, text, setText, asked, goTo, close } = props;
  const say = useSay();
  const { modal } = App.useApp();
  const [scope, setScope] = useState<Scope>("all");
  const [by, setBy] = useState("");
  const [found, setFound] = useState<{ text: string; hit: NextHit | null }>();
  // The block that was chosen when the clerk asked for it; going to a hit chooses another one.
  const [range, setRange] = useState(selection);
  const field = useRef<InputRef>(null);
  // The search that runs: its job, and how many there were.
  const looking = useRef(0);
  const searches = useRef(0);
  const latest = useRef({ selection });
  latest.current = { selection };

  const wanted = () => {
    const all = columns.map((one) => one.field.column);
    if (scope === "all") return all;
    const { left, right } = block(scope === "column" ? latest.current.selection : range);
    return all.slice(left, right + 1);
  };

  async function next(back: boolean, here = false) {
    if (text === "") return;
    await sheet.settled();
    const { row, col } = activeOf(latest.current.selection);
    const record = sheet.at(row);
    try {
      const query = {
        view,
        text,
        columns: wanted(),
        row: record && record.row > 0 ? record.row : null,
        position: row,
        column: columns[col]?.field.column ?? null,
        here,
        back,
      };
      const search = ++searches.current;
      const hit = await props.readings.run((job) => {
        // What is looked for now takes the place of what was looked for before.
        if (looking.current) void call("job.cancel", { job: looking.current });
        looking.current = job;
        return call("fill.next_hit", { ...query, job });
      });
      if (search !== searches.current) return;
      looking.current = 0;
      setFound({ text, hit });
      if (hit) await goTo(hit);
    } catch (error) {
      if (!isCancelled(error)) say.failed(error);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text or another scope looks anew
  useEffect(() => {
    if (text === "") return setFound(undefined);
    const timer = setTimeout(() => void next(false, true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, scope]);

  const first = useRef(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    if (asked !== first.current) void next(asked < 0);
    first.current = asked;
  }, [asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened again, or for replacing
  useEffect(() => field.current?.focus({ cursor: "all" }), [replacing, props.opened]);

  async function rowsOf(one: boolean): Promise<number[] | undefined> {
    const { row } = activeOf(latest.current.selection);
    if (!one && scope !== "selection") return [];
    const { top, bottom } = one ? { top: row, bottom: row } : block(range);
    try {
      const last = Math.min(bottom, sheet.total() - 1);
      const rows = await sheet.shown(top, last - top + 1);
      return rows.flatMap((number) => (number === undefined ? [] : [sheet.real(number)]));
    } catch (error) {
      say.failed(error);
      return undefined;
    }
  }

  async function replace(one: boolean) {
    if (text === "") return;
    await sheet.settled();
    const rows = await rowsOf(one);
    if (!rows || (rows.length === 0 && (one || scope === "selection"))) return;
    const column = columns[activeOf(latest.current.selection).col]?.field.column;
    const request = { view, text, with: by, columns: one && column ? [column] : wanted(), rows };
    try {
      if (one) {
        await sheet.attempt(
          async () => (await call("fill.replace", { ...request, preview: false })).edited ?? undefined,
        );
        return await next(false);
      }
      const planned = await call("fill.replace", { ...request, preview: true });
      if (planned.cells === 0) return say.note(t("find.nothing"));
      if (planned.cells > PREVIEW_FROM && !(await agreed(planned))) return;
      const edited = await sheet.attempt(
        async () => (await call("fill.replace", { ...request, preview: false })).edited ?? undefined,
      );
      if (edited) say.done(t("find.replaced", { cells: planned.cells, records: planned.records }));
    } catch (error) {
      say.failed(error);
    }
  }

  function agreed(planned: Replaced): Promise<boolean> {
    const titles = new Map(spec.fields.map((one) => [one.column, one.title]));
    return new Promise((answer) => {
      modal.confirm({
        title: t("find.preview", { cells: planned.cells, records: planned.records }),
        width: 560,
        content: (
          <ul className="fill-samples">
            {planned.samples.slice(0, 8).map((sample) => (
              <li key={`${sample.row} ${sample.column}`}>
                <span className="sub">{titles.get(sample.column)}</span> <del>{sample.before}</del> →{" "}
                <ins>{sample.after || t("grid.spoken-empty")}</ins>
              </li>
            ))}
          </ul>
        ),
        okText: t("find.replace-all"),
        cancelText: t("part.cancel"),
        onOk: () => answer(true),
        onCancel: () => answer(false),
      });
    });
  }

  const current = found?.text === text ? found : undefined;
  return (
    <search
      className="fill-find"
      aria-label={t(replacing ? "find.title-replace" : "find.title")}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") {
          event.stopPropagation();
          close();
        }
        if (event.key === "F3") {
          event.preventDefault();
          event.stopPropagation();
          void next(event.shiftKey);
        }
      }}
    >
      <div className="row">
        <Input
          ref={field}
          size="small"
          allowClear
          placeholder={t("fill.find-hint")}
          aria-label={t("find.text")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={(event) => !event.nativeEvent.isComposing && void next(event.shiftKey)}
        />
        <Button
          size="small"
          type="text"
          icon={<UpOutlined aria-hidden />}
          aria-label={t("find.previous")}
          title={`${t("find.previous")}　Shift+F3`}
          onClick={() => void next(true)}
        />
        <Button
          size="small"
          type="text"
          icon={<DownOutlined aria-hidden />}
          aria-label={t("find.next")}
          title={`${t("find.next")}　F3`}
          onClick={() => void next(false)}
        />
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t("part.close")}
          onClick={close}
        />
      </div>
      {replacing && (
        <div className="row">
          <Input
            size="small"
            placeholder={t("find.by")}
            aria-label={t("find.by")}
            value={by}
            onChange={(event) => setBy(event.target.value)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && void replace(true)}
          />
          <Button size="small" onClick={() => void replace(true)}>
            {t("find.replace-one")}
          </Button>
          <Button size="small" onClick={() => void replace(false)}>
            {t("find.replace-all")}
          </Button>
        </div>
      )}
      <div className="row small">
        <Select
          size="small"
          aria-label={t("find.scope")}
          value={scope}
          onChange={(value) => {
            if (value === "selection") setRange(latest.current.selection);
            setScope(value);
          }}
          options={[
            { value: "all", label: t("find.scope-all") },
            { value: "column", label: t("find.scope-column") },
            {
              value: "selection",
              label: t("find.scope-selection"),
              disabled: isSingle(selection) && scope !== "selection",
            },
          ]}
        />
        <span className="grow sub" role="status" data-testid="hits">
          {current && (current.hit ? t("find.records", { n: count(current.hit.records) }) : t("find.nothing"))}
        </span>
        {!replacing && (
          <Button size="small" type="link" onClick={() => props.setReplacing(true)}>
            {t("find.title-replace")}
          </Button>
        )}
      </div>
    </search>
  );
}
