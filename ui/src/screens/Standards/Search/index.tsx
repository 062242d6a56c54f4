/** Finding anything in the edition that is looked at: a field in the head, the answers under it, grouped by kind. */
import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { type FocusEvent, type KeyboardEvent, useDeferredValue, useRef, useState } from "react";

import type { HitKind } from "../../../ipc";
import { useCall } from "../../../state/calls";
import { count, t } from "../../../text";
import { Results } from "./Results";
import { addressOf, groups, stepped } from "./groups";
import { useSearchKeys } from "./useSearchKeys";
import "./Search.css";

/** Answers of each kind, while all kinds are shown; and of one kind alone. */
const SOME = 6;
const MANY = 200;

export function Search({ edition }: { edition: string | undefined }) {
  const field = useRef<InputRef>(null);
  const [find, setFind] = useState("");
  const [open, setOpen] = useState(false);
  const [only, setOnly] = useState<HitKind>();
  const [at, setAt] = useState(-1);
  useSearchKeys(field);
  const query = useDeferredValue(find.trim());
  const answer = useCall(
    "standard.search",
    query === "" ? null : { edition: edition ?? null, find: query, limit: only ? MANY : SOME },
  );
  const shown = open && query !== "" && answer.data ? answer.data : undefined;
  const found = shown ? groups(shown, only) : [];
  const hits = found.flatMap((group) => group.hits);

  function go(index: number) {
    const hit = hits[index];
    if (!hit) return;
    setOpen(false);
    location.hash = addressOf(hit, edition);
  }
  function look(letters: string) {
    setFind(letters);
    setOpen(true);
    setOnly(undefined);
    setAt(-1);
  }
  function key(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (by) {
      event.preventDefault();
      setOpen(true);
      setAt(stepped(at, by, hits.length));
    } else if (event.key === "Enter") go(Math.max(at, 0));
    else if (event.key === "Escape") {
      if (open) setOpen(false);
      else look("");
    }
  }
  function left(event: FocusEvent) {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  }

  return (
    <div className="search" role="search" onBlur={left}>
      <Input
        ref={field}
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        data-testid="standards-search"
        role="combobox"
        aria-label={t("standards.search")}
        aria-expanded={shown !== undefined}
        aria-controls="standards-answers"
        aria-activedescendant={shown && at >= 0 ? `standards-answer-${at}` : undefined}
        placeholder={t("standards.search-hint")}
        value={find}
        onChange={(event) => look(event.target.value)}
        onFocus={() => setOpen(true)}
        onKeyDown={key}
      />
      {shown && (
        <div className="part-floating search-answers">
          <div className="search-kinds">
            {[undefined, ...shown.kinds.map(({ kind }) => kind)].map((kind) => (
              <button
                key={kind ?? ""}
                type="button"
                className={kind === only ? "is-on" : ""}
                aria-pressed={kind === only}
                onClick={() => setOnly(kind)}
              >
                {kind ? t(`standards.kind-${kind}`) : t("standards.kind-all")}
                <span className="sub">
                  {" "}
                  {count(kind ? (shown.kinds.find((one) => one.kind === kind)?.total ?? 0) : shown.total)}
                </span>
              </button>
            ))}
          </div>
          <Results groups={found} at={at} go={go} more={only ? undefined : setOnly} />
        </div>
      )}
    </div>
  );
}
