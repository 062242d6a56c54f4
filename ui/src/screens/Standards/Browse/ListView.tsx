/** One code list: its codes level by level, or those that a text finds, and where it is used. */
import { SearchOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useDeferredValue, useState } from "react";

import type { CodeListSummary } from "../../../ipc";
import { Empty, Shown } from "../../../parts";
import { useCall } from "../../../state/calls";
import { go, type Place } from "../../../state/route";
import { count, t } from "../../../text";
import { CODES, codesOf } from "./parts";
import { CodeTable } from "./CodeTable";
import { Levels } from "./Levels";
import { UsedBy } from "./UsedBy";

/** Number of codes in one page of the call. */
const PAGE = 200;

export function ListView({ place }: { place: Place }) {
  const answer = useCall("standard.code_lists", { edition: place.edition ?? null });
  return (
    <Shown answer={answer}>
      {(lists) => {
        const list = place.column ? lists.find((one) => one.id === place.column) : lists[0];
        if (!list) return <Empty title={t("part.no-match")} />;
        return <List key={`${place.edition} ${list.id} ${codesOf(place).sought}`} list={list} place={place} />;
      }}
    </Shown>
  );
}

function List({ list, place }: { list: CodeListSummary; place: Place }) {
  const { edition } = place;
  const { above, sought } = codesOf(place);
  const [find, setFind] = useState(sought);
  const [limit, setLimit] = useState(PAGE);
  const query = useDeferredValue(find.trim());
  const walked = list.levels && query === "";
  const answer = useCall("standard.codes", {
    edition: edition ?? null,
    list: list.id,
    find: query,
    level: null,
    parent: walked ? (above ?? "") : null,
    offset: 0,
    limit,
  });

  function look(letters: string) {
    setFind(letters);
    setLimit(PAGE);
  }
  function walk(code: string | undefined) {
    look("");
    go({ screen: "standards", what: CODES, column: list.id, edition, part: code });
  }

  return (
    <section className="browse-list" aria-label={list.title}>
      <div className="browse-table">
        <div className="browse-title">
          <div className="grow">
            <h1 className="cut">{list.title}</h1>
            <p className="browse-facts cut">
              {[list.id, list.source, t("grid.codes", { n: count(list.codes) })].filter(Boolean).join(" · ")}
            </p>
          </div>
        </div>
        <div className="browse-find">
          <Input
            allowClear
            prefix={<SearchOutlined aria-hidden />}
            placeholder={t("standards.search-code")}
            aria-label={t("standards.search-code")}
            value={find}
            onChange={(event) => look(event.target.value)}
          />
          {walked && answer.data && <Levels above={answer.data.above} walk={walk} />}
        </div>
        <Shown answer={answer}>
          {({ codes, total }) => (
            <div
              className="scroll"
              tabIndex={0}
              role="region"
              aria-label={t("standards.codes-of", { title: list.title })}
            >
              {codes.length === 0 ? (
                <Empty title={t("part.no-match")} />
              ) : (
                <CodeTable codes={codes} list={list} flat={!walked} sought={sought} walk={walk} />
              )}
              {total > codes.length && (
                <Button type="link" onClick={() => setLimit(limit + 2 * PAGE)}>
                  {t("part.more", { n: Math.min(2 * PAGE, total - codes.length) })}
                </Button>
              )}
            </div>
          )}
        </Shown>
      </div>
      <aside className="browse-side scroll" tabIndex={0} aria-label={t("standards.about")}>
        <UsedBy list={list} edition={edition} />
      </aside>
    </section>
  );
}
