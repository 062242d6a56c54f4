/** 对账: what this book sent against what the receiver says, by table, and each line that the two do not agree on. */
import { Alert, Button, Drawer } from "antd";
import { useState } from "react";

import { call, type ReconcileLine, type Reconciliation } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { count, errorWords, t } from "../../text";

interface ReconcileProps {
  open: boolean;
  /** The connection that is chosen on the screen; null: the rehearsal. */
  connection: string | null;
  close(): void;
  /** Opens a batch. */
  show(batch: number): void;
}

export function Reconcile({ open, connection, close, show }: ReconcileProps) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const answer = useCall("submit.reconciled", open ? {} : null);

  async function now() {
    setBusy(true);
    try {
      await call("submit.reconcile", { connection, days: 0 });
      answer.reload();
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Drawer size={720} title={t("submit.reconcile")} open={open} destroyOnHidden onClose={close}>
      <div className="submit-drawer" data-testid="reconcile">
        <p className="sub">{t(connection === null ? "submit.reconcile-rehearsal" : "submit.reconcile-help")}</p>
        <Button loading={busy} disabled={connection === null} onClick={() => void now()}>
          {t("submit.reconcile-now")}
        </Button>
        <Shown answer={answer}>
          {(made) => (made === null ? <Empty title={t("submit.reconcile-none")} /> : <Made made={made} show={show} />)}
        </Shown>
      </div>
    </Drawer>
  );
}

function Made({ made, show }: { made: Reconciliation; show(batch: number): void }) {
  const n = made.unexplained_total;
  return (
    <>
      <p>{t("submit.reconcile-made", { at: momentWords(made.at), name: made.connection })}</p>
      {made.interrupted && <Alert type="warning" showIcon title={errorWords(made.interrupted)} />}
      <Alert
        type={n > 0 ? "warning" : "success"}
        showIcon
        title={t("submit.reconcile-sum", { agreed: count(made.agreed), open: count(made.open), n: count(n) })}
        description={n === 0 && made.interrupted === null ? t("submit.reconcile-all") : undefined}
      />
      {made.tables.length > 0 && (
        <table className="facts submit-reconcile">
          <thead>
            <tr>
              <th>{t("home.col-table")}</th>
              <th className="num">{t("submit.reconcile-ours")}</th>
              <th className="num">{t("submit.reconcile-theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {made.tables.map((table) => (
              <tr key={table.table}>
                <td className="cut" title={table.table}>
                  {table.title || table.table}
                </td>
                <td className="num nowrap">{numbers(table.deliveries, table.rows, table.ours_stored)}</td>
                <td className={`num nowrap ${table.ours_stored === table.theirs_stored ? "" : "warn"}`}>
                  {numbers(table.entries, table.collected, table.theirs_stored)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {n > 0 && (
        <>
          <h2>{t("submit.reconcile-unexplained", { n: count(n) })}</h2>
          <ul className="submit-unexplained">
            {made.unexplained.map((line, i) => (
              <li key={i} data-kind={line.kind}>
                {lineWords(line)}{" "}
                {line.batch !== null && (
                  <Button size="small" type="link" onClick={() => line.batch !== null && show(line.batch)}>
                    {t("submit.batch", { id: String(line.batch) })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {n > made.unexplained.length && <p>{t("submit.reconcile-more", { n: n - made.unexplained.length })}</p>}
        </>
      )}
    </>
  );
}

const numbers = (...of: number[]) => of.map(count).join(" / ");

function lineWords(line: ReconcileLine): string {
  const values = {
    batch: String(line.batch ?? ""),
    title: line.title || line.table || "",
    time: line.time ?? "",
    collected: count(line.collected ?? 0),
    stored: count(line.stored ?? 0),
  };
  const keys = {
    gone: "submit.reconcile-gone",
    differs: "submit.reconcile-differs",
    foreign: "submit.reconcile-foreign",
  } as const;
  return t(keys[line.kind], values);
}
