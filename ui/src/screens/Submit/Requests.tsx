/** 通信记录: each request to a receiver: when, how long, how many bytes, and what came back, without values. */
import { Button, Drawer, Segmented } from "antd";
import { useState } from "react";

import { call, type RequestLine } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { count, t, tDynamic } from "../../text";

/** Requests that are read at once. */
const PAGE = 100;

interface RequestsProps {
  open: boolean;
  /** Name of the connection; that of the rehearsal, too. */
  connection: string;
  close(): void;
}

export function Requests({ open, connection, close }: RequestsProps) {
  const say = useSay();
  const [failed, setFailed] = useState(false);
  const [older, setOlder] = useState<RequestLine[]>([]);
  const [moreBehind, setMoreBehind] = useState<boolean>();
  const first = useCall("submit.requests", open ? { connection, failed, before: null, limit: PAGE } : null);

  async function readOlder(before: number) {
    try {
      const page = await call("submit.requests", { connection, failed, before, limit: PAGE });
      setOlder((known) => [...known, ...page.requests]);
      setMoreBehind(page.more);
    } catch (error) {
      say.failed(error);
    }
  }

  function choose(onlyFailed: boolean) {
    setFailed(onlyFailed);
    setOlder([]);
    setMoreBehind(undefined);
  }

  return (
    <Drawer size={860} title={t("submit.requests")} open={open} destroyOnHidden onClose={close}>
      <div className="submit-drawer" data-testid="requests">
        <p className="sub">{t("submit.requests-help")}</p>
        <Segmented
          size="small"
          value={failed}
          onChange={choose}
          options={[
            { value: false, label: t("submit.requests-all") },
            { value: true, label: t("submit.requests-failed") },
          ]}
        />
        <Shown answer={first}>
          {(page) => {
            // What was read before the newest page came anew is not shown twice.
            const end = page.requests.at(-1)?.no ?? 0;
            const lines = [...page.requests, ...older.filter((line) => line.no < end)];
            const last = lines.at(-1);
            if (!last) return <Empty title={t(failed ? "submit.requests-none-failed" : "submit.requests-none")} />;
            return (
              <>
                <Lines lines={lines} />
                {(moreBehind ?? page.more) && (
                  <Button type="link" onClick={() => void readOlder(last.no)}>
                    {t("submit.requests-more")}
                  </Button>
                )}
              </>
            );
          }}
        </Shown>
      </div>
    </Drawer>
  );
}

function Lines({ lines }: { lines: RequestLine[] }) {
  return (
    <table className="facts submit-requests">
      <thead>
        <tr>
          <th>{t("submit.requests-at")}</th>
          <th>{t("submit.requests-purpose")}</th>
          <th>{t("home.col-table")}</th>
          <th className="num">{t("submit.requests-bytes")}</th>
          <th className="num">{t("submit.requests-took")}</th>
          <th>{t("submit.requests-outcome")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ no, at, title, request }) => (
          <tr key={no} data-outcome={request.outcome}>
            <td className="nowrap" title={at}>
              {momentWords(at)}
            </td>
            <td className="nowrap">
              {tDynamic(`request.${request.purpose}`)}
              {request.rows !== null && ` ${t("submit.requests-rows", { n: count(request.rows) })}`}
            </td>
            <td className="cut" title={request.table}>
              {title || request.table}
            </td>
            <td className="num nowrap">
              {count(request.sent)} / {request.received === null ? "-" : count(request.received)}
            </td>
            <td className="num nowrap">{duration(request.took_ms)}</td>
            <td>
              <span className={request.outcome === "done" ? "" : "bad"}>{tDynamic(`request.${request.outcome}`)}</span>
              {request.status !== null && request.status !== 200 && ` HTTP ${request.status}`}
              {request.answer !== "" && <code className="submit-answer">{request.answer}</code>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const duration = (ms: number) =>
  ms < 1000 ? t("submit.requests-ms", { n: String(ms) }) : t("submit.requests-s", { n: (ms / 1000).toFixed(1) });
