/** Subsets, tables and fields, with everything the standard says about a field. */
import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useState } from "react";

import type { FieldSpec, TableSpec } from "../../../ipc";
import { Empty, Shown } from "../../../parts";
import { useInSight } from "../../../parts/useInSight";
import { useCall } from "../../../state/calls";
import { go } from "../../../state/route";
import { said, t } from "../../../text";
import { listHash, tableHash } from "./parts";
import { fieldFacts } from "../../Fill/FieldHelp";

export function Tables({ table, column, edition }: { table: string | undefined; column: string | undefined; edition: string | undefined }) {
  const tree = useCall("standard.tree", { edition: edition ?? null });
  const [find, setFind] = useState("");
  const query = find.trim().toLowerCase();
  const subsets = tree.data?.subsets ?? [];
  const active = table ?? subsets[0]?.tables[0]?.table;
  const list = useInSight(tree.data && active);
  const spec = useCall("standard.table", active ? { edition: edition ?? null, table: active } : null);
  return (
    <div className="standards">
      <aside className="tree" aria-label={t("standards.tables")}>
        <div className="tree-search">
          <Input allowClear prefix={<SearchOutlined />} placeholder={t("part.search-table")} value={find} onChange={(event) => setFind(event.target.value)} />
        </div>
        <div className="scroll" ref={list}>
          {subsets.map((subset) => {
            const shown = subset.tables.filter((one) => query === "" || one.search.includes(query) || one.table.toLowerCase().includes(query));
            if (shown.length === 0) return null;
            return (
              <section key={subset.code}>
                <h2>
                  <span className="grow">{subset.title}</span>
                  {t("fill.tables", { n: shown.length })}
                </h2>
                {shown.map((one) => (
                  <a key={one.table} href={tableHash(edition, one.table)} className={one.table === active ? "on" : ""} title={one.table}>
                    <span className="grow cut">{one.title}</span>
                    <span className="tree-empty">{one.fields}</span>
                  </a>
                ))}
              </section>
            );
          })}
        </div>
      </aside>
      <Shown answer={spec}>{(data) => <Table key={data.table} spec={data} column={column} edition={edition} />}</Shown>
    </div>
  );
}

function Table({ spec, column, edition }: { spec: TableSpec; column: string | undefined; edition: string | undefined }) {
  const chosen = spec.fields.find((field) => field.column === column) ?? spec.fields.find((field) => !field.system);
  const facts = [
    spec.table,
    `${spec.subset} › ${spec.data_class}`,
    said(`frequency.${spec.frequency}`, {}, spec.frequency_text),
    spec.scope,
    spec.source_system && t("fill.source", { name: spec.source_system }),
  ].filter(Boolean);
  return (
    <>
      <section className="standards-table">
        <div className="work-title">
          <h1>{spec.title}</h1>
          <span className="cut" title={facts.join(" · ")}>
            {facts.join(" · ")}
          </span>
        </div>
        <div className="scroll">
          <table className="facts">
            <thead>
              <tr>
                <th className="num" style={{ width: 40 }}>#</th>
                <th>{t("standards.field")}</th>
                <th style={{ width: 150 }}>{t("standards.column")}</th>
                <th style={{ width: 100 }}>{t("standards.kind")}</th>
                <th style={{ width: 90 }}>{t("standards.size")}</th>
                <th>{t("standards.list")}</th>
              </tr>
            </thead>
            <tbody>
              {spec.fields.map((field, i) => (
                <tr
                  key={field.column}
                  className={`go${field.column === chosen?.column ? " on" : ""}`}
                  onClick={() => go({ screen: "standards", what: spec.table, column: field.column, edition })}
                >
                  <td className="num sub">{i + 1}</td>
                  <td className="cut">
                    {field.required && <span className="bad">*</span>} {field.title}
                    {field.system && <span className="sub small">　{t("standards.system")}</span>}
                  </td>
                  <td className="sub cut" title={field.column}>
                    {field.column}
                  </td>
                  <td>{said(`kind.${field.kind}`, {}, field.kind)}</td>
                  <td className="sub">{size(field)}</td>
                  <td className="cut">
                    {field.code_list && (
                      <a href={listHash(edition, field.code_list)} onClick={(event) => event.stopPropagation()}>
                        {field.code_list_title ?? field.code_list}
                      </a>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <aside className="standards-side scroll" aria-label={t("standards.field")}>{chosen ? <Field field={chosen} spec={spec} edition={edition} /> : <Empty title={t("part.no-match")} />}</aside>
    </>
  );
}

function size(field: FieldSpec): string {
  if (field.precision !== null) return `${field.precision},${field.scale ?? 0}`;
  return field.max_length?.toString() ?? "";
}

function Field({ field, spec, edition }: { field: FieldSpec; spec: TableSpec; edition: string | undefined }) {
  const lines: [string, string | null | undefined][] = [
    [t("standards.column"), field.column],
    [t("standards.item"), field.item_id],
    [t("standards.printed"), field.type],
    [t("standards.asks"), fieldFacts(field).join("　")],
    [t("standards.format"), field.format],
    [t("standards.key"), spec.natural_key.includes(field.column) ? t("standards.key-yes") : null],
    [t("standards.references"), field.references.join("、") || null],
    [t("standards.sensitivity"), field.sensitivity === "none" ? null : said(`standards.sensitivity-${field.sensitivity}`)],
    [t("standards.doubt"), field.doubt],
  ];
  return (
    <>
      <h2>{field.title}</h2>
      {field.description && <p>{field.description}</p>}
      <dl>
        {lines.map(
          ([title, text]) =>
            text && (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
      {field.code_list && <a href={listHash(edition, field.code_list)}>{t("standards.see-list", { title: field.code_list_title ?? field.code_list })}</a>}
    </>
  );
}
