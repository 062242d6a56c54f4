/** The submitting screen: what is ready, sending it, and what the receiver answered. */
import { Button, Select } from "antd";
import { useState } from "react";

import { call, type ReadyTable } from "../../ipc";
import { DayBars, Shown, WorkBar } from "../../parts";
import { dayOf } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { useJob } from "../../state/jobs";
import { go } from "../../state/route";
import { count, errorWords, t } from "../../text";
import { Batches } from "./Batches";
import { ReadyList, sendable } from "./ReadyList";
import "./Submit.css";

/** The value of the chooser that means the receiver inside the program; no connection can have an empty name. */
const REHEARSAL = "";

export default function Submit() {
  const say = useSay();
  const job = useJob();
  const settings = useCall("settings.get", {});
  const connections = useCall("connection.list", {}).data?.connections ?? [];
  const [choice, setChoice] = useState<string>();
  const [chosen, setChosen] = useState<string[]>();
  const [open, setOpen] = useState<number>();
  const [all, setAll] = useState(false);
  const home = useCall("home.get", {});
  const name = choice ?? settings.data?.connection ?? REHEARSAL;
  const target = { connection: name === REHEARSAL ? null : name };
  const ready = useCall("submit.ready", settings.data ? target : null);
  // The program counts days in national time, whatever the time zone of this PC is.
  const today = home.data?.days.at(-1)?.day ?? dayOf(knownNow());

  const tables = ready.data?.tables ?? [];
  // A clerk sees the tables of the own department; a data officer, without a department, sees all.
  const department = settings.data?.department ?? "";
  const mine = tables.filter((table) => department === "" || table.department === department);
  const marked = new Set(chosen ?? mine.filter((table) => sendable(table) > 0).map((table) => table.table));
  const going = tables.filter((table) => marked.has(table.table) && sendable(table) > 0);
  const rows = going.reduce((sum, table) => sum + sendable(table), 0);

  async function send() {
    try {
      const sent = await job.run((number) =>
        call("submit.send", {
          target,
          tables: going.map((table) => table.table),
          due: false,
          dry_run: false,
          job: number,
        }),
      );
      setChosen(undefined);
      ready.reload();
      // The receiver inside the program has its results at once; a real one has them later.
      if (name === REHEARSAL && sent.batches.length > 0)
        await job.run((number) => call("submit.results", { wait: 5, job: number }));
      const [first, ...others] = sent.batches;
      if (first && others.length === 0) setOpen(first.id);
      const left = sent.skipped.map(
        (one) => `${title(tables, one.table)}：${errorWords({ code: one.reason, params: { rows: one.rows } })}`,
      );
      if (sent.batches.length > 0)
        say.done(
          t("submit.done", { n: sent.batches.length, rows: sent.batches.reduce((sum, one) => sum + one.rows, 0) }),
        );
      if (left.length > 0) say.note(left.slice(0, 3).join("；"));
    } catch (error) {
      say.failed(error);
    }
  }

  async function ask() {
    try {
      const results = await job.run((number) => call("submit.results", { wait: 0, job: number }));
      if (results.batches.length > 0) say.done(t("submit.results-came", { n: results.batches.length }));
      else say.note(t("submit.no-results"));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav.submit")}</h1>
        <span className="sub">{t("submit.to")}</span>
        <Select
          value={name}
          style={{ width: 220 }}
          popupMatchSelectWidth={false}
          onChange={(value) => {
            setChoice(value);
            setChosen(undefined);
          }}
          options={[
            { value: REHEARSAL, label: t("submit.rehearsal") },
            ...connections.map((connection) => ({
              value: connection.name,
              label: connection.name,
              title: connection.address,
            })),
          ]}
          aria-label={t("submit.to")}
        />
        {connections.length === 0 && (
          <Button type="link" onClick={() => go({ screen: "settings", what: "connections" })}>
            {t("submit.add-connection")}
          </Button>
        )}
        <p className="grow cut">{name === REHEARSAL ? t("submit.rehearsal-help") : t("submit.real-help")}</p>
        {job.running ? (
          <div style={{ width: 340 }}>
            <WorkBar job={job} />
          </div>
        ) : (
          <>
            <Button onClick={() => void ask()}>{t("submit.ask")}</Button>
            <Button type="primary" disabled={going.length === 0} onClick={() => void send()} data-testid="send">
              {name === REHEARSAL ? t("submit.rehearse") : t("submit.send")}
              {going.length > 0 && ` ${t("submit.size", { tables: going.length, rows: count(rows) })}`}
            </Button>
          </>
        )}
      </header>
      <div className="page-body submit">
        <section className="card submit-ready">
          <h2>
            {t("submit.ready")}{" "}
            <span>
              {all || department === "" ? t("submit.ready-help") : `${department}，${t("submit.ready-help")}`}
            </span>
          </h2>
          <Shown answer={ready}>
            {(data) => (
              <ReadyList
                tables={all ? data.tables : mine.filter((table) => table.to_send > 0 || table.under_way > 0)}
                total={data.tables.length}
                all={all}
                setAll={setAll}
                marked={marked}
                setMarked={(next) => setChosen([...next])}
                today={today}
              />
            )}
          </Shown>
        </section>
        <div className="submit-right">
          <section className="card">
            <h2>
              {t("home.days")} <span>{t("home.days-help")}</span>
            </h2>
            <DayBars days={home.data?.days ?? []} />
          </section>
          <Batches open={open} setOpen={setOpen} />
        </div>
      </div>
    </div>
  );
}

const title = (tables: ReadyTable[], table: string) => tables.find((one) => one.table === table)?.title ?? table;
