/** Importing: files, then the proposal, then the outcome with its undo. */
import { FileExcelOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useCallback, useEffect, useState } from "react";

import { type Applied, CallFailure, type Choice, call, chooseFiles, onDrop, type SheetCorrection } from "../../ipc";
import { Shown, WorkBar } from "../../parts";
import { IMPORTS } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useJob } from "../../state/jobs";
import { saving } from "../../state/saving";
import { takeDropped } from "../../state/dropped";
import { errorWords, t } from "../../text";
import { decision } from "./decisions";
import { ImportHistory } from "./ImportHistory";
import { lookNext, looked } from "./lookedAt";
import { ProposalView, type SheetPart } from "./ProposalView";
import { Unfinished } from "./Unfinished";
import { undoTo } from "./undo";

/** How files are read: a proposal that they replace, and the clerk's corrections. */
interface Reading {
  replaces: number | null;
  source: string | null;
  corrections: SheetCorrection[];
}

export function Import() {
  const say = useSay();
  const job = useJob();
  const [shown, setShown] = useState(looked);
  const [applied, setApplied] = useState<Applied>();
  const [over, setOver] = useState(false);
  /** What could not be done, and why; it stays until something else is done. */
  const [problem, setProblem] = useState<string>();
  const kept = useCall("workbook.proposals", {}).data;
  const there = kept?.some((one) => one.id === shown) ?? false;
  const answer = useCall("workbook.proposal", shown !== undefined && there ? { proposal: shown } : null);
  const { run } = job;

  const refused = useCallback(
    (error: unknown) => {
      if (error instanceof CallFailure && error.code !== "job.cancelled") setProblem(errorWords(error));
      else say.failed(error);
    },
    [say],
  );

  const look = useCallback((proposal: number | undefined) => {
    lookNext(proposal);
    setShown(proposal);
  }, []);

  const preview = useCallback(
    async (files: string[], { replaces, source, corrections }: Reading) => {
      setApplied(undefined);
      setProblem(undefined);
      try {
        const read = await run((number) =>
          call("workbook.preview", { files, table: null, source, corrections, once: false, replaces, job: number }),
        );
        look(read.id);
      } catch (error) {
        refused(error);
      }
    },
    [run, refused, look],
  );

  useEffect(() => {
    const files = takeDropped();
    if (files.length > 0) void preview(files, { replaces: null, source: null, corrections: [] });
  }, [preview]);
  useEffect(
    () => onDrop(setOver, (paths) => void preview(paths, { replaces: null, source: null, corrections: [] })),
    [preview],
  );

  async function choose() {
    const paths = await chooseFiles([IMPORTS]);
    if (paths.length > 0) await preview(paths, { replaces: null, source: null, corrections: [] });
  }

  /** Runs a change; where it fails, the error is shown and the proposal stays. */
  async function attempt(change: () => Promise<unknown>) {
    setProblem(undefined);
    try {
      await change();
    } catch (error) {
      refused(error);
    }
  }

  const decide = (proposal: number, part: SheetPart, choice: Choice | null) =>
    void attempt(() => saving(call("workbook.decide", decision(proposal, part, choice))));

  const drop = (proposal: number) =>
    void attempt(async () => {
      await call("workbook.drop", { proposal });
      if (proposal === shown) look(undefined);
    });

  const apply = (proposal: number) =>
    void attempt(async () => {
      const request = { proposal, conflicts: null, clear: false };
      const done = await saving(job.run((number) => call("workbook.apply", { ...request, job: number })));
      // Rows whose cells changed in the book meanwhile wait in the same proposal.
      if (done.undecided === 0) look(undefined);
      else setProblem(t("workbooks.waits-again", { n: done.undecided }));
      setApplied(done);
    });

  async function undo(step: number) {
    await attempt(async () => {
      await undoTo(step);
      setApplied(undefined);
      say.done(t("workbooks.import-undone"));
    });
  }

  const said = problem !== undefined && (
    <Alert type="error" showIcon closable={{ onClose: () => setProblem(undefined) }} title={problem} />
  );

  if (shown !== undefined && there && !over)
    return (
      <Shown answer={answer}>
        {(proposal) => {
          const files = proposal.files.map((file) => file.file);
          const { corrections, source } = proposal;
          return (
            <ProposalView
              key={proposal.id}
              proposal={proposal}
              problem={said}
              job={job}
              correct={(one) => {
                const others = corrections.filter((each) => each.file !== one.file || each.sheet !== one.sheet);
                void preview(files, { replaces: proposal.id, source, corrections: [...others, one] });
              }}
              readAgain={() => void preview(files, { replaces: proposal.id, source, corrections: [] })}
              decide={(part, choice) => decide(proposal.id, part, choice)}
              apply={() => apply(proposal.id)}
              later={() => look(undefined)}
              drop={() => drop(proposal.id)}
            />
          );
        }}
      </Shown>
    );

  return (
    <div className="workbooks-import">
      {said}
      <Unfinished kept={kept ?? []} go={look} drop={drop} />
      <section className={`card workbooks-drop${over ? " is-over" : ""}`}>
        {job.running ? (
          <div className="workbooks-drop-work">
            <WorkBar job={job} />
          </div>
        ) : applied ? (
          <Outcome applied={applied} undo={undo} choose={() => void choose()} />
        ) : (
          <>
            <FileExcelOutlined aria-hidden className="workbooks-drop-icon" />
            <b>{over ? t("workbooks.drop-now") : t("workbooks.drop")}</b>
            <p className="sub">{t("workbooks.drop-help")}</p>
            <Button type="primary" onClick={() => void choose()} data-testid="choose-files">
              {t("workbooks.choose")}
            </Button>
          </>
        )}
      </section>
      <ImportHistory undo={undo} />
    </div>
  );
}

interface OutcomeProps {
  applied: Applied;
  undo(step: number): Promise<void>;
  choose(): void;
}

/** What an import did, and how it is taken back. */
function Outcome({ applied, undo, choose }: OutcomeProps) {
  const { step, deleted } = applied;
  return (
    <>
      <b className="ok">
        {t("workbooks.applied", { new: applied.new, changed: applied.changed })}
        {deleted > 0 && t("workbooks.applied-deleted", { n: deleted })}
      </b>
      {applied.undecided > 0 && <p className="warn">{t("workbooks.undecided", { n: applied.undecided })}</p>}
      {applied.not_cleared > 0 && <p className="sub">{t("workbooks.not-cleared", { n: applied.not_cleared })}</p>}
      <p className="sub">{t("workbooks.applied-help")}</p>
      <div className="row">
        {step !== null && <Button onClick={() => void undo(step)}>{t("workbooks.undo-import")}</Button>}
        {applied.tables[0] && (
          <Button type="primary" href={`#/fill/${applied.tables[0]}`}>
            {t("workbooks.look")}
          </Button>
        )}
        <Button type="link" onClick={choose}>
          {t("workbooks.another")}
        </Button>
      </div>
    </>
  );
}
