/** The findings of a table beside the grid, by rule and cause; below them those of the active record. */
import { Button } from "antd";
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { useEffect, useMemo, useReducer, useRef, useState } from "react";

import { call, type Cause, type FindingView, type RecordView, type TableSpec } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { Empty, Shown } from "../../parts";
import { LevelMark, levelClass } from "../../parts/icons";
import { useSay } from "../../parts/say";
import { useInSight } from "../../parts/useInSight";
import { useCall } from "../../state/calls";
import { count, tDynamic, t } from "../../text";
import { findingWords } from "../../text/findings";
import { asShown, Card } from "./FindingCard";
import type { Jump } from "./jump";
import type { Arrangement } from "./useTable";
import "./Side.css";

interface FindingsProps {
  spec: TableSpec;
  record: RecordView | undefined;
  column: string | undefined;
  sheet: Sheet;
  jump: Jump;
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
}

/** Cards that a cause shows at first, and how many more each time. */
const STEP = 20;
/** Up to this number of findings, all causes are open at first. */
const FEW = 12;

export function Findings(props: FindingsProps) {
  const { spec, record, column, sheet, jump } = props;
  const answer = useCall("fill.causes", { table: spec.table });
  const wrong = record && record.row > 0 && Object.keys(record.levels).length > 0;
  const detail = useCall("fill.record", wrong ? { table: spec.table, row: record.row } : null).data;
  const list = useInSight(`${record?.row} ${column}`);
  // Causes whose cards are there. A list with cards is shown with all of them at once, so that none pushes another.
  const [ready, nowReady] = useReducer(including, NONE);
  const complete = useRef(false);
  if (answer.data && isComplete(answer.data, ready)) complete.current = true;
  const toShown = useShown(spec);
  const here = wrong && detail ? detail.findings.map(toShown) : [];
  const ownList = useInSight(`${record?.row} ${column} ${here.length}`);

  return (
    <Shown answer={answer}>
      {(causes) =>
        causes.length === 0 ? (
          <Empty title={t("fill.no-findings")}>
            {sheet.total() > 0 ? t("fill.no-findings-help") : <NoRows table={spec.table} />}
          </Empty>
        ) : (
          <div className="side-findings">
            <div ref={list} className={complete.current ? "scroll" : "scroll is-coming"}>
              <h2>{t("fill.findings-all", { n: causes.length })}</h2>
              {causes.map((cause) => (
                <CauseGroup key={keyOf(cause)} cause={cause} few={isFew(causes)} onReady={nowReady} {...props} />
              ))}
            </div>
            {here.length > 0 && (
              <section ref={ownList} className="side-here scroll" aria-label={t("fill.findings-here")}>
                <h2>{t("fill.findings-here")}</h2>
                {here.map((finding) => (
                  <Card key={finding.id} finding={finding} on={finding.column === column} sheet={sheet} jump={jump} />
                ))}
              </section>
            )}
          </div>
        )
      }
    </Shown>
  );
}

const NONE: ReadonlySet<string> = new Set();
const including = (keys: ReadonlySet<string>, key: string): ReadonlySet<string> => new Set([...keys, key]);
const keyOf = ({ rule, column, code }: Cause) => `${rule} ${column} ${code}`;
const isFew = (causes: Cause[]) => causes.reduce((sum, one) => sum + one.count, 0) <= FEW;
const isComplete = (causes: Cause[], ready: ReadonlySet<string>) =>
  !isFew(causes) || causes.every((cause) => ready.has(keyOf(cause)));

/** Findings with their values as they may be shown. */
function useShown(spec: TableSpec) {
  const masked = !useCall("settings.get", {}).data?.show_personal;
  return useMemo(() => {
    const sensitive = new Map(spec.fields.map((field) => [field.column, field.sensitivity]));
    return (finding: FindingView) => asShown(finding, sensitive.get(finding.column ?? "") ?? "none", masked);
  }, [spec, masked]);
}

/** The findings of one rule and cause: a line, and below it their cards. */
function CauseGroup({
  cause,
  few,
  onReady,
  spec,
  record,
  column,
  sheet,
  jump,
  arrangement,
  arrange,
}: FindingsProps & { cause: Cause; few: boolean; onReady(cause: string): void }) {
  const say = useSay();
  const [opened, setOpened] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const open = opened ?? few;
  const only = arrangement.rule === cause.rule;
  const words = findingWords({ message: cause.message, value: cause.shown });

  async function mendAll() {
    if (cause.column === null) return;
    setBusy(true);
    const request = { table: spec.table, column: cause.column, rule: cause.rule, code: cause.code };
    // Through the sheet, so that it is one of the steps that Ctrl+Z takes back here.
    const edited = await sheet.attempt(() => call("fill.mend_cause", request));
    setBusy(false);
    if (edited) say.done(t("fill.mended-all", { n: cause.suggested }));
  }

  return (
    <section className="side-cause">
      <button type="button" className="side-cause-head" aria-expanded={open} onClick={() => setOpened(!open)}>
        {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
        <b className={levelClass(cause.level)}>
          <LevelMark level={cause.level} /> {tDynamic(`level.${cause.level}`, {}, cause.level)}
        </b>
        <b className="cut grow" title={cause.column_title ?? ""}>
          {cause.column_title ?? t("fill.whole-record")}
        </b>
        <span className="num">{count(cause.count)}</span>
      </button>
      {!open && (
        <p className="side-cause-words cut" title={words}>
          {words}
        </p>
      )}
      <div className="row side-cause-acts">
        {cause.suggested > 0 && cause.column !== null && (
          <Button size="small" loading={busy} onClick={() => void mendAll()}>
            {cause.suggestion === null || cause.suggestion === ""
              ? t("fill.mend-all", { n: cause.suggested })
              : t("fill.mend-all-to", { n: cause.suggested, value: cause.suggestion })}
          </Button>
        )}
        <Button size="small" type={only ? "primary" : "text"} aria-pressed={only} onClick={() => arrange(filterBy())}>
          {t(only ? "fill.show-all-again" : "fill.only-these")}
        </Button>
        {cause.explained > 0 && <span className="sub small">{t("fill.explained-n", { n: cause.explained })}</span>}
      </div>
      {open && <Cards {...{ cause, spec, record, column, sheet, jump, onReady }} />}
    </section>
  );

  function filterBy(): Partial<Arrangement> {
    return only ? { rule: null } : { rule: cause.rule };
  }
}

function Cards({
  cause,
  spec,
  record,
  column,
  sheet,
  jump,
  onReady,
}: Pick<FindingsProps, "spec" | "record" | "column" | "sheet" | "jump"> & {
  cause: Cause;
  onReady(cause: string): void;
}) {
  const [limit, setLimit] = useState(STEP);
  const toShown = useShown(spec);
  const answer = useCall("check.findings", {
    table: null,
    row: null,
    column: null,
    rule: null,
    level: null,
    value: null,
    selection: {
      tables: [spec.table],
      column: cause.column ?? "",
      rule: cause.rule,
      code: cause.code,
      value: null,
      level: null,
      step: null,
      open: false,
    },
    offset: 0,
    limit,
  });
  const key = keyOf(cause);
  useEffect(() => {
    if (!answer.waiting) onReady(key);
  }, [answer.waiting, key, onReady]);
  return (
    <Shown answer={answer}>
      {({ total, findings }) => (
        <>
          {findings.map(toShown).map((finding) => (
            <Card
              key={finding.id}
              finding={finding}
              on={finding.row !== null && finding.row === record?.row && finding.column === column}
              sheet={sheet}
              jump={jump}
            />
          ))}
          {total > findings.length && (
            <Button type="link" block onClick={() => setLimit(limit + 2 * STEP)}>
              {t("part.more", { n: Math.min(2 * STEP, total - findings.length) })}
            </Button>
          )}
        </>
      )}
    </Shown>
  );
}

/** Why the grid is empty: the table has no records, or a filter leaves all of them out. */
function NoRows({ table }: { table: string }) {
  const rows = useCall("home.counts", { tables: [table] }).data?.[0]?.rows ?? 0;
  return rows === 0 ? t("fill.empty-table") : t("fill.empty-view", { n: rows });
}
