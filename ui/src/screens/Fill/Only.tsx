/** Filters records by their findings and by their submission state. */
import { Button, Checkbox, Popover, Radio } from "antd";

import type { Level, RowState } from "../../ipc";
import { tDynamic, t } from "../../text";
import type { Arrangement } from "./useTable";

const LEVELS: Level[] = ["mandatory", "confirm", "hint"];

/** States that one line stands for. */
const STATES: { word: string; states: RowState[] }[] = [
  { word: "new", states: ["new"] },
  { word: "changed", states: ["changed"] },
  { word: "waiting", states: ["waiting", "unknown"] },
  { word: "sent", states: ["sent"] },
  { word: "accepted", states: ["accepted"] },
  { word: "rejected", states: ["rejected"] },
];

export function Only({
  arrangement,
  arrange,
}: {
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
}) {
  const { level, states, rule } = arrangement;
  const on = level !== null || states.length > 0 || rule !== null;
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <div className="fill-only">
          <b>{t("fill.only-level")}</b>
          <Radio.Group
            value={level ?? ""}
            onChange={(event) => arrange({ level: event.target.value || null })}
            options={[
              { value: "", label: t("fill.only-any") },
              ...LEVELS.map((one) => ({ value: one, label: tDynamic(`level.${one}`) })),
            ]}
          />
          <b>{t("fill.only-state")}</b>
          {STATES.map((one) => (
            <Checkbox
              key={one.word}
              checked={one.states.every((state) => states.includes(state))}
              onChange={(event) => {
                const others = states.filter((state) => !one.states.includes(state));
                arrange({ states: event.target.checked ? [...others, ...one.states] : others });
              }}
            >
              {tDynamic(`record.${one.word}`)}
            </Checkbox>
          ))}
        </div>
      }
    >
      <Button {...(on ? { type: "primary" as const, ghost: true } : {})}>{t("fill.only")}</Button>
    </Popover>
  );
}
