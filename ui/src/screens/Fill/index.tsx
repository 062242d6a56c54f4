/** The filling screen: the tree of tables, the grid of one of them, and the panel with its findings. */
import { useCallback, useEffect, useMemo, useRef } from "react";

import { Button } from "antd";
import { Empty, Shown } from "../../parts";
import { useCall, useChanges } from "../../state/calls";
import { useNarrow } from "../../parts/useNarrow";
import { useKept } from "../../state/kept";
import { go, type Place } from "../../state/route";
import { t } from "../../text";
import { Tree } from "./Tree";
import { Work } from "./Work";
import "./Fill.css";

/** Changes after which the answers of the home page are asked for again: its due days do not change by typing. */
const CARES = ["batches", "book"] as const;

export default function Fill({ place, book }: { place: Place; book: string }) {
  const [last, setLast] = useKept("fill.last", "");
  const home = useCall("home.get", {}, CARES);
  // The counts of the shown table are updated at once, those of all tables later.
  const counts = useCall("home.counts", { tables: [] }, CARES);
  const reload = counts.reload;
  useChanges(useLater(reload));
  // Without a table in the address: the last one, else the most urgent one.
  const table = place.what ?? (last || home.data?.tables[0]?.table);
  useEffect(() => {
    if (place.what && place.what !== last) setLast(place.what);
  }, [place.what, last, setLast]);
  const narrow = useNarrow();
  const [treeOpen, setTreeOpen] = useKept(narrow ? "fill.tree-narrow" : "fill.tree", window.innerWidth > 1199);
  const spec = useCall("standard.table", table ? { edition: null, table } : null);
  const own = useCall("home.counts", table ? { tables: [table] } : null).data?.[0];
  const mine = useMemo(
    () => counts.data?.map((one) => (own && one.table === own.table ? own : one)),
    [counts.data, own],
  );

  return (
    <div className={treeOpen ? "fill" : "fill is-wide"}>
      <Tree active={table} mine={mine} open={treeOpen} setOpen={setTreeOpen} />
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
              waiting={own?.waiting_rules ?? 0}
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

/** The time in ms without a change before the counts of all tables are read: an edit may change findings of others. */
const LATER_MS = 2000;

/** A function that runs `work` once it has not been called for a while. */
function useLater(work: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(work, LATER_MS);
  }, [work]);
}
