/** The dialog before sending: what is sent, to whom, and what is checked first. Sending cannot be undone. */
import { CheckCircleFilled, ExclamationCircleFilled, LoadingOutlined } from "@ant-design/icons";
import { Modal } from "antd";
import type { ReactNode } from "react";
import { useEffect, useState } from "react";

import { CallFailure, type ConnectionTest, call, type ReadyTable, type Sent } from "../../ipc";
import { count, errorWords, t } from "../../text";
import { sendable } from "./ReadyList";

interface ConfirmProps {
  connection: string;
  address: string;
  tables: ReadyTable[];
  period: string;
  close(): void;
  send(): void;
}

type Asked<T> = T | CallFailure | undefined;

/** Runs `ask` once; returns its answer, its error, or undefined while it runs. */
function useOnce<T>(ask: () => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<Asked<T>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is made anew for each submission
  useEffect(() => {
    const failed = (error: unknown) =>
      error instanceof CallFailure ? error : new CallFailure({ code: "program.failed", params: {} });
    ask().then(setAnswer, (error) => setAnswer(failed(error)));
  }, []);
  return answer;
}

export function Confirm({ connection, address, tables, period, close, send }: ConfirmProps) {
  const names = tables.map((table) => table.table);
  const checked = useOnce(() =>
    call("submit.send", {
      target: { connection },
      tables: names,
      due: false,
      dry_run: true,
      again: false,
      batch: null,
      job: 0,
    }),
  );
  const test = useOnce(() => call("connection.test", { name: connection }));
  const sent = checked instanceof CallFailure ? undefined : checked;
  const leaves = tables.map((table) => ({ table, rows: rowsOf(table, sent) }));
  const rows = leaves.reduce((sum, one) => sum + one.rows, 0);
  const reachable = test !== undefined && !(test instanceof CallFailure) && test.ok;
  return (
    <Modal
      open
      width={620}
      title={t("submit.confirm", { name: connection })}
      onCancel={close}
      onOk={send}
      okText={t("submit.confirm-send", { rows: count(rows) })}
      okButtonProps={{ disabled: checked === undefined || rows === 0 || !reachable, "data-testid": "confirm-send" }}
      cancelText={t("submit.confirm-cancel")}
    >
      <dl className="submit-confirm">
        <dt>{t("submit.to")}</dt>
        <dd>
          <b>{connection}</b> <span className="sub small">{address}</span>
        </dd>
        <dt>{t("submit.confirm-size")}</dt>
        <dd data-testid="confirm-size">{t("submit.size", { tables: leaves.length, rows: count(rows) })}</dd>
      </dl>
      <div className="submit-leaves">
        <table className="facts">
          <tbody>
            {leaves.map(({ table, rows: leaving }) => (
              <tr key={table.table}>
                <td className="cut">{table.title}</td>
                <td className="num">{t("part.rows", { n: leaving })}</td>
                <td className="sub">
                  {table.accepted > 0 ? t("submit.confirm-before", { n: table.accepted }) : t("submit.confirm-first")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="submit-checks">
        <Check state={checkedState(checked)}>{checkedWords(checked)}</Check>
        <Check state={test === undefined ? "running" : reachable ? "ok" : "bad"}>{testWords(test)}</Check>
        <Check state="ok">{t("submit.check-period", { period: period })}</Check>
        <Check state="note">{t("submit.check-deleted")}</Check>
      </ul>
    </Modal>
  );
}

/** The number of rows of a table that are sent: those of a dry run, and those that wait from before. */
function rowsOf(table: ReadyTable, sent: Sent | undefined): number {
  if (!sent) return sendable(table);
  const fresh = sent.batches.filter((batch) => batch.table === table.table);
  return fresh.reduce((sum, batch) => sum + batch.rows, 0) + table.waiting;
}

type State = "running" | "ok" | "note" | "bad";

function Check({ state, children }: { state: State; children: ReactNode }) {
  const icons = {
    running: <LoadingOutlined aria-hidden />,
    ok: <CheckCircleFilled aria-hidden className="ok" />,
    note: <ExclamationCircleFilled aria-hidden className="warn" />,
    bad: <ExclamationCircleFilled aria-hidden className="bad" />,
  };
  return (
    <li>
      {icons[state]} <span>{children}</span>
    </li>
  );
}

const heldBack = (sent: Sent) =>
  sent.skipped
    .filter((one) => one.reason === "skipped.mandatory" || one.reason === "skipped.unexplained")
    .reduce((sum, one) => sum + one.rows, 0);

function checkedState(checked: Asked<Sent>): State {
  if (checked === undefined) return "running";
  if (checked instanceof CallFailure) return "bad";
  return heldBack(checked) > 0 ? "note" : "ok";
}

function checkedWords(checked: Asked<Sent>): string {
  if (checked === undefined) return t("submit.check-running");
  if (checked instanceof CallFailure) return errorWords(checked);
  const held = heldBack(checked);
  return held > 0 ? t("submit.check-held", { n: held }) : t("submit.check-clean");
}

function testWords(test: Asked<ConnectionTest>): string {
  if (test === undefined) return t("submit.check-connecting");
  if (test instanceof CallFailure) return errorWords(test);
  if (!test.ok) return errorWords(test.error ?? { code: "program.failed", params: {} });
  const offset = test.clock_offset_s ?? 0;
  const clock = Math.abs(offset) > 30 ? t("submit.check-clock", { n: Math.abs(offset) }) : "";
  return t("submit.check-login") + clock;
}
