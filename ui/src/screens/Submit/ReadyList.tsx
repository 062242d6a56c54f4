/** Tables with records to send, and how many records are left out and why. */
import { Checkbox } from "antd";

import type { ReadyTable } from "../../ipc";
import { Empty } from "../../parts";
import { dayWords } from "../../parts/dates";
import { count, tDynamic, t } from "../../text";

/** The number of records that would be sent now: new and changed ones, and frozen ones that were not sent yet. */
export function sendable(table: ReadyTable): number {
  return Math.max(0, table.to_send - table.blocked - table.unexplained) + table.waiting;
}

interface ReadyListProps {
  tables: ReadyTable[];
  /** Tables that have records, shown or not. */
  total: number;
  all: boolean;
  setAll(all: boolean): void;
  marked: Set<string>;
  setMarked(marked: Set<string>): void;
  today: string;
}

export function ReadyList({ tables, total, all, setAll, marked, setMarked, today }: ReadyListProps) {
  const shown = [...tables].sort((a, b) => (a.due ?? "9").localeCompare(b.due ?? "9"));
  const able = shown.filter((table) => sendable(table) > 0);
  const some = able.filter((table) => marked.has(table.table)).length;

  if (total === 0) return <Empty title={t("submit.nothing")}>{t("submit.nothing-help")}</Empty>;
  return (
    <>
      <div className="scroll submit-scroll">
        {shown.length === 0 ? (
          <Empty title={t("submit.all-sent")}>{t("submit.all-sent-help")}</Empty>
        ) : (
          <table className="facts">
            <thead>
              <tr>
                <th style={{ width: 32 }}>
                  <Checkbox
                    aria-label={t("submit.mark-all")}
                    disabled={able.length === 0}
                    checked={able.length > 0 && some === able.length}
                    indeterminate={some > 0 && some < able.length}
                    onChange={(event) =>
                      setMarked(new Set(event.target.checked ? able.map((table) => table.table) : []))
                    }
                  />
                </th>
                <th>{t("home.col-table")}</th>
                <th className="num" style={{ width: 72 }}>
                  {t("submit.col-send")}
                </th>
                <th style={{ width: 150 }}>{t("submit.col-behind")}</th>
                <th className="num" style={{ width: 72 }}>
                  {t("submit.col-accepted")}
                </th>
                <th style={{ width: 96 }}>{t("home.col-due")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((table) => (
                <tr key={table.table}>
                  <td>
                    <Checkbox
                      aria-label={table.title}
                      disabled={sendable(table) === 0}
                      checked={sendable(table) > 0 && marked.has(table.table)}
                      onChange={(event) => {
                        const next = new Set(marked);
                        if (event.target.checked) next.add(table.table);
                        else next.delete(table.table);
                        setMarked(next);
                      }}
                    />
                  </td>
                  <td>
                    <a
                      className="cut submit-title"
                      href={`#/fill/${table.table}`}
                      title={`${table.title}　${table.table}`}
                    >
                      {table.title}
                    </a>
                  </td>
                  <td className="num">
                    {sendable(table) > 0 ? count(sendable(table)) : <span className="sub">—</span>}
                  </td>
                  <td>
                    <Behind table={table} />
                  </td>
                  <td className="num">{count(table.accepted)}</td>
                  <td className="nowrap">
                    {table.due ? (
                      <span className={table.due <= today ? "bad" : ""}>{dayWords(table.due, today)}</span>
                    ) : (
                      <span className="sub">{tDynamic(`frequency.${table.frequency}`)}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <Checkbox className="submit-all" checked={all} onChange={(event) => setAll(event.target.checked)}>
        {t("submit.show-all", { n: total })}
      </Checkbox>
    </>
  );
}

function Behind({ table }: { table: ReadyTable }) {
  const parts = [
    table.blocked > 0 && (
      <a key="b" className="bad" href={`#/fill/${table.table}`}>
        {t("submit.blocked", { n: table.blocked })}
      </a>
    ),
    table.unexplained > 0 && (
      <a key="u" className="warn" href={`#/fill/${table.table}`}>
        {t("submit.unexplained", { n: table.unexplained })}
      </a>
    ),
    table.waiting > 0 && (
      <span key="w" className="warn">
        {t("submit.waiting", { n: table.waiting })}
      </span>
    ),
    table.under_way > table.waiting && (
      <span key="s" className="sub">
        {t("submit.under-way", { n: table.under_way - table.waiting })}
      </span>
    ),
  ].filter(Boolean);
  return parts.length > 0 ? (
    <span className="row submit-behind">{parts}</span>
  ) : (
    <span className="ok">{t("part.none")}</span>
  );
}
