/** The filling screen: the tree of tables, the grid of one of them, and what there is to say about its cells. */
import { useEffect } from "react";

import { Button } from "antd";
import { Empty, Shown } from "../../parts";
import { useCall } from "../../state/calls";
import { useNarrow } from "../../parts/useNarrow";
import { useKept } from "../../state/kept";
import { go, type Place } from "../../state/route";
import { t } from "../../text";
import { Tree } from "./Tree";
import { Work } from "./Work";
import "./Fill.css";

/** What this screen takes from the home page (due days, last submission) does not change by typing. */
const CARES = ["batches", "book"] as const;

export default function Fill({ place, book }: { place: Place; book: string }) {
  const [last, setLast] = useKept("fill.last", "");
  const home = useCall("home.get", {}, CARES);
  const counts = useCall("home.counts", { tables: [] });
  // Without a table in the address: the last one, else the most urgent one.
  const table = place.what ?? (last || home.data?.tables[0]?.table);
  useEffect(() => {
    if (place.what && place.what !== last) setLast(place.what);
  }, [place.what, last, setLast]);
  const narrow = useNarrow();
  const [treeOpen, setTreeOpen] = useKept(narrow ? "fill.tree-narrow" : "fill.tree", window.innerWidth > 1199);
  const spec = useCall("standard.table", table ? { edition: null, table } : null);

  return (
    <div className={treeOpen ? "fill" : "fill is-wide"}>
      <Tree active={table} mine={counts.data} open={treeOpen} setOpen={setTreeOpen} />
      {table ? (
        <Shown answer={spec}>
          {(data) => (
            <Work
              key={data.table}
              book={book}
              spec={data}
              place={place}
              home={home.data?.tables.find((one) => one.table === data.table)}
              today={home.data?.days.at(-1)?.day}
            />
          )}
        </Shown>
      ) : (
        <Empty
          title={t("fill.no-table")}
          action={
            <Button onClick={() => go({ screen: "settings", what: "departments" })}>{t("home.give-tables")}</Button>
          }
        >
          {t("fill.no-table-help")}
        </Empty>
      )}
    </div>
  );
}
