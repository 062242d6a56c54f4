/** One group of findings on a line, with what can be done to all of them; opened, its parts or its cells. */
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { call, chooseSave, type FindingGroup, type Grouping, handOver, type Mended, type Remedy } from "../../ipc";
import { Shown } from "../../parts";
import { Explain } from "../../parts/Explain";
import { WORKBOOK } from "../../parts/files";
import { LevelMark, levelClass } from "../../parts/icons";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import type { Job } from "../../state/jobs";
import { toHash } from "../../state/route";
import { saving } from "../../state/saving";
import { bookName, made, tableName } from "../../state/steps";
import { count, tDynamic, t } from "../../text";
import { findingWords, rightPeriod } from "../../text/findings";
import { Cells } from "./Cells";
import { finer, titleOf } from "./lines";
import { Remedies } from "./Remedies";

interface GroupProps {
  group: FindingGroup;
  by: Grouping;
  job: Job;
  mended(mended: Mended): void;
}

/** Parts that an open group shows at first, and how many more each time. */
const PARTS = 20;

export function Group({ group, by, job, mended }: GroupProps) {
  const say = useSay();
  const head = useCall("book.head", {}).data;
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const words = findingWords({ message: group.message, value: group.shown });
  const twin = group.rule === "unique-key" && group.rules === 1;
  const right = by === "value" || group.values === 1 ? rightPeriod(group.message) : undefined;
  const parts = finer(by, group);
  const oneColumn = group.column !== null && (group.selection.column !== null || by === "shared");

  async function mend(remedy: Remedy) {
    setBusy(true);
    try {
      const request = { selection: group.selection, remedy };
      const done = await job.run((number) => saving(call("check.mend_all", { ...request, job: number })));
      // Ctrl+Z in these tables can then take it back, too.
      for (const table of done.tables)
        if (head && done.step !== null) made(tableName(bookName(head), table), done.step);
      mended(done);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }
  async function toPeriod(period: string) {
    setBusy(true);
    try {
      const request = { table: group.table, rows: [], value: group.value };
      const { moved } = await saving(call("fill.to_period", request));
      say.done(t("check.to-period-done", { n: moved, period }));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }
  async function explain(text: string) {
    try {
      if (twin) {
        const { table, column, rule, value } = group;
        await call("check.explain", { group: { table, column, rule, value }, row: null, text });
      } else await call("check.explain_all", { selection: group.selection, text });
    } catch (error) {
      say.failed(error);
    }
  }
  async function answer(text: string) {
    const { table, column, rule, message } = group;
    const code = typeof message === "string" || Array.isArray(message) ? "" : message.code;
    try {
      await call("check.answer", { table, column: column ?? "", rule, code, text });
    } catch (error) {
      say.failed(error);
    }
  }
  async function takeOut() {
    const path = await chooseSave(t("check.file", { title: group.table_title }), [WORKBOOK]);
    if (!path) return;
    const tables = group.selection.tables.length > 0 ? group.selection.tables : [group.table];
    try {
      const request = {
        tables,
        path,
        findings: true,
        selection: group.selection,
        names: false,
        each: false,
        form: null,
      };
      const answer = await job.run((number) => call("workbook.export", { ...request, job: number }));
      for (const file of answer.files) handOver(file);
      say.done(t("check.taken-out", { n: answer.rows }));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <section className="check-group">
      <div className="check-group-line">
        <button
          type="button"
          className="check-group-fold"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          aria-label={t("check.show-rows")}
        >
          {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
        </button>
        <span className={`check-group-level ${levelClass(group.level)}`}>
          <LevelMark level={group.level} /> {tDynamic(`level.${group.level}`)}
        </span>
        <span className="check-group-count num">{count(group.count)}</span>
        <div className="grow check-group-words">
          <div className="row">
            <a
              className="cut"
              href={toHash({
                screen: "fill",
                what: group.table,
                row: group.first_row ?? undefined,
                column: group.column ?? undefined,
              })}
            >
              {titleOf(by, group)}
            </a>
            <span className="sub small cut" title={group.reason ?? undefined}>
              {group.rules > 1
                ? t("check.of-rules", { rules: group.rules, tables: group.tables })
                : tDynamic(`rule.${nameOf(group.rule)}`, {}, t("rule.of-file"))}
              {group.tables === 1 && group.department && by !== "department" && ` · ${group.department}`}
              {group.rules === 1 && group.tables > 1 && ` · ${t("check.of-tables", { tables: group.tables })}`}
            </span>
            {group.explained > 0 && (
              <span className="small ok cut" title={group.explanation ?? undefined}>
                {t("check.explained", { n: group.explained })}
              </span>
            )}
          </div>
          <p title={words}>
            {group.rules > 1 ? t("check.example", { words }) : words}
            {group.values > 1 && group.rules === 1 && <span> {t("check.values", { n: group.values })}</span>}
          </p>
        </div>
        <div className="row check-group-acts">
          {group.suggested > 0 && (
            <Button
              type={group.level === "mandatory" ? "primary" : "default"}
              loading={busy}
              onClick={() => void mend({ do: "suggestion" })}
            >
              <span className="cut check-group-mend">{suggested(group)}</span>
            </Button>
          )}
          {right !== undefined && (
            <Button loading={busy} onClick={() => void toPeriod(right)}>
              {t("check.to-period", { period: right, n: group.count })}
            </Button>
          )}
          {oneColumn && !twin && <Remedies group={group} busy={busy} mend={mend} />}
          {(group.level === "confirm" || twin) && group.rules === 1 && (
            <Explain
              name={JSON.stringify(group.selection)}
              text={group.explained > 0 ? (group.explanation ?? "") : ""}
              save={explain}
              many={group.count}
              twin={twin}
              saveForTable={group.question ? answer : undefined}
            />
          )}
          <Button type="text" disabled={job.running} onClick={() => void takeOut()} title={t("check.take-out-help")}>
            {t("check.take-out")}
          </Button>
        </div>
      </div>
      {open && (parts === undefined ? <Cells group={group} /> : <Parts {...{ group, by: parts, job, mended }} />)}
    </section>
  );
}

/** A group in finer groups. */
function Parts({ group, by, job, mended }: GroupProps) {
  const [limit, setLimit] = useState(PARTS);
  const answer = useCall("check.groups", { by, within: group.selection, offset: 0, limit });
  return (
    <div className="check-group-parts">
      <Shown answer={answer}>
        {({ groups, total }) => (
          <>
            {groups.map((one) => (
              <Group key={JSON.stringify(one.selection)} group={one} by={by} job={job} mended={mended} />
            ))}
            {total > groups.length && (
              <Button type="link" size="small" onClick={() => setLimit(limit + 2 * PARTS)}>
                {t("check.more-groups", { n: Math.min(2 * PARTS, total - groups.length) })}
              </Button>
            )}
          </>
        )}
      </Shown>
    </div>
  );
}

/** What the button says that takes the suggestions. */
function suggested(group: FindingGroup): string {
  if (group.suggestion === "") return t("check.mend-empty");
  if (group.suggestion !== null) return t("check.mend-all", { value: group.suggestion });
  return t("check.mend-suggested", { n: group.suggested });
}

/** The last part of the key of a rule's name: `rule.placeholder` is an error about own rules. */
const nameOf = (rule: string) => (rule === "placeholder" ? "no-content" : rule);
