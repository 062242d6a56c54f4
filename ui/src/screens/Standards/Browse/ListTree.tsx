/** The code lists of an edition, and the national ones that editions share. */
import type { ReactNode } from "react";

import { Shown } from "../../../parts";
import { useInSight } from "../../../parts/useInSight";
import { useCall } from "../../../state/calls";
import type { Place } from "../../../state/route";
import { count, t } from "../../../text";
import { listHash } from "./parts";

export function ListTree({ place, children }: { place: Place; children: ReactNode }) {
  const { edition } = place;
  const answer = useCall("standard.code_lists", { edition: edition ?? null });
  const tree = useInSight(answer.data && place.column);
  return (
    <aside className="tree" aria-label={t("standards.codes")}>
      {children}
      <Shown answer={answer}>
        {(lists) => (
          <div className="scroll" ref={tree}>
            {[false, true].map((national) => {
              const shown = lists.filter((list) => list.national === national);
              if (shown.length === 0) return null;
              return (
                <section key={String(national)}>
                  <h2>
                    <span className="grow cut">
                      {national ? t("standards.national-lists") : t("standards.own-lists")}
                    </span>
                    {count(shown.length)}
                  </h2>
                  {shown.map((list) => {
                    const on = list.id === (place.column ?? lists[0]?.id);
                    return (
                      <a
                        key={list.id}
                        href={listHash(edition, list.id)}
                        className={on ? "is-on" : ""}
                        aria-current={on ? "true" : undefined}
                        title={list.id}
                      >
                        <span className="grow cut">{list.title}</span>
                        <span className="tree-empty">{count(list.codes)}</span>
                      </a>
                    );
                  })}
                </section>
              );
            })}
          </div>
        )}
      </Shown>
    </aside>
  );
}
