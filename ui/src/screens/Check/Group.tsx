/** One group of equal findings, and the records that have it. */
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Input, Popover } from "antd";
import { useState } from "react";

import { call, type FindingGroup } from "../../ipc";
import { Shown } from "../../parts";
import { CodeSelect } from "../../parts/CodeSelect";
import { Explain } from "../../parts/Explain";
import { LevelMark, levelClass } from "../../parts/icons";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { saving } from "../../state/saving";
import { toHash } from "../../state/route";
import { bookName, made, tableName } from "../../state/steps";
import { count, tDynamic, t } from "../../text";
import { findingWords, rightPeriod } from "../../text/findings";

export function Group({ group }: { group: FindingGroup }) {
  const say = useSay();
  const head = useCall("book.head", {}).data;
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const ref = { table: group.table, column: group.column, rule: group.rule, value: group.value };
  const words = findingWords({ message: group.message, value: group.shown });
  const twin = group.rule === "unique-key";
  const right = rightPeriod(group.message);

  async function mend(value: string) {
    setBusy(true);
    try {
      const { step } = await saving(call("check.mend", { group: ref, with: value }));
      // Ctrl+Z in the table can then take it back.
      if (head && step !== null) made(tableName(bookName(head), group.table), step);
      say.done(t("check.mended", { n: group.count }));
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
      await call("check.explain", { group: ref, row: null, text });
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
        <div className="grow">
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
              {group.table_title}
              {group.column_title && ` · ${group.column_title}`}
            </a>
            <span className="sub small" title={group.reason ?? undefined}>
              {tDynamic(`rule.${nameOf(group.rule)}`, {}, t("rule.of-file"))}
              {group.department && ` · ${group.department}`}
            </span>
            {group.explained > 0 && <span className="small ok">{t("check.explained", { n: group.explained })}</span>}
          </div>
          <p title={words}>{words}</p>
        </div>
        <div className="row">
          {group.suggestion !== null && (
            <Button
              type={group.level === "mandatory" ? "primary" : "default"}
              loading={busy}
              onClick={() => void mend(group.suggestion ?? "")}
            >
              <span className="cut check-group-mend">
                {group.suggestion === "" ? t("check.mend-empty") : t("check.mend-all", { value: group.suggestion })}
              </span>
            </Button>
          )}
          {right !== undefined && (
            <Button loading={busy} onClick={() => void toPeriod(right)}>
              {t("check.to-period", { period: right, n: group.count })}
            </Button>
          )}
          {group.column && !twin && <MendWith group={group} busy={busy} mend={mend} />}
          {(group.level === "confirm" || twin) && (
            <Explain
              name={`${group.table} ${group.rule} ${group.column} ${group.value}`}
              text=""
              save={explain}
              many={group.count}
              twin={twin}
            />
          )}
        </div>
      </div>
      {open && <Cells group={group} />}
    </section>
  );
}

/** Another value for all of them: typed, or chosen where the column has codes. */
function MendWith({ group, busy, mend }: { group: FindingGroup; busy: boolean; mend(value: string): Promise<void> }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<NewValue group={group} busy={busy} mend={(value) => mend(value).then(() => setOpen(false))} />}
    >
      <Button disabled={busy}>{t(group.value === "" ? "check.fill-in" : "check.mend-with")}</Button>
    </Popover>
  );
}

function NewValue({ group, busy, mend }: { group: FindingGroup; busy: boolean; mend(value: string): Promise<void> }) {
  const [value, setValue] = useState("");
  const spec = useCall("standard.table", { edition: null, table: group.table });
  const field = spec.data?.fields.find((one) => one.column === group.column);
  return (
    <div className="part-explain">
      <p className="small sub" style={{ margin: "0 0 8px" }}>
        {t("check.mend-help", { n: group.count, title: group.column_title ?? "" })}
      </p>
      <div className="row">
        {field?.code_list ? (
          <CodeSelect
            list={field.code_list}
            label={group.column_title ?? t("check.mend-with")}
            {...(field.kind === "codes" ? { mode: "multiple" as const } : {})}
            value={value === "" ? [] : value.split(field.separator ?? ",")}
            onChange={(codes) => setValue(codes.join(field.separator ?? ","))}
          />
        ) : (
          <Input
            autoFocus
            aria-label={group.column_title ?? t("check.mend-with")}
            value={value}
            placeholder={field?.example ?? ""}
            onChange={(event) => setValue(event.target.value)}
            onPressEnter={() => value && void mend(value)}
          />
        )}
        <Button type="primary" loading={busy} disabled={value === ""} onClick={() => void mend(value)}>
          {t("check.mend-now")}
        </Button>
      </div>
    </div>
  );
}

/** The first cells of a group, each a link into the grid. */
function Cells({ group }: { group: FindingGroup }) {
  const [limit, setLimit] = useState(24);
  const answer = useCall("check.findings", {
    table: group.table,
    row: null,
    column: group.column,
    rule: group.rule,
    level: group.level,
    value: group.value,
    offset: 0,
    limit,
  });
  return (
    <div className="check-group-cells">
      <Shown answer={answer}>
        {({ findings, total }) => (
          <>
            {findings.map((finding) => (
              <a
                key={finding.id}
                href={toHash({
                  screen: "fill",
                  what: finding.table,
                  row: finding.row ?? undefined,
                  column: finding.column ?? undefined,
                })}
                title={
                  finding.explanation
                    ? t("fill.explained", { text: finding.explanation })
                    : findingWords({ ...finding, value: group.shown })
                }
              >
                {finding.position === null ? finding.table_title : t("fill.row-n", { n: finding.position })}
                {finding.explanation && <span className="ok"> ✓</span>}
              </a>
            ))}
            {total > findings.length && (
              <Button type="link" size="small" onClick={() => setLimit(limit + 96)}>
                {t("part.more", { n: Math.min(96, total - findings.length) })}
              </Button>
            )}
          </>
        )}
      </Shown>
    </div>
  );
}

/** The last part of the key of a rule's name: `rule.placeholder` is an error about own rules. */
const nameOf = (rule: string) => (rule === "placeholder" ? "no-content" : rule);
