/** The cells of a group of findings, each a link into the grid. */
import { Button } from "antd";
import { useState } from "react";

import type { FindingGroup } from "../../ipc";
import { Shown } from "../../parts";
import { explanationWords } from "../../parts/explanation";
import { useCall } from "../../state/calls";
import { toHash } from "../../state/route";
import { t } from "../../text";
import { findingWords } from "../../text/findings";

/** Cells that are shown at first, and how many more each time. */
const FIRST = 24;
const MORE = 96;

export function Cells({ group }: { group: FindingGroup }) {
  const [limit, setLimit] = useState(FIRST);
  const answer = useCall("check.findings", {
    table: null,
    row: null,
    column: null,
    rule: null,
    level: null,
    value: null,
    selection: group.selection,
    offset: 0,
    limit,
  });
  return (
    <div className="check-group-cells">
      <Shown answer={answer}>
        {({ findings, total }) => (
          <>
            {findings.map((finding) => (
              <a
                key={finding.id}
                href={toHash({
                  screen: "fill",
                  what: finding.table,
                  row: finding.row ?? undefined,
                  column: finding.column ?? undefined,
                })}
                title={finding.explanation ? explanationWords(finding) : findingWords(finding)}
              >
                {group.tables > 1 && finding.position !== null && `${finding.table_title} `}
                {finding.position === null ? finding.table_title : t("fill.row-n", { n: finding.position })}
                {finding.explanation && <span className="ok"> ✓</span>}
              </a>
            ))}
            {total > findings.length && (
              <Button type="link" size="small" onClick={() => setLimit(limit + MORE)}>
                {t("part.more", { n: Math.min(MORE, total - findings.length) })}
              </Button>
            )}
          </>
        )}
      </Shown>
    </div>
  );
}
