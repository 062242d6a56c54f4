/** The batches that were made, with their states; a chosen one is shown in full. */
import { Button, Drawer, Tooltip } from "antd";
import { useState } from "react";

import type { BatchView, ShownState } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useCall } from "../../state/calls";
import { errorWords, tDynamic, t } from "../../text";
import { Batch } from "./Batch";

const STEP = 30;

interface BatchesProps {
  open: number | undefined;
  setOpen(id: number | undefined): void;
  /** Something is being sent or asked for. */
  busy: boolean;
  /** The connection that is chosen on the screen; null: the rehearsal. */
  target: string | null;
  /** Sends a batch that was rejected as a whole once more. */
  again(batch: BatchView): Promise<void>;
  /** Asks for results. */
  ask(): Promise<void>;
}

export function Batches({ open, setOpen, ...actions }: BatchesProps) {
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
                    {batch.problem && (
                      <span className="warn small cut submit-batch-facts">{errorWords(batch.problem)}</span>
                    )}
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
        destroyOnHidden
        onClose={() => setOpen(undefined)}
      >
        {open !== undefined && (
          <div className="submit-drawer">
            <Batch id={open} state={(batch) => <State batch={batch} />} {...actions} />
          </div>
        )}
      </Drawer>
    </section>
  );
}

function facts(batch: BatchView): string {
  const rehearsal = batch.connection === "rehearsal";
  const left = batch.sent_at === null ? t("submit.frozen-short") : rehearsal ? "" : t("submit.sent-short");
  const rows = { rows: batch.rows, stored: batch.stored ?? 0, left: batch.left };
  const parts = [
    rehearsal ? t("submit.rehearsal-short") : batch.connection,
    `${left} ${momentWords(batch.sent_at ?? batch.frozen_at)}`.trim(),
    batch.stored !== null
      ? t(rehearsal ? "submit.rehearsed-of" : "submit.stored-of", rows)
      : !rehearsal && batch.left > 0 && batch.left < batch.rows
        ? t("submit.left-of", rows)
        : t("part.rows", { n: batch.rows }),
  ];
  return parts.join(" · ");
}

function State({ batch }: { batch: BatchView }) {
  // A rehearsal is never green: it stores records only on this PC.
  const tones: Partial<Record<ShownState, string>> = {
    stored: "ok",
    "partly-stored": "warn",
    rejected: "bad",
    unknown: "warn",
    waiting: "warn",
    paused: "warn",
    "broken-off": "warn",
    "no-result": "warn",
    "partly-rehearsed": "warn",
    "rehearsed-rejected": "warn",
  };
  const state = (
    <span
      className={`small submit-batch-state ${tones[batch.shown] ?? "sub"}`}
      data-state={batch.state}
      data-shown={batch.shown}
    >
      {tDynamic(`state.${batch.shown}`, {}, batch.shown)}
    </span>
  );
  const help = tDynamic(`state.${batch.shown}.help`);
  return help ? <Tooltip title={help}>{state}</Tooltip> : state;
}
