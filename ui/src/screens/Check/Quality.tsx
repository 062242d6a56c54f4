/** How good the data are by the indicators of GB/T 36344: the score, what it is made of, and what costs most points. */
import { Button, Segmented, Table, Tooltip } from "antd";
import { useState } from "react";

import { call, chooseSave, handOver, type Quality as Measured } from "../../ipc";
import { Shown, WorkBar } from "../../parts";
import { PAGE, WORKBOOK } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { go, toHash } from "../../state/route";
import { count, tDynamic, t } from "../../text";
import { Head } from "./Head";
import { endMeasuring, QUALITY, useMeasuring } from "./measuring";
import { pointWords } from "./points";
import { Radar } from "./Radar";
import { Weights } from "./Weights";

const LISTS = ["indicators", "losses", "tables", "departments"] as const;
type List = (typeof LISTS)[number];

export function Quality() {
  const say = useSay();
  const answer = useCall("quality.get", QUALITY);
  const [busy, setBusy] = useState(false);
  const progress = useMeasuring();

  async function write(ending: "html" | "xlsx") {
    const path = await chooseSave(`${t("check.report-name")}.${ending}`, [ending === "html" ? PAGE : WORKBOOK]);
    if (!path) return;
    setBusy(true);
    try {
      const written = await call("quality.write", { period: null, path });
      handOver(written.file);
      say.done(t("check.report-written", { digest: written.digest.slice(0, 12) }));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="page">
      <header className="page-head">
        <Head view="quality" />
        <Weights />
        <Button loading={busy} onClick={() => void write("html")}>
          {t("check.report-html")}
        </Button>
        <Button loading={busy} onClick={() => void write("xlsx")}>
          {t("check.report-xlsx")}
        </Button>
      </header>
      {answer.waiting && progress ? (
        <div className="page-body check-measuring">
          <WorkBar job={{ running: true, progress, cancel: endMeasuring }} />
        </div>
      ) : (
        <Shown answer={answer}>{(quality) => <Body quality={quality} />}</Shown>
      )}
    </div>
  );
}

function Body({ quality }: { quality: Measured }) {
  const [list, setList] = useState<List>("indicators");
  const { rules } = quality;
  return (
    <div className="page-body check-quality">
      <section className="card check-quality-score" aria-label={t("check.score")}>
        <p className="check-score num">{pointWords(quality.score)}</p>
        <p className="sub small">{t("check.score-about", { rows: quality.rows, tables: quality.tables.length })}</p>
        <Radar dimensions={quality.dimensions} />
        <p className="small">
          <a href={toHash({ screen: "check", what: "rules" })}>
            {t("check.rules-line", {
              holds: rules.holds,
              found: rules.found,
              rest: rules.not_applicable + rules.not_run + rules.not_measurable,
            })}
          </a>
        </p>
        <p className="sub small">{t("check.quality-note")}</p>
      </section>
      <section className="card check-quality-list">
        <Segmented<List>
          value={list}
          onChange={setList}
          options={LISTS.map((name) => ({ value: name, label: t(`check.list-${name}`) }))}
        />
        <div className="scroll check-quality-table" tabIndex={0} role="region" aria-label={t(`check.list-${list}`)}>
          {list === "indicators" && <Indicators quality={quality} />}
          {list === "losses" && <Losses quality={quality} />}
          {list === "tables" && <Tables quality={quality} />}
          {list === "departments" && <Departments quality={quality} />}
        </div>
      </section>
    </div>
  );
}

const number = (value: number) => <span className="num">{count(value)}</span>;

function Indicators({ quality }: { quality: Measured }) {
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="no"
      dataSource={quality.indicators}
      columns={[
        {
          title: t("check.indicator"),
          render: (_, one) => (
            <>
              <div>
                <span className="sub num">{one.no}</span> {tDynamic(`indicator.${one.no}`)}
              </div>
              <div className="sub small">
                {one.unmeasured === null ? tDynamic(`formula.${one.no}`) : tDynamic(`unmeasured.${one.unmeasured}`)}
              </div>
            </>
          ),
        },
        { title: t("check.weight"), align: "right", width: 64, render: (_, one) => one.weight },
        {
          title: t("check.evaluated"),
          align: "right",
          width: 92,
          render: (_, one) => (one.of > 0 ? number(one.of) : ""),
        },
        {
          title: t("check.failed"),
          align: "right",
          width: 84,
          render: (_, one) => (one.of > 0 ? number(one.of - one.met) : ""),
        },
        {
          title: t("check.explained-column"),
          align: "right",
          width: 76,
          render: (_, one) => (one.of > 0 ? number(one.explained) : ""),
        },
        {
          title: t("check.score"),
          align: "right",
          width: 72,
          render: (_, one) => <span className={one.score === null ? "sub" : "num"}>{pointWords(one.score)}</span>,
        },
      ]}
    />
  );
}

function Losses({ quality }: { quality: Measured }) {
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={(one) => `${one.table} ${one.indicator}`}
      dataSource={quality.losses}
      locale={{ emptyText: t("check.no-losses") }}
      columns={[
        {
          title: t("check.table"),
          render: (_, one) => (
            <>
              {one.title} <span className="sub small">{one.department}</span>
            </>
          ),
        },
        {
          title: t("check.indicator"),
          render: (_, one) => (
            <Tooltip title={tDynamic(`formula.${one.indicator}`)}>
              {one.indicator} {tDynamic(`indicator.${one.indicator}`)}
            </Tooltip>
          ),
        },
        { title: t("check.failed"), align: "right", width: 90, render: (_, one) => number(one.failed) },
        { title: t("check.lost"), align: "right", width: 80, render: (_, one) => one.points.toFixed(2) },
        {
          title: "",
          width: 92,
          render: (_, one) => (
            <Button
              size="small"
              disabled={one.indicator === "0202" || one.indicator === "0502"}
              onClick={() => go({ screen: "check", what: one.table })}
            >
              {t("check.go-mend")}
            </Button>
          ),
        },
      ]}
    />
  );
}

function Tables({ quality }: { quality: Measured }) {
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="table"
      dataSource={quality.tables}
      columns={[
        {
          title: t("check.table"),
          render: (_, one) => <a href={toHash({ screen: "check", what: one.table })}>{one.title}</a>,
        },
        { title: t("check.department"), dataIndex: "department" },
        { title: t("check.records"), align: "right", render: (_, one) => number(one.rows) },
        {
          title: t("check.expected"),
          align: "right",
          render: (_, one) => (
            <>
              {one.expected !== null && one.rows < one.expected && (
                <span className="warn small">{t("check.expected-less", { n: one.expected - one.rows })} </span>
              )}
              {one.expected !== null && number(one.expected)}
            </>
          ),
        },
        { title: t("check.failed"), align: "right", render: (_, one) => number(one.failed) },
        { title: t("check.score"), align: "right", render: (_, one) => pointWords(one.score) },
      ]}
    />
  );
}

function Departments({ quality }: { quality: Measured }) {
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="department"
      dataSource={quality.departments}
      columns={[
        { title: t("check.department"), render: (_, one) => one.department || t("check.no-department") },
        { title: t("check.tables"), align: "right", render: (_, one) => number(one.tables) },
        { title: t("check.records"), align: "right", render: (_, one) => number(one.rows) },
        { title: t("check.score"), align: "right", render: (_, one) => pointWords(one.score) },
      ]}
    />
  );
}
