/** What a source reads, into which table, and who asks for it. */
import { FolderOpenOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";

import { chooseFiles, type Source } from "../../ipc";
import { IMPORTS } from "../../parts/files";
import { useCall } from "../../state/calls";
import { t } from "../../text";
import { hasQuery, hasServer, KINDS } from "./source";

interface SourcePlaceProps {
  source: Source;
  change(changed: Partial<Source>): void;
  password: string;
  setPassword(password: string): void;
  hasPassword: boolean;
  hasOdbc: boolean;
}

const PROTECTIONS = ["verified", "unverified", "off"] as const;

export function SourcePlace({ source, change, password, setPassword, hasPassword, hasOdbc }: SourcePlaceProps) {
  const tree = useCall("standard.tree", { edition: null }).data;
  const tables = tree?.subsets.flatMap((subset) => subset.tables) ?? [];
  const { kind } = source;

  async function choose() {
    const [path] = await chooseFiles(kind === "file" ? [IMPORTS] : [], false);
    if (path) change({ path });
  }

  return (
    <div className="sources-place-form">
      <Line label={t("sources.name")}>
        <Input
          aria-label={t("sources.name")}
          placeholder={t("sources.name-hint")}
          value={source.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Line>
      <Line label={t("workbooks.col-tables")}>
        <Select
          showSearch={{ filterOption: (find, option) => String(option?.search ?? "").includes(find.toLowerCase()) }}
          aria-label={t("workbooks.col-tables")}
          placeholder={t("sources.table-hint")}
          {...(source.table ? { value: source.table } : {})}
          onChange={(table) => change({ table, columns: {}, codes: {} })}
          options={tables.map((one) => ({
            value: one.table,
            label: one.title,
            title: one.table,
            search: `${one.search} ${one.table.toLowerCase()}`,
          }))}
        />
      </Line>
      <Line label={t("sources.reads")}>
        <Select
          aria-label={t("sources.reads")}
          value={kind}
          onChange={(chosen) => change({ kind: chosen })}
          options={KINDS.map((one) => ({
            value: one,
            label: t(`sources.kind-${one}`),
            disabled: one === "odbc" && !hasOdbc,
          }))}
        />
      </Line>
      {hasServer(kind) ? (
        <>
          <Line label={t("sources.host")}>
            <Input
              aria-label={t("sources.host")}
              placeholder="10.0.0.8"
              value={source.host}
              onChange={(event) => change({ host: event.target.value.trim() })}
            />
            <InputNumber
              aria-label={t("sources.port")}
              min={0}
              max={65535}
              controls={false}
              style={{ width: 110 }}
              placeholder={kind === "mysql" ? "3306" : "5432"}
              value={source.port || null}
              onChange={(port) => change({ port: port ?? 0 })}
            />
          </Line>
          <Line label={t("sources.database")}>
            <Input
              aria-label={t("sources.database")}
              value={source.database}
              onChange={(event) => change({ database: event.target.value.trim() })}
            />
          </Line>
          <Line label={t("sources.protection")}>
            <Select
              aria-label={t("sources.protection")}
              value={source.protection}
              onChange={(protection) => change({ protection })}
              options={PROTECTIONS.map((one) => ({ value: one, label: t(`sources.protection-${one}`) }))}
            />
          </Line>
        </>
      ) : (
        <Line label={t(`sources.path-${kind}`)}>
          <Input
            aria-label={t(`sources.path-${kind}`)}
            placeholder={t(`sources.path-${kind}-hint`)}
            value={source.path}
            onChange={(event) => change({ path: event.target.value })}
          />
          {(kind === "file" || kind === "sqlite") && (
            <Button icon={<FolderOpenOutlined />} onClick={() => void choose()}>
              {t("sources.browse")}
            </Button>
          )}
        </Line>
      )}
      {(hasServer(kind) || kind === "odbc") && (
        <Line label={t("sources.account")}>
          <Input
            aria-label={t("sources.user")}
            placeholder={t("sources.user")}
            autoComplete="off"
            value={source.user}
            onChange={(event) => change({ user: event.target.value })}
          />
          <Input.Password
            aria-label={t("sources.password")}
            placeholder={hasPassword ? t("sources.password-kept") : t("sources.password")}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Line>
      )}
      {hasQuery(kind) && (
        <>
          <Line label={t("sources.query")}>
            <Input.TextArea
              aria-label={t("sources.query")}
              className="sources-query"
              placeholder={t("sources.query-hint")}
              autoSize={{ minRows: 4, maxRows: 10 }}
              value={source.query}
              onChange={(event) => change({ query: event.target.value })}
            />
          </Line>
          <Line label={t("sources.seconds")}>
            <InputNumber
              aria-label={t("sources.seconds")}
              min={1}
              max={86_400}
              suffix={t("sources.seconds-unit")}
              style={{ width: 140 }}
              value={source.seconds}
              onChange={(seconds) => change({ seconds: seconds ?? 300 })}
            />
          </Line>
        </>
      )}
      <p className="sub small sources-about">{t(`sources.about-${kind}`)}</p>
    </div>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="sources-line">
      <span className="sources-label">{label}</span>
      <div className="sources-field">{children}</div>
    </div>
  );
}
