/** What an import would change, sheet by sheet, before anything changes; the clerk's decisions are kept. */
import { Alert, Button, Popconfirm } from "antd";
import { type ReactNode, useState } from "react";

import type { Choice, Proposal, ProposalSheet, RowKind, SheetCorrection } from "../../ipc";
import { Empty, WorkBar } from "../../parts";
import { baseName } from "../../parts/files";
import type { Job } from "../../state/jobs";
import { count, t } from "../../text";
import type { Part } from "./ProposalRows";
import { SheetDetail } from "./SheetDetail";

/** What is decided, and in which sheet; without one in all of them. */
export type SheetPart = Part & { sheet?: number };

interface ProposalViewProps {
  proposal: Proposal;
  /** What could not be done. */
  problem: ReactNode;
  job: Job;
  correct(correction: SheetCorrection): void;
  readAgain(): void;
  decide(part: SheetPart, choice: Choice | null): void;
  apply(): void;
  /** Closes the proposal; it is kept and can be continued later. */
  later(): void;
  drop(): void;
}

export function ProposalView(props: ProposalViewProps) {
  const { proposal, problem, job, correct, readAgain, decide, apply, later, drop } = props;
  const sheets = proposal.files.flatMap((file) => file.sheets.map((sheet) => ({ file: file.file, sheet })));
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      sheets.findIndex(({ sheet }) => sheet.undecided > 0),
    ),
  );
  const [kind, setKind] = useState<RowKind>();
  const current = sheets[Math.min(at, sheets.length - 1)];
  const { added, updated, emptied, deleted, undecided, refused } = proposal.outlook;
  const nothing = added + updated + emptied + deleted === 0;
  const unreadable = sheets.reduce((sum, { sheet }) => sum + sheet.unreadable, 0);
  const { corrections } = proposal;
  const waiting = sheets.filter(({ sheet }) => sheet.undecided > 0).length;

  function toUndecided() {
    setAt(sheets.findIndex(({ sheet }) => sheet.undecided > 0));
    setKind("conflict");
  }

  return (
    <div className="proposal-view">
      <aside className="card scroll">
        {proposal.files.map((file) => (
          <section key={file.file}>
            <h2 className="cut" title={file.file}>
              {baseName(file.file)}
            </h2>
            {file.sheets.length === 0 && <p className="sub small">{t("workbooks.empty-file")}</p>}
            {file.sheets.map((sheet) => {
              const index = sheets.findIndex((one) => one.sheet === sheet);
              return <SheetButton key={sheet.no} sheet={sheet} on={index === at} choose={() => setAt(index)} />;
            })}
          </section>
        ))}
      </aside>
      <section className="card proposal-main">
        {problem}
        {proposal.outdated && (
          <Alert
            type="warning"
            showIcon
            title={t(`workbooks.outdated-${proposal.outdated}`)}
            action={
              <Button size="small" onClick={readAgain}>
                {t("workbooks.read-again")}
              </Button>
            }
          />
        )}
        {proposal.outdated ? null : current ? (
          <SheetDetail
            key={`${proposal.id} ${current.sheet.no}`}
            proposal={proposal.id}
            file={current.file}
            sheet={current.sheet}
            correction={corrections.find((one) => one.file === current.file && one.sheet === current.sheet.sheet)}
            kind={kind}
            setKind={setKind}
            correct={correct}
            decide={(part, choice) => decide({ ...part, sheet: current.sheet.no }, choice)}
          />
        ) : (
          <Empty title={t("workbooks.empty-file")} />
        )}
      </section>
      <footer className="card proposal-foot">
        <span className="proposal-outlook" data-testid="outlook">
          <span>
            {nothing
              ? t("workbooks.nothing-new")
              : [
                  added > 0 && t("workbooks.will-add", { n: count(added) }),
                  updated > 0 && t("workbooks.will-update", { n: count(updated) }),
                  emptied > 0 && t("workbooks.will-empty", { n: count(emptied) }),
                  deleted > 0 && t("workbooks.will-delete", { n: count(deleted) }),
                ]
                  .filter(Boolean)
                  .join(t("workbooks.will-between"))}
          </span>
          {undecided > 0 && (
            <Button type="link" size="small" className="workbooks-take-in" onClick={toUndecided}>
              <span className="warn">{t("workbooks.will-wait", { n: count(undecided) })}</span>
            </Button>
          )}
          {waiting > 1 && (
            <>
              <Button size="small" onClick={() => decide({ kind: "conflict" }, "theirs")}>
                {t("workbooks.all-theirs", { n: waiting })}
              </Button>
              <Button size="small" onClick={() => decide({ kind: "conflict" }, "ours")}>
                {t("workbooks.all-ours", { n: waiting })}
              </Button>
            </>
          )}
          {refused > 0 && <span className="sub">{t("workbooks.will-refuse", { n: count(refused) })}</span>}
          {unreadable > 0 && <span className="sub">{t("workbooks.will-skip", { n: count(unreadable) })}</span>}
        </span>
        {job.running ? (
          <div className="proposal-foot-work">
            <WorkBar job={job} />
          </div>
        ) : (
          <span className="row">
            <Popconfirm title={t("workbooks.drop-title")} description={t("workbooks.drop-words")} onConfirm={drop}>
              <Button>{t("workbooks.drop-proposal")}</Button>
            </Popconfirm>
            <Button onClick={later}>{t("workbooks.later")}</Button>
            <Button
              type="primary"
              disabled={nothing || undecided > 0 || proposal.outdated !== null}
              onClick={apply}
              data-testid="apply"
            >
              {undecided > 0 ? t("workbooks.decide-first") : t("workbooks.apply")}
            </Button>
          </span>
        )}
      </footer>
    </div>
  );
}

/** One sheet in the list of sheets, with what still waits in it. */
function SheetButton({ sheet, on, choose }: { sheet: ProposalSheet; on: boolean; choose(): void }) {
  return (
    <button type="button" className={on ? "is-on" : ""} aria-current={on} onClick={choose}>
      <span className="row">
        <b className="cut grow">{sheet.sheet}</b>
        <span className="sub small">{t("part.rows", { n: count(sheet.rows) })}</span>
      </span>
      <span className="row">
        <span className={`small cut grow ${sheet.table ? "sub" : "warn"}`}>
          {sheet.table_title ?? t("workbooks.unknown-table")}
        </span>
        {sheet.undecided > 0 && (
          <span className="small warn">{t("workbooks.sheet-waits", { n: count(sheet.undecided) })}</span>
        )}
      </span>
    </button>
  );
}
