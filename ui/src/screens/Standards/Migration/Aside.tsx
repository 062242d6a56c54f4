/** The values that moves kept aside because they have no place in the new edition, to be read and exported. */
import { ArrowLeftOutlined, DownloadOutlined } from "@ant-design/icons";
import { Button, Pagination, Select } from "antd";
import { useState } from "react";

import { type AsideRecord, call, chooseSave, handOver } from "../../../ipc";
import { Shown, WorkBar } from "../../../parts";
import { WORKBOOK } from "../../../parts/files";
import { useSay } from "../../../parts/say";
import { useCall } from "../../../state/calls";
import { useJob } from "../../../state/jobs";
import { count, errorWords, t } from "../../../text";

const PAGE = 50;

export function Aside({ back }: { back(): void }) {
  const say = useSay();
  const job = useJob();
  const [table, setTable] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const answer = useCall("migration.aside", { table, offset: (page - 1) * PAGE, limit: PAGE });

  async function write() {
    const path = await chooseSave(t("migration.aside-file"), [WORKBOOK]);
    if (!path) return;
    try {
      const written = await job.run((number) => call("migration.export_aside", { path, job: number }));
      handOver(written.file);
      say.note(errorWords(written.note));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="migration is-aside">
      <header className="migration-tools">
        <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={back}>
          {t("migration.back")}
        </Button>
        <Select
          aria-label={t("migration.aside-table")}
          style={{ width: 320 }}
          showSearch={{ optionFilterProp: "label" }}
          value={table ?? ""}
          onChange={(next) => {
            setTable(next || null);
            setPage(1);
          }}
          options={[
            { value: "", label: t("migration.aside-all") },
            ...(answer.data?.tables ?? []).map((one) => ({
              value: one.table,
              label: `${one.title}　${t("migration.records", { n: count(one.records) })}`,
            })),
          ]}
        />
        <span className="grow sub">{t("migration.aside-help")}</span>
        {job.running ? (
          <WorkBar job={job} />
        ) : (
          <Button icon={<DownloadOutlined aria-hidden />} onClick={() => void write()}>
            {t("migration.aside-export")}
          </Button>
        )}
      </header>
      <Shown answer={answer}>
        {({ records, total }) => (
          <>
            <div className="scroll" tabIndex={0} role="region" aria-label={t("migration.look-aside")}>
              {records.map((record, i) => (
                <Record key={`${page} ${i}`} record={record} />
              ))}
            </div>
            {total > PAGE && (
              <Pagination
                size="small"
                current={page}
                total={total}
                pageSize={PAGE}
                showSizeChanger={false}
                onChange={setPage}
              />
            )}
          </>
        )}
      </Shown>
    </div>
  );
}

function Record({ record }: { record: AsideRecord }) {
  return (
    <section className="migration-aside-record">
      <header>
        <b>{record.title}</b> <span className="sub small">{record.table}</span>
        {record.period && <span className="sub small">{record.period}</span>}
        {record.to && record.to_row !== null && (
          <a href={`#/fill/${record.to}/${record.to_row}`}>{t("migration.rest")}</a>
        )}
      </header>
      <dl>
        {record.cells.map((cell) => (
          <div key={cell.column} className={cell.aside ? "is-kept" : ""}>
            <dt>{cell.title}</dt>
            <dd>{cell.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
