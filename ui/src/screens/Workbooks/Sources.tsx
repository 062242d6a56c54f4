/** 数据来源: saved sources of records, with their last runs; one of them is run, tried or edited. */
import { DeleteOutlined, FileTextOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, App, Button } from "antd";
import { useState } from "react";

import { CallFailure, call, chooseFiles, type SourceView } from "../../ipc";
import { Empty, Shown, WorkBar } from "../../parts";
import { momentWords } from "../../parts/dates";
import { baseName } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useJob } from "../../state/jobs";
import { go } from "../../state/route";
import { count, errorWords, t } from "../../text";
import { lookNext } from "./lookedAt";
import { SourceEditor } from "./SourceEditor";
import { NEW_SOURCE, placeOf } from "./source";
import "./Sources.css";

export function Sources() {
  const say = useSay();
  const job = useJob();
  const { modal } = App.useApp();
  const answer = useCall("source.list", {});
  const [edited, setEdited] = useState<SourceView>();
  /** The message of the last run where it read no records; it is shown until something else is done. */
  const [said, setSaid] = useState<{ text: string; failed: boolean }>();

  async function run(view: SourceView) {
    setSaid(undefined);
    try {
      const { proposal, passed_over, known } = await job.run((number) =>
        call("source.run", { name: view.source.name, once: false, job: number }),
      );
      const left = passed_over.map((one) => `${baseName(one.file)}：${errorWords(one.error)}`).join("；");
      if (proposal) {
        if (left) say.note(left);
        lookNext(proposal.id);
        go({ screen: "workbooks", what: "import" });
      } else {
        setSaid({ text: [t("sources.no-new", { known }), left].filter(Boolean).join(" "), failed: left !== "" });
      }
    } catch (error) {
      if (error instanceof CallFailure && error.code !== "job.cancelled")
        setSaid({ text: errorWords(error), failed: true });
      else say.failed(error);
    }
  }

  /** A source file, as the command line uses it; the file's name is the source's. */
  async function read() {
    const [path] = await chooseFiles([{ name: t("sources.file"), extensions: ["toml"] }], false);
    if (!path) return;
    try {
      await call("source.read", { name: baseName(path).replace(/\.toml$/i, ""), file: path });
      answer.reload();
    } catch (error) {
      say.failed(error);
    }
  }

  function remove({ source: { name } }: SourceView) {
    modal.confirm({
      title: t("sources.remove", { name }),
      content: t("sources.remove-help"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await call("source.remove", { name });
          answer.reload();
        } catch (error) {
          say.failed(error);
        }
      },
    });
  }

  if (edited)
    return (
      <SourceEditor
        view={edited}
        hasOdbc={answer.data?.has_odbc ?? false}
        done={() => {
          setEdited(undefined);
          answer.reload();
        }}
      />
    );

  return (
    <section className="card workbooks-plane" aria-label={t("workbooks.sources")}>
      <div className="row">
        <h2 className="grow">{t("workbooks.sources")}</h2>
        <Button icon={<FileTextOutlined />} title={t("sources.read-help")} onClick={() => void read()}>
          {t("sources.read")}
        </Button>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited(NEW_SOURCE)}>
          {t("sources.add")}
        </Button>
      </div>
      {said && (
        <Alert
          className="sources-said"
          type={said.failed ? "error" : "info"}
          showIcon
          closable={{ onClose: () => setSaid(undefined) }}
          title={said.text}
        />
      )}
      {job.running && (
        <div className="sources-said">
          <WorkBar job={job} />
        </div>
      )}
      <Shown answer={answer}>
        {({ sources }) =>
          sources.length === 0 ? (
            <Empty title={t("sources.none")}>{t("sources.none-help")}</Empty>
          ) : (
            <div className="scroll workbooks-plane-body">
              <table className="facts sources-list">
                <thead>
                  <tr>
                    <th>{t("sources.name")}</th>
                    <th>{t("sources.reads")}</th>
                    <th>{t("workbooks.col-tables")}</th>
                    <th>{t("sources.last")}</th>
                    <th style={{ width: 190 }}>
                      <span className="unseen">{t("sources.run")}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {sources.map((view) => (
                    <tr key={view.source.name}>
                      <td>
                        <b>{view.source.name}</b>
                      </td>
                      <td className="sources-place">
                        {t(`sources.kind-${view.source.kind}`)}
                        <span className="sub small cut" title={placeOf(view.source)}>
                          {placeOf(view.source)}
                        </span>
                      </td>
                      <td title={view.source.table}>{view.table_title ?? view.source.table}</td>
                      <td>
                        <LastRun view={view} />
                      </td>
                      <td className="sources-acts">
                        <Button type="primary" size="small" disabled={job.running} onClick={() => void run(view)}>
                          {t("sources.run")}
                        </Button>
                        <Button size="small" onClick={() => setEdited(view)}>
                          {t("sources.edit")}
                        </Button>
                        <Button
                          type="text"
                          size="small"
                          icon={<DeleteOutlined />}
                          aria-label={t("sources.remove", { name: view.source.name })}
                          onClick={() => remove(view)}
                        />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </section>
  );
}

/** When a source ran the last time, and what came of it. */
function LastRun({ view: { last } }: { view: SourceView }) {
  if (!last) return <span className="sub">{t("sources.never")}</span>;
  const numbers = { rows: count(last.rows), new: count(last.new), changed: count(last.changed) };
  return (
    <>
      {momentWords(last.at)}
      {last.error ? (
        <span className="bad small sources-more">{errorWords(last.error)}</span>
      ) : (
        <span className="sub small sources-more">
          {last.files === 0
            ? t("sources.last-nothing")
            : t(last.applied ? "sources.last-in" : "sources.last-read", numbers)}
          {last.undecided > 0 && <span className="warn">{t("workbooks.will-wait", { n: count(last.undecided) })}</span>}
        </span>
      )}
    </>
  );
}
