/** The submitting screen: what is ready, sending it, and what the receiver answered. */
import { Button, Select } from "antd";
import { useState } from "react";

import { call, type ReadyTable } from "../../ipc";
import { Shown, WorkBar } from "../../parts";
import { dayOf } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { useJob } from "../../state/jobs";
import { go, usePlace } from "../../state/route";
import { count, t } from "../../text";
import { Batches } from "./Batches";
import { Confirm, type Confirmed } from "./Confirm";
import { Ending, type End } from "./Ending";
import { Numbers } from "./Numbers";
import { PauseButton, PausedNote } from "./Pause";
import { ReadyList, sendable } from "./ReadyList";
import { Reconcile } from "./Reconcile";
import { Requests } from "./Requests";
import "./Submit.css";

/** The value of the chooser that means the receiver inside the program; no connection can have an empty name. */
const REHEARSAL = "";

/** The name under which the book keeps what the rehearsal did. */
const REHEARSED = "rehearsal";

/** Part of the address that opens the reconciliation. */
const RECONCILE = "reconcile";

/** `table`: the table that the clerk came from; only it is marked. Without one the clerk marks what to send. */
export default function Submit({ table: from }: { table: string | undefined }) {
  const say = useSay();
  const job = useJob();
  const settings = useCall("settings.get", {});
  const connections = useCall("connection.list", {}).data?.connections ?? [];
  const [choice, setChoice] = useState<string>();
  const [chosen, setChosen] = useState<string[]>(from === undefined ? [] : [from]);
  const [open, setOpen] = useState<number>();
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState(false);
  const [end, setEnd] = useState<End>();
  const [sending, setSending] = useState(false);
  // A warning of the home page leads to the reconciliation, the history of a cell to its batch.
  const { part } = usePlace();
  const comparing = part === RECONCILE;
  const [listing, setListing] = useState(false);
  const named = Number(part?.match(/^batch-(\d+)$/)?.[1]) || undefined;
  const home = useCall("home.get", {});
  const name = choice ?? settings.data?.connection ?? REHEARSAL;
  const rehearsal = name === REHEARSAL;
  const target = { connection: rehearsal ? null : name };
  const ready = useCall("submit.ready", settings.data ? target : null);
  // The program counts days in national time, whatever the time zone of this PC is.
  const today = home.data?.days.at(-1)?.day ?? dayOf(knownNow());

  const paused = ready.data?.paused ?? null;
  const tables = ready.data?.tables ?? [];
  // A clerk sees the tables of the own department; a data officer, without a department, sees all.
  const department = settings.data?.department ?? "";
  const mine = tables.filter((table) => department === "" || table.department === department || table.table === from);
  const marked = new Set(chosen);
  const going = tables.filter((table) => marked.has(table.table) && sendable(table) > 0);
  const rows = going.reduce((sum, table) => sum + sendable(table), 0);

  /** Runs a submission or a question for results, and shows its outcome. */
  async function run(what: "send" | "results", work: (job: number) => Promise<End>) {
    setEnd(undefined);
    setSending(what === "send");
    try {
      setEnd({ ...(await job.run(work)), what });
      ready.reload();
    } catch (error) {
      say.failed(error);
    }
  }

  /** Sends the marked tables; or a rejected batch again; or only what has not left. */
  const send = (what: number | "waiting" | "marked", confirmed: Confirmed = { expected: {}, sign: null }) =>
    run("send", async (number) => {
      const sent = await call("submit.send", {
        target,
        tables: what === "marked" ? going.map((table) => table.table) : [],
        due: false,
        dry_run: false,
        again: typeof what === "number",
        batch: typeof what === "number" ? what : null,
        waiting: what === "waiting",
        ...confirmed,
        job: number,
      });
      const ended: End = { what: "send", tables, ...sent, notes: [] };
      setChosen([]);
      // The receiver inside the program has its results at once; a real one has them later.
      if (rehearsal && sent.batches.length > 0 && sent.interrupted === null) {
        const results = await call("submit.results", { wait: 5, job: number });
        const known = new Map(results.batches.map(({ batch }) => [batch.id, batch]));
        ended.batches = sent.batches.map((batch) => known.get(batch.id) ?? batch);
      }
      const [first, ...others] = sent.batches;
      if (first && others.length === 0) setOpen(first.id);
      return ended;
    });

  async function resume() {
    try {
      await call("submit.pause", { target, paused: false });
    } catch (error) {
      say.failed(error);
      return;
    }
    if ((ready.data?.waiting ?? 0) > 0) await send("waiting");
    else ready.reload();
  }

  const ask = () =>
    run("results", async (number) => {
      const results = await call("submit.results", { wait: 0, job: number });
      const batches = results.batches.map(({ batch }) => batch);
      return { what: "results", tables, skipped: [], ...results, batches };
    });

  const help = t(rehearsal ? "submit.rehearsal-help" : "submit.real-help");
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
            setEnd(undefined);
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
        <p className="grow cut" title={help}>
          {help}
        </p>
        {job.running ? (
          <div className="submit-running">
            <WorkBar job={job} />
            {sending && <PauseButton target={target} />}
          </div>
        ) : (
          <>
            <Button onClick={() => setListing(true)}>{t("submit.requests")}</Button>
            <Button onClick={() => go({ screen: "submit", part: RECONCILE })}>{t("submit.reconcile")}</Button>
            <Button onClick={() => void ask()}>{t("submit.ask")}</Button>
            <Button
              type="primary"
              disabled={going.length === 0 || paused !== null}
              onClick={() => (rehearsal ? void send("marked") : setAsking(true))}
              data-testid="send"
            >
              {rehearsal ? t("submit.rehearse") : t("submit.send")}
              {going.length > 0 && ` ${t("submit.size", { tables: going.length, rows: count(rows) })}`}
            </Button>
          </>
        )}
      </header>
      {paused !== null && !job.running && (
        <PausedNote
          name={rehearsal ? t("submit.rehearsal") : name}
          since={paused}
          waiting={ready.data?.waiting ?? 0}
          resume={() => void resume()}
        />
      )}
      {end && end.interrupted?.code !== "pause.midway" && <Ending end={end} close={() => setEnd(undefined)} />}
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
                tables={all ? data.tables : mine.filter(hasSomething)}
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
            <h2>{t("submit.numbers")}</h2>
            <Numbers connection={target.connection} />
          </section>
          <Batches
            open={open ?? named}
            setOpen={(id) => {
              setOpen(id);
              if (id === undefined && named !== undefined) go({ screen: "submit", what: from });
            }}
            busy={job.running}
            again={(batch) => send(batch.id)}
            target={target.connection}
            ask={ask}
          />
        </div>
      </div>
      <Requests open={listing} connection={rehearsal ? REHEARSED : name} close={() => setListing(false)} />
      <Reconcile
        open={comparing}
        connection={target.connection}
        close={() => go({ screen: "submit", what: from })}
        show={(batch) => {
          go({ screen: "submit", what: from });
          setOpen(batch);
        }}
      />
      {asking && target.connection !== null && (
        <Confirm
          connection={target.connection}
          address={connections.find((one) => one.name === name)?.address ?? ""}
          tables={going.map(({ table }) => table)}
          close={() => setAsking(false)}
          send={(confirmed) => {
            setAsking(false);
            void send("marked", confirmed);
          }}
        />
      )}
    </div>
  );
}

const hasSomething = (table: ReadyTable) => table.to_send > 0 || table.under_way > 0;
