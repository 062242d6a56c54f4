/** Imports that were prepared and neither applied nor discarded, also in earlier runs of the program. */
import { Button, Popconfirm } from "antd";

import type { KeptProposal } from "../../ipc";
import { momentWords } from "../../parts/dates";
import { baseName } from "../../parts/files";
import { count, t } from "../../text";

interface UnfinishedProps {
  kept: KeptProposal[];
  go(proposal: number): void;
  drop(proposal: number): void;
}

export function Unfinished({ kept, go, drop }: UnfinishedProps) {
  if (kept.length === 0) return null;
  return (
    <section className="card proposal-unfinished" data-testid="unfinished">
      <h2>
        {kept.length === 1 ? t("workbooks.unfinished") : t("workbooks.unfinished-many", { n: count(kept.length) })}
      </h2>
      <ul>
        {kept.map((one) => {
          const files = one.files.map(baseName).join("、");
          const names = one.source && one.source !== files ? `${one.source}：${files}` : files;
          const { added, updated, undecided } = one.outlook;
          return (
            <li key={one.id} className="row">
              <b className="cut grow" title={names}>
                {names}
              </b>
              <span className="sub small">{[one.who, momentWords(one.at)].filter(Boolean).join("　")}</span>
              <span className="small">
                {t("workbooks.will-add", { n: count(added) })}
                {t("workbooks.will-between")}
                {t("workbooks.will-update", { n: count(updated) })}
              </span>
              {undecided > 0 && <span className="warn small">{t("workbooks.will-wait", { n: count(undecided) })}</span>}
              <Button type="primary" size="small" onClick={() => go(one.id)}>
                {t("workbooks.go-on")}
              </Button>
              <Popconfirm
                title={t("workbooks.drop-title")}
                description={t("workbooks.drop-words")}
                onConfirm={() => drop(one.id)}
              >
                <Button size="small">{t("workbooks.drop-proposal")}</Button>
              </Popconfirm>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
