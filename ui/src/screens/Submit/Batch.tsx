/** One batch in full: its numbers, what went wrong and what to do, rejected rows, and the receipt. */
import { Alert, Button, Collapse, Popconfirm } from "antd";
import { type ReactNode, useState } from "react";

import { type BatchView, call, chooseSave, handOver, type RejectedRow } from "../../ipc";
import { Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { PAGE } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { toHash } from "../../state/route";
import { count, errorWords, t } from "../../text";

/** Rejected rows that are read at a time. */
const REJECTED = 100;

interface BatchProps {
  id: number;
  busy: boolean;
  target: string | null;
  state(batch: BatchView): ReactNode;
  again(batch: BatchView): Promise<void>;
  ask(): Promise<void>;
}

export function Batch({ id, state, ...actions }: BatchProps) {
  const answer = useCall("submit.batch", { id });
  return (
    <Shown answer={answer}>
      {({ batch, rejected, rejected_total }) => (
        <div data-rehearsal={isRehearsal(batch)}>
          <Actions batch={batch} {...actions} />
          <dl className="submit-batch-list">
            <dt>{t("home.col-table")}</dt>
            <dd>
              <a href={`#/fill/${batch.table}`}>{batch.title}</a> <span className="sub small">{batch.table}</span>
            </dd>
            <dt>{t("submit.state")}</dt>
            <dd>{state(batch)}</dd>
            <dt>{t("submit.connection")}</dt>
            <dd>{isRehearsal(batch) ? t("submit.rehearsal") : batch.connection}</dd>
            <dt>{t("submit.rows")}</dt>
            <dd className="num">{count(batch.rows)}</dd>
            {batch.collected !== null && (
              <>
                <dt>{t(isRehearsal(batch) ? "submit.rehearsed-collected" : "submit.collected")}</dt>
                <dd className="num">{count(batch.collected)}</dd>
              </>
            )}
            {batch.stored !== null && (
              <>
                <dt>{t(isRehearsal(batch) ? "submit.rehearsed-stored" : "submit.stored")}</dt>
                <dd className="num">{count(batch.stored)}</dd>
              </>
            )}
            <dt>{t("submit.frozen-at")}</dt>
            <dd>{momentWords(batch.frozen_at)}</dd>
            {batch.sent_at && (
              <>
                <dt>{t(isRehearsal(batch) ? "submit.rehearsed-at" : "submit.sent-at")}</dt>
                <dd>{momentWords(batch.sent_at)}</dd>
              </>
            )}
            {batch.result_after && batch.stored === null && (
              <>
                <dt>{t("submit.result-after")}</dt>
                <dd>{momentWords(batch.result_after)}</dd>
              </>
            )}
            {batch.signed && (
              <>
                <dt>{t("submit.prepared")}</dt>
                <dd>{batch.signed.prepared}</dd>
                <dt>{t("submit.signer")}</dt>
                <dd>{t("submit.signed-by", { who: batch.signed.who, at: momentWords(batch.signed.at) })}</dd>
              </>
            )}
            <dt>{t("submit.hash")}</dt>
            <dd className="num submit-fingerprint" title={batch.hash}>
              {batch.fingerprint}
            </dd>
          </dl>
          <Print batch={batch} />
          {rejected.length > 0 && <Rejected key={batch.id} first={rejected} total={rejected_total} batch={batch} />}
          {batch.receipt !== null && (
            <Collapse
              ghost
              size="small"
              className="submit-receipt-fold"
              items={[
                {
                  key: "receipt",
                  label: t(isRehearsal(batch) ? "submit.rehearsed-receipt" : "submit.receipt"),
                  children: <pre className="submit-receipt">{batch.receipt || t("submit.receipt-empty")}</pre>,
                },
              ]}
            />
          )}
        </div>
      )}
    </Shown>
  );
}

/** Whether nothing of the batch left this PC. */
const isRehearsal = (batch: BatchView) => batch.connection === "rehearsal";

/** The page to print and file: 上报单 before the result, 上报回执单 with it. */
function Print({ batch }: { batch: BatchView }) {
  const say = useSay();

  async function print() {
    const name = isRehearsal(batch) ? "submit.print-rehearsal-name" : "submit.print-name";
    const path = await chooseSave(t(name, { id: batch.id }), [PAGE]);
    if (!path) return;
    try {
      await call("submit.print", { batches: [batch.id], path });
      handOver(path);
      say.done(t("submit.printed"));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <Button size="small" className="submit-print" onClick={() => void print()}>
      {t(
        isRehearsal(batch)
          ? "submit.print-rehearsal"
          : batch.receipt === null
            ? "submit.print"
            : "submit.print-receipt",
      )}
    </Button>
  );
}

/** What went wrong with a batch, and what can be done about it. */
function Actions({ batch, busy, target, again, ask }: Omit<BatchProps, "id" | "state"> & { batch: BatchView }) {
  const say = useSay();
  const rehearsal = isRehearsal(batch);
  const chosen = (rehearsal ? null : batch.connection) === target;
  const open = batch.state === "received" || batch.state === "unknown";
  const words = batch.overdue
    ? t("state.no-result.help")
    : batch.problem
      ? errorWords(batch.problem)
      : batch.may_go_again
        ? t(rehearsal ? "submit.rehearsed-again-help" : "submit.again-help")
        : undefined;

  async function giveUp() {
    try {
      await call("submit.give-up", { id: batch.id });
    } catch (error) {
      say.failed(error);
    }
  }

  if (words === undefined && !open) return null;
  return (
    <Alert
      className="submit-actions"
      type={batch.may_go_again ? "error" : words === undefined ? "info" : "warning"}
      title={words ?? t("submit.open-help")}
      description={
        <div className="row">
          {open && (
            <Button size="small" disabled={busy} onClick={() => void ask()}>
              {t("submit.ask")}
            </Button>
          )}
          {open && (batch.overdue || batch.state === "unknown") && (
            <Popconfirm
              title={t("submit.give-up-ask")}
              description={t("submit.give-up-help")}
              okText={t("submit.give-up")}
              onConfirm={() => giveUp()}
            >
              <Button size="small" disabled={busy}>
                {t("submit.give-up")}
              </Button>
            </Popconfirm>
          )}
          {batch.may_go_again && (
            <Popconfirm
              title={rehearsal ? t("submit.rehearsed-again-ask") : t("submit.again-ask", { name: batch.connection })}
              okText={t(rehearsal ? "submit.rehearsed-again" : "submit.again")}
              disabled={!chosen}
              onConfirm={() => again(batch)}
            >
              <Button
                size="small"
                type="primary"
                disabled={busy || !chosen}
                title={chosen ? "" : t("submit.again-other")}
              >
                {t(rehearsal ? "submit.rehearsed-again" : "submit.again")}
              </Button>
            </Popconfirm>
          )}
        </div>
      }
    />
  );
}

/** The link to a rejected row, or to its cell where the receiver named the column. */
function cellWords({ position, column, column_title }: RejectedRow): string {
  const place = { position: position ?? 0, column: column_title ?? column ?? "" };
  return t(column === null ? "submit.to-row" : "submit.to-cell", place);
}

/** Rejected rows, the first ones at once and the others on demand; all of them are marked on their cells, too. */
function Rejected({ first, total, batch }: { first: RejectedRow[]; total: number; batch: BatchView }) {
  const say = useSay();
  const [more, setMore] = useState<RejectedRow[]>([]);
  const [busy, setBusy] = useState(false);
  const rows = [...first, ...more];

  async function read() {
    setBusy(true);
    try {
      const next = await call("submit.rejected", { id: batch.id, offset: rows.length, limit: REJECTED });
      setMore([...more, ...next]);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <h2>
        {t(isRehearsal(batch) ? "submit.rehearsed-rejected" : "submit.rejected", { n: total })}{" "}
        <span className="sub small">
          {t(isRehearsal(batch) ? "submit.rehearsed-rejected-help" : "submit.rejected-help")}
        </span>
      </h2>
      <ul className="submit-rejected">
        {rows.map((row) => (
          <li key={row.key}>
            {row.row === null ? (
              <span className="sub">{t("submit.row-gone")}</span>
            ) : (
              <a href={toHash({ screen: "fill", what: batch.table, row: row.row, column: row.column ?? undefined })}>
                {cellWords(row)}
              </a>
            )}
            <p>{row.error}</p>
          </li>
        ))}
      </ul>
      {total > rows.length && (
        <Button type="link" block loading={busy} onClick={() => void read()}>
          {t("part.more", { n: Math.min(REJECTED, total - rows.length) })}
        </Button>
      )}
    </>
  );
}
