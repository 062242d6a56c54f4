/** The audit log of the book: the newest entries, whether it is as it was written, and a file of all of it. */
import { Button, Table } from "antd";

import { type AuditView, type BookHead, call, chooseSave, handOver } from "../../ipc";
import { Shown } from "../../parts";
import { dayOf, momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { errorWords, tDynamic, t } from "../../text";

/** Entries that are shown. */
const SHOWN = 100;

export function AuditLog({ head }: { head: BookHead }) {
  const say = useSay();
  const answer = useCall("audit.list", { offset: 0, limit: SHOWN });

  async function write() {
    const name = `${head.college.name}-${t("audit.title")}-${dayOf(knownNow())}.csv`;
    const path = await chooseSave(name, [{ name: t("file.csv"), extensions: ["csv"] }]);
    if (!path) return;
    try {
      await call("audit.write", { path });
      handOver(path);
      say.done(t("audit.written"));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <>
      <h2>{t("audit.title")}</h2>
      <p className="sub">{t("audit.help")}</p>
      <Shown answer={answer}>
        {({ entries, total, broken }) => (
          <>
            <p className={broken === null ? "sub" : "settings-warn"}>
              {broken === null ? t("audit.whole", { n: total }) : t("audit.broken", { no: broken })}
            </p>
            <Table<AuditView>
              size="small"
              rowKey="no"
              dataSource={entries}
              pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
              locale={{ emptyText: t("audit.empty") }}
              columns={[
                { title: t("audit.at"), dataIndex: "at", render: (at: string) => momentWords(at) },
                { title: t("audit.who"), dataIndex: "who" },
                {
                  title: t("audit.what"),
                  dataIndex: "what",
                  render: (what: AuditView["what"]) => tDynamic(`audit.${what}`),
                },
                { title: t("audit.about"), dataIndex: "about", ellipsis: true, render: aboutWords },
                { title: t("audit.rows"), dataIndex: "rows", align: "right" },
                {
                  title: t("audit.result"),
                  dataIndex: "result",
                  render: (result: string) =>
                    result === "done" ? t("audit.done") : errorWords({ code: result, params: {} }),
                },
              ]}
            />
            <Button onClick={() => void write()}>{t("audit.write")}</Button>
          </>
        )}
      </Shown>
    </>
  );
}

/** What an entry is about: settings are entered by their call, the rest as it stands. */
function aboutWords(about: string) {
  const [call = "", ...rest] = about.split(" ");
  const words = [tDynamic(`audit.call-${call}`, {}, call), ...rest].join(" ");
  return <span title={words}>{words}</span>;
}
