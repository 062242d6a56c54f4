/** The batches that were sent, their results, and the text of their receipts. */
import { Button, Drawer, Tooltip } from "antd";
import { useState } from "react";

import { type BatchState, type BatchView, call, type RejectedRow } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { toHash } from "../../state/route";
import { count, tDynamic, t } from "../../text";

const STEP = 30;
/** Rejected rows that are read at a time. */
const REJECTED = 100;

export function Batches({ open, setOpen }: { open: number | undefined; setOpen(id: number | undefined): void }) {
  const [limit, setLimit] = useState(STEP);
  const answer = useCall("submit.batches", { table: null, offset: 0, limit });
  return (
    <section className="card submit-batches">
      <h2>{t("submit.batches")}</h2>
      <Shown answer={answer}>
        {({ batches, total }) =>
          batches.length === 0 ? (
            <Empty title={t("submit.no-batches")}>{t("submit.no-batches-help")}</Empty>
          ) : (
            <div className="scroll">
              {batches.map((batch) => (
                <button key={batch.id} type="button" className="submit-batch" onClick={() => setOpen(batch.id)}>
                  <span className="grow">
                    <span className="row">
                      <b className="cut">{batch.title}</b>
                      <State batch={batch} />
                    </span>
                    <span className="sub small cut submit-batch-facts">{facts(batch)}</span>
                  </span>
                </button>
              ))}
              {total > batches.length && (
                <Button type="link" block onClick={() => setLimit(limit + STEP)}>
                  {t("part.more", { n: Math.min(STEP, total - batches.length) })}
                </Button>
              )}
            </div>
          )
        }
      </Shown>
      <Drawer
        size={560}
        title={t("submit.batch", { id: String(open ?? "") })}
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
      >
        {open !== undefined && (
          <div className="submit-drawer">
            <Batch id={open} />
          </div>
        )}
      </Drawer>
    </section>
  );
}

function facts(batch: BatchView): string {
  const parts = [
    batch.connection === "rehearsal" ? t("submit.rehearsal-short") : batch.connection,
    momentWords(batch.sent_at ?? batch.frozen_at),
    batch.stored === null
      ? t("part.rows", { n: batch.rows })
      : t("submit.stored-of", { stored: batch.stored, rows: batch.rows }),
  ];
  return parts.join(" · ");
}

function State({ batch }: { batch: BatchView }) {
  const tones: Partial<Record<BatchState, string>> = {
    stored: "ok",
    "partly-stored": "warn",
    rejected: "bad",
    unknown: "warn",
  };
  const tone = tones[batch.state] ?? "sub";
  const state = (
    <span className={`small submit-batch-state ${tone}`} data-state={batch.state}>
      {tDynamic(`state.${batch.state}`, {}, batch.state)}
    </span>
  );
  const help = tDynamic(`state.${batch.state}.help`);
  return help ? <Tooltip title={help}>{state}</Tooltip> : state;
}

function Batch({ id }: { id: number }) {
  const answer = useCall("submit.batch", { id });
  return (
    <Shown answer={answer}>
      {({ batch, rejected, rejected_total }) => (
        <>
          <dl className="submit-batch-list">
            <dt>{t("home.col-table")}</dt>
            <dd>
              <a href={`#/fill/${batch.table}`}>{batch.title}</a> <span className="sub small">{batch.table}</span>
            </dd>
            <dt>{t("submit.state")}</dt>
            <dd>
              <State batch={batch} />
            </dd>
            <dt>{t("submit.connection")}</dt>
            <dd>{batch.connection === "rehearsal" ? t("submit.rehearsal") : batch.connection}</dd>
            <dt>{t("submit.rows")}</dt>
            <dd className="num">{count(batch.rows)}</dd>
            {batch.collected !== null && (
              <>
                <dt>{t("submit.collected")}</dt>
                <dd className="num">{count(batch.collected)}</dd>
              </>
            )}
            {batch.stored !== null && (
              <>
                <dt>{t("submit.stored")}</dt>
                <dd className="num">{count(batch.stored)}</dd>
              </>
            )}
            <dt>{t("submit.frozen-at")}</dt>
            <dd>{momentWords(batch.frozen_at)}</dd>
            {batch.sent_at && (
              <>
                <dt>{t("submit.sent-at")}</dt>
                <dd>{momentWords(batch.sent_at)}</dd>
              </>
            )}
            {batch.result_after && batch.stored === null && (
              <>
                <dt>{t("submit.result-after")}</dt>
                <dd>{momentWords(batch.result_after)}</dd>
              </>
            )}
            <dt>{t("submit.hash")}</dt>
            <dd className="submit-batch-hash">{batch.hash}</dd>
          </dl>
          {rejected.length > 0 && <Rejected key={batch.id} first={rejected} total={rejected_total} batch={batch} />}
          {batch.receipt !== null && (
            <>
              <h2>{t("submit.receipt")}</h2>
              <pre className="submit-receipt">{batch.receipt || t("submit.receipt-empty")}</pre>
            </>
          )}
        </>
      )}
    </Shown>
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
        {t("submit.rejected", { n: total })} <span className="sub small">{t("submit.rejected-help")}</span>
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
