/** Subsets and their tables. */
import type { ReactNode } from "react";

import { Shown } from "../../../parts";
import { Own } from "../../../parts/Own";
import { useInSight } from "../../../parts/useInSight";
import { useCall } from "../../../state/calls";
import type { Place } from "../../../state/route";
import { t } from "../../../text";
import { tableHash } from "./parts";

export function TableTree({ place, children }: { place: Place; children: ReactNode }) {
  const { edition } = place;
  const tree = useCall("standard.tree", { edition: edition ?? null });
  const list = useInSight(tree.data && place.what);
  return (
    <aside className="tree" aria-label={t("standards.tables")}>
      {children}
      <Shown answer={tree}>
        {({ subsets }) => (
          <div className="scroll" ref={list}>
            {subsets.map((subset) => (
              <section key={subset.code}>
                <h2>
                  <span className="grow cut">{subset.title}</span>
                  {t("fill.tables", { n: subset.tables.length })}
                </h2>
                {subset.tables.map((one) => {
                  const on = one.table === (place.what ?? subsets[0]?.tables[0]?.table);
                  return (
                    <a
                      key={one.table}
                      href={tableHash(edition, one.table)}
                      className={on ? "is-on" : ""}
                      aria-current={on ? "true" : undefined}
                      title={one.table}
                    >
                      <span className="grow cut">{one.title}</span>
                      {one.own && <Own />}
                      <span className="tree-empty">{one.fields}</span>
                    </a>
                  );
                })}
              </section>
            ))}
          </div>
        )}
      </Shown>
    </aside>
  );
}
