/** One line of the check list: whether a matter is as it should be, in words and with the tables it is about. */
import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  EyeFilled,
  InfoCircleFilled,
} from "@ant-design/icons";

import type { CheckVerdict, ListedCheck } from "../../ipc";
import { count, errorWords, t, tDynamic } from "../../text";

/** Tables that are named before “and so on”. */
const NAMED = 3;

const ICONS = {
  ok: <CheckCircleFilled aria-hidden className="ok" />,
  note: <InfoCircleFilled aria-hidden className="sub" />,
  look: <EyeFilled aria-hidden className="warn" />,
  stop: <CloseCircleFilled aria-hidden className="bad" />,
} satisfies Record<CheckVerdict, unknown>;

export function CheckLine({ check }: { check: ListedCheck }) {
  const { matter, verdict, params, tables, error } = check;
  const numbers = tables.slice(0, NAMED).map(({ title, rows, before }) => {
    return before === null
      ? t("submit.table-rows", { title, rows: count(rows) })
      : t("submit.table-from", { title, rows: count(rows), before: count(before) });
  });
  const more = tables.length > NAMED ? t("submit.tables-more", { n: tables.length - NAMED }) : "";
  return (
    <li data-matter={matter} data-verdict={verdict}>
      {ICONS[verdict] ?? <ExclamationCircleFilled aria-hidden />}{" "}
      <span>
        <span className="submit-verdict">{tDynamic(`check-verdict.${verdict}`)}</span>
        {tDynamic(`checklist.${check.words}`, params)}
        {error && errorWords(error)}
        {numbers.length > 0 && <span className="sub small submit-check-tables">{numbers.join("，") + more}</span>}
      </span>
    </li>
  );
}
