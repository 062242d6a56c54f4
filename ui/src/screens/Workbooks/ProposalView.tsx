/** What an import would change, sheet by sheet, before anything changes. */
import { Button, Checkbox, Radio } from "antd";
import { useState } from "react";

import type { ConflictChoice, Proposal, ProposalSheet, SheetCorrection } from "../../ipc";
import { Empty, WorkBar } from "../../parts";
import { baseName } from "../../parts/files";
import type { Job } from "../../state/jobs";
import { count, t } from "../../text";
import { SheetDetail } from "./SheetDetail";

interface ProposalViewProps {
  proposal: Proposal;
  corrections: SheetCorrection[];
  job: Job;
  correct(correction: SheetCorrection): void;
  apply(conflicts: ConflictChoice | null, clear: boolean): void;
  close(): void;
}

export function ProposalView({ proposal, corrections, job, correct, apply, close }: ProposalViewProps) {
  const sheets = proposal.files.flatMap((file) => file.sheets.map((sheet) => ({ file: file.file, sheet })));
  const [at, setAt] = useState(0);
  const [conflicts, setConflicts] = useState<ConflictChoice | null>(null);
  const [clear, setClear] = useState(false);
  const sum = (of: (sheet: ProposalSheet) => number) => sheets.reduce((total, one) => total + of(one.sheet), 0);
  const [added, changed, clashing, cleared, unreadable] = [
    sum((s) => s.new),
    sum((s) => s.changed),
    sum((s) => s.conflicts),
    sum((s) => s.cleared),
    sum((s) => s.unreadable),
  ];
  const current = sheets[Math.min(at, sheets.length - 1)];
  const nothing = added + changed + clashing + (clear ? cleared : 0) === 0;
  const undecided = clashing > 0 && conflicts === null;

  return (
    <div className="workbooks-proposal">
      <aside className="card scroll">
        {proposal.files.map((file) => (
          <section key={file.file}>
            <h2 className="cut" title={file.file}>
              {baseName(file.file)}
            </h2>
            {file.sheets.length === 0 && <p className="sub small">{t("workbooks.empty-file")}</p>}
            {file.sheets.map((sheet) => {
              const index = sheets.findIndex((one) => one.sheet === sheet);
              return (
                <button
                  key={sheet.sheet}
                  type="button"
                  className={index === at ? "is-on" : ""}
                  onClick={() => setAt(index)}
                >
                  <span className="row">
                    <b className="cut grow">{sheet.sheet}</b>
                    <span className="sub small">{t("part.rows", { n: sheet.rows })}</span>
                  </span>
                  <span className={`small cut ${sheet.table ? "sub" : "warn"}`}>
                    {sheet.table_title ?? t("workbooks.unknown-table")}
                  </span>
                </button>
              );
            })}
          </section>
        ))}
      </aside>
      <section className="card workbooks-proposal-main">
        {current ? (
          <SheetDetail
            key={`${proposal.id} ${at}`}
            proposal={proposal.id}
            file={current.file}
            sheet={current.sheet}
            correction={corrections.find((one) => one.file === current.file && one.sheet === current.sheet.sheet)}
            correct={correct}
          />
        ) : (
          <Empty title={t("workbooks.empty-file")} />
        )}
      </section>
      <footer className="card workbooks-proposal-foot">
        <span>
          {t("workbooks.will", { new: count(added), changed: count(changed) })}
          {unreadable > 0 && <span className="warn">　{t("workbooks.will-skip", { n: unreadable })}</span>}
        </span>
        {clashing > 0 && (
          <span className="row">
            <span className="warn">{t("workbooks.conflicts", { n: clashing })}</span>
            <Radio.Group
              value={conflicts}
              onChange={(event) => setConflicts(event.target.value as ConflictChoice)}
              options={[
                { value: "theirs", label: t("workbooks.theirs") },
                { value: "ours", label: t("workbooks.ours") },
                { value: "skip", label: t("workbooks.skip") },
              ]}
            />
          </span>
        )}
        {cleared > 0 && (
          <Checkbox checked={clear} onChange={(event) => setClear(event.target.checked)}>
            {t("workbooks.clear", { n: cleared })}
          </Checkbox>
        )}
        <span className="grow" />
        {job.running ? (
          <div style={{ width: 320 }}>
            <WorkBar job={job} />
          </div>
        ) : (
          <>
            <Button onClick={close}>{t("workbooks.drop-proposal")}</Button>
            <Button
              type="primary"
              disabled={nothing || undecided}
              onClick={() => apply(conflicts, clear)}
              data-testid="apply"
            >
              {nothing ? t("workbooks.nothing-new") : undecided ? t("workbooks.decide-first") : t("workbooks.apply")}
            </Button>
          </>
        )}
      </footer>
    </div>
  );
}
