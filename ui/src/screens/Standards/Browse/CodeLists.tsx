/** Code lists: found by name or pinyin, their codes, and the fields that use them. */
import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Segmented } from "antd";
import { useDeferredValue, useState } from "react";

import type { CodeListSummary } from "../../../ipc";
import { Empty, Shown } from "../../../parts";
import { useInSight } from "../../../parts/useInSight";
import { useCall } from "../../../state/calls";
import { listHash, tableHash } from "./parts";
import { count, t } from "../../../text";

export function CodeLists({ chosen, edition }: { chosen: string | undefined; edition: string | undefined }) {
  const answer = useCall("standard.code_lists", { edition: edition ?? null });
  const [find, setFind] = useState("");
  const list = useInSight(answer.data && chosen);
  const query = find.trim().toLowerCase();
  return (
    <Shown answer={answer}>
      {(lists) => {
        const shown = lists.filter((list) => query === "" || list.search.includes(query) || list.id.toLowerCase().includes(query));
        const active = lists.find((list) => list.id === chosen) ?? shown[0];
        const groups = [
          { title: t("standards.own-lists"), lists: shown.filter((list) => !list.national) },
          { title: t("standards.national-lists"), lists: shown.filter((list) => list.national) },
        ];
        return (
          <div className="standards">
            <aside className="tree" aria-label={t("standards.codes")}>
              <div className="tree-search">
                <Input allowClear prefix={<SearchOutlined />} placeholder={t("standards.search-list")} value={find} onChange={(event) => setFind(event.target.value)} />
              </div>
              <div className="scroll" ref={list}>
                {groups.map(
                  (group) =>
                    group.lists.length > 0 && (
                      <section key={group.title}>
                        <h2>
                          <span className="grow">{group.title}</span>
                          {count(group.lists.length)}
                        </h2>
                        {group.lists.map((list) => (
                          <a key={list.id} href={listHash(edition, list.id)} className={list.id === active?.id ? "on" : ""} title={list.id}>
                            <span className="grow cut">{list.title}</span>
                            <span className="tree-empty">{count(list.codes)}</span>
                          </a>
                        ))}
                      </section>
                    ),
                )}
              </div>
            </aside>
            {active ? <List key={active.id} list={active} edition={edition} /> : <Empty title={t("part.no-match")} />}
          </div>
        );
      }}
    </Shown>
  );
}

function List({ list, edition }: { list: CodeListSummary; edition: string | undefined }) {
  const [find, setFind] = useState("");
  const [limit, setLimit] = useState(200);
  const [side, setSide] = useState<"used" | "about">("used");
  const answer = useCall("standard.codes", { edition: edition ?? null, list: list.id, find: useDeferredValue(find.trim()), parent: null, offset: 0, limit });
  return (
    <>
      <section className="standards-table">
        <div className="work-title">
          <h1>{list.title}</h1>
          <span className="cut">{[list.id, list.source, t("grid.codes", { n: count(list.codes) })].filter(Boolean).join(" · ")}</span>
        </div>
        <div className="standards-find">
          <Input allowClear prefix={<SearchOutlined />} placeholder={t("standards.search-code")} value={find} onChange={(event) => setFind(event.target.value)} />
        </div>
        <Shown answer={answer}>
          {({ codes, total }) => (
            <div className="scroll">
              {codes.length === 0 ? (
                <Empty title={t("part.no-match")} />
              ) : (
                <table className="facts">
                  <thead>
                    <tr>
                      <th style={{ width: 120 }}>{t("standards.code")}</th>
                      <th>{t("standards.name")}</th>
                      <th>{t("standards.above")}</th>
                      <th>{t("standards.note")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {codes.map((code) => (
                      <tr key={code.code}>
                        <td className="sub" style={{ fontVariantNumeric: "tabular-nums" }}>
                          {code.code}
                        </td>
                        <td>{code.name}</td>
                        <td className="sub">{code.path.join(" › ")}</td>
                        <td className="sub">{code.note}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              {total > codes.length && (
                <Button type="link" onClick={() => setLimit(limit + 400)}>
                  {t("part.more", { n: Math.min(400, total - codes.length) })}
                </Button>
              )}
            </div>
          )}
        </Shown>
      </section>
      <aside className="standards-side scroll" aria-label={t("standards.about")}>
        <Segmented
          size="small"
          value={side}
          onChange={setSide}
          options={[
            { value: "used", label: t("standards.used-by", { n: list.used_by.length }) },
            { value: "about", label: t("standards.about") },
          ]}
        />
        {side === "used" ? <UsedBy list={list} edition={edition} /> : <p className="sub">{list.source ?? t("standards.own-source")}</p>}
      </aside>
    </>
  );
}

function UsedBy({ list, edition }: { list: CodeListSummary; edition: string | undefined }) {
  const tree = useCall("standard.tree", { edition: edition ?? null }).data;
  const titles = new Map(tree?.subsets.flatMap((subset) => subset.tables).map((table) => [table.table, table.title]));
  if (list.used_by.length === 0) return <p className="sub">{t("standards.unused")}</p>;
  return (
    <ul className="used-by">
      {list.used_by.map((place) => {
        const [table = "", column = ""] = place.split(".");
        return (
          <li key={place}>
            <a href={tableHash(edition, table, column)}>{titles.get(table) ?? table}</a>
            <span className="sub small"> {column}</span>
          </li>
        );
      })}
    </ul>
  );
}
