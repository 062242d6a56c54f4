/** The states of all rules, and the fields that no rule looks at. */
import { Button, Input, Segmented, Table } from "antd";
import { useState } from "react";

import type { RuleCounts, RuleState, RuleStates, RuleStateView } from "../../ipc";
import { Empty, Level, Shown } from "../../parts";
import { useCall } from "../../state/calls";
import { toHash } from "../../state/route";
import { count, t, tDynamic } from "../../text";
import { Head } from "./Head";

const STATES = ["found", "not-run", "not-measurable", "holds", "not-applicable"] as const satisfies RuleState[];
type Part = RuleState | "fields";

export function Rules() {
  const answer = useCall("check.rules", {});
  return (
    <div className="page">
      <header className="page-head">
        <Head view="rules" />
      </header>
      <Shown answer={answer}>{(states) => <Body states={states} />}</Shown>
    </div>
  );
}

function number(counts: RuleCounts, state: RuleState): number {
  return counts[state.replace("-", "_") as keyof RuleCounts];
}

function Body({ states }: { states: RuleStates }) {
  const [part, setPart] = useState<Part>("found");
  const [find, setFind] = useState("");
  const has = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(find.toLowerCase()));
  const rules = states.rules.filter((one) => one.state === part);
  // An empty list says whether all is well or nothing fits what is looked for.
  const nothing = (all: number) => ({
    emptyText: (
      <Empty title={all > 0 ? t("check.no-match", { find, n: all }) : t(`check.none-${part}`)}>
        {all > 0 && <Button onClick={() => setFind("")}>{t("check.find-clear")}</Button>}
      </Empty>
    ),
  });
  return (
    <div className="page-body check">
      <div className="row check-filters">
        <Segmented<Part>
          value={part}
          onChange={setPart}
          options={[
            ...STATES.map((name) => ({
              value: name,
              label: `${t(`check.state-${name}`)} ${count(number(states.counts, name))}`,
            })),
            { value: "fields" as const, label: `${t("check.plain-fields")} ${count(states.plain.length)}` },
          ]}
        />
        <Input
          allowClear
          aria-label={t("check.find")}
          placeholder={t("check.find")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          style={{ width: 180 }}
        />
      </div>
      <p className="sub small check-rules-help">{t(`check.state-help-${part}`)}</p>
      <div className="card check-list scroll">
        {part === "fields" ? (
          <Table
            size="small"
            rowKey={(one) => `${one.table} ${one.column}`}
            locale={nothing(states.plain.length)}
            pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
            dataSource={states.plain.filter((one) => has(one.table_title, one.title, one.column, one.table))}
            columns={[
              {
                title: t("check.table"),
                render: (_, one) => <a href={toHash({ screen: "standards", what: one.table })}>{one.table_title}</a>,
              },
              { title: t("check.field"), render: (_, one) => one.title },
              {
                title: t("check.single-checks"),
                render: (_, one) =>
                  one.checks.map((rule) => tDynamic(`rule.${rule === "placeholder" ? "no-content" : rule}`)).join("、"),
              },
            ]}
          />
        ) : (
          <Table
            size="small"
            rowKey="rule"
            locale={nothing(rules.length)}
            pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
            dataSource={rules.filter((one) =>
              has(one.table_title, one.reason, one.rule, one.table, one.column_titles.join("、")),
            )}
            columns={[
              { title: t("check.level"), width: 84, render: (_, one) => <Level level={one.level} /> },
              {
                title: t("check.table"),
                width: "18%",
                render: (_, one) => <a href={toHash({ screen: "check", what: one.table })}>{one.table_title}</a>,
              },
              {
                title: t("check.fields"),
                width: "26%",
                render: (_, one) => one.column_titles.join("、") || t("fill.whole-record"),
              },
              {
                title: t("check.rule"),
                render: (_, one) => (
                  <>
                    {one.reason}
                    {one.empty.length > 0 && (
                      <div className="sub small">{t("check.empty-tables", { tables: one.empty.join("、") })}</div>
                    )}
                  </>
                ),
              },
              ...(part === "found"
                ? [
                    {
                      title: t("check.findings"),
                      align: "right" as const,
                      width: 92,
                      render: (_: unknown, one: RuleStateView) => <span className="num">{count(one.findings)}</span>,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
    </div>
  );
}
