/** How often the college fills a table, and which department does, where that differs from the standard. */
import { DeleteOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Select } from "antd";
import { useState } from "react";

import type { CallFailure, Overlay } from "../../../ipc";
import { Empty } from "../../../parts";
import { listNamed } from "../../../parts/ListName";
import { useCall } from "../../../state/calls";
import { errorWords, t } from "../../../text";
import { FREQUENCIES, tablesWithDuties } from "./drafts";
import type { SectionProps } from "./section";
import { TableSelect } from "./selects";

export function Duties({ overlay, additions, titles, problems }: SectionProps) {
  const departments = useCall("settings.get", {}).data?.departments ?? [];
  const [added, setAdded] = useState<string[]>([]);
  const [refused, setRefused] = useState<CallFailure>();
  const tables = tablesWithDuties(overlay);
  const shown = [...tables, ...added.filter((table) => !tables.includes(table))];

  async function save(change: (overlay: Overlay) => Overlay) {
    setRefused(await additions.save(change));
  }
  const put = (of: "frequencies" | "departments", table: string, value: string) =>
    void save((now) => {
      const next = { ...now[of] };
      if (value) next[table] = value;
      else delete next[table];
      return { ...now, [of]: next };
    });
  function remove(table: string) {
    setAdded(added.filter((one) => one !== table));
    if (!tables.includes(table)) return;
    const without = <Of extends string>(all: Record<string, Of>): Record<string, Of> =>
      Object.fromEntries(Object.entries(all).filter(([one]) => one !== table));
    void save((now) => ({ ...now, frequencies: without(now.frequencies), departments: without(now.departments) }));
  }

  return (
    <section className="own-duties scroll">
      <p className="sub">{t("own.duties-help")}</p>
      <div className="own-duties-add">
        <TableSelect
          aria-label={t("own.add-duty")}
          placeholder={t("own.add-duty-hint")}
          value=""
          without={shown}
          onChange={(table) => setAdded([...added, table])}
        />
      </div>
      {refused && (
        <p className="own-problem" role="alert">
          {errorWords(refused)}
        </p>
      )}
      {shown.length === 0 ? (
        <Empty title={t("own.no-duties")}>{t("own.no-duties-help")}</Empty>
      ) : (
        <table className="facts">
          <thead>
            <tr>
              <th>{t("own.table")}</th>
              <th style={{ width: 220 }}>{t("own.frequency")}</th>
              <th style={{ width: 280 }}>{t("own.department")}</th>
              <td style={{ width: 44 }} />
            </tr>
          </thead>
          <tbody>
            {shown.map((table) => {
              const title = titles.get(table) ?? table;
              return (
                <tr key={table}>
                  <td>
                    {title} <span className="sub small">{table}</span>
                    {problems.get(table) && <p className="warn small">{problems.get(table)}</p>}
                  </td>
                  <td>
                    <Select
                      aria-label={t("own.frequency-of", { title })}
                      popupRender={listNamed(t("own.frequency-of", { title }))}
                      style={{ width: "100%" }}
                      allowClear
                      placeholder={t("own.as-printed")}
                      value={overlay.frequencies[table] ?? null}
                      onChange={(value: string | undefined) => put("frequencies", table, value ?? "")}
                      options={FREQUENCIES.map((value) => ({ value, label: t(`frequency.${value}`) }))}
                    />
                  </td>
                  <td>
                    <Department
                      title={title}
                      saved={overlay.departments[table] ?? ""}
                      names={departments.map(({ name }) => name)}
                      put={(name) => put("departments", table, name)}
                    />
                  </td>
                  <td>
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={t("own.remove-of", { title })}
                      onClick={() => remove(table)}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Kept when the field is left: a name is not saved letter by letter. */
function Department({
  title,
  saved,
  names,
  put,
}: {
  title: string;
  saved: string;
  names: string[];
  put(name: string): void;
}) {
  const [draft, setDraft] = useState<string>();
  function keep(name: string) {
    setDraft(undefined);
    if (name.trim() !== saved) put(name.trim());
  }
  return (
    <AutoComplete
      aria-label={t("own.department-of", { title })}
      popupRender={listNamed(t("own.department-of", { title }))}
      style={{ width: "100%" }}
      allowClear
      placeholder={t("own.nobody")}
      value={draft ?? saved}
      options={names.filter((name) => name.includes(draft ?? "")).map((value) => ({ value }))}
      onChange={(text: string | undefined) => setDraft(text ?? "")}
      onSelect={(name) => keep(name ?? "")}
      onClear={() => keep("")}
      onBlur={() => draft !== undefined && keep(draft)}
    />
  );
}
