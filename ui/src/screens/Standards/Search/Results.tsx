/** The answers, kind by kind. */
import type { HitKind } from "../../../ipc";
import { Empty } from "../../../parts";
import { useInSight } from "../../../parts/useInSight";
import { count, t } from "../../../text";
import { plain } from "../Rules/words";
import type { Group } from "./groups";

interface Props {
  groups: Group[];
  /** Place of the chosen answer among all of them. */
  at: number;
  go(at: number): void;
  /** Shows one kind alone; absent where that is so already. */
  more: ((kind: HitKind) => void) | undefined;
}

export function Results({ groups, at, go, more }: Props) {
  const list = useInSight(at);
  let place = 0;
  return (
    <div className="scroll" ref={list} id="standards-answers" role="listbox" aria-label={t("standards.answers")}>
      {groups.length === 0 && (
        <div role="option" aria-selected="false" aria-disabled>
          <Empty title={t("part.no-match")}>{t("standards.no-answer")}</Empty>
        </div>
      )}
      {groups.map((group) => (
        <div role="group" key={group.kind} aria-label={t(`standards.kind-${group.kind}`)}>
          <div className="search-heading" aria-hidden>
            {t(`standards.kind-${group.kind}`)}
          </div>
          {group.hits.map((hit) => {
            const index = place++;
            const words = hit.kind === "rule" ? plain(hit.title) : hit.title;
            return (
              <div
                key={index}
                id={`standards-answer-${index}`}
                role="option"
                aria-selected={index === at}
                className={index === at ? "search-answer is-on" : "search-answer"}
                title={words}
                // The pointer must not take the focus from the field before the click arrives.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => go(index)}
              >
                <span className="cut">{words}</span>
                <span className="cut sub small">{hit.detail}</span>
              </div>
            );
          })}
          {more && group.total > group.hits.length && (
            <div
              role="option"
              aria-selected="false"
              className="search-answer is-more"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => more(group.kind)}
            >
              {t("standards.all-of-kind", { kind: t(`standards.kind-${group.kind}`), n: count(group.total) })}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
