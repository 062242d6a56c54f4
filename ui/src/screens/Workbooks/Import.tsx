/** Importing: files, then the proposal, then the outcome with its undo. */
import { FileExcelOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useCallback, useEffect, useState } from "react";

import {
  type Applied,
  type ConflictChoice,
  call,
  chooseFiles,
  onDrop,
  type Proposal,
  type SheetCorrection,
} from "../../ipc";
import { WorkBar } from "../../parts";
import { IMPORTS } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useJob } from "../../state/jobs";
import { saving } from "../../state/saving";
import { t } from "../../text";
import { ImportHistory } from "./ImportHistory";
import { ProposalView } from "./ProposalView";
import { undoTo } from "./undo";

export function Import() {
  const say = useSay();
  const job = useJob();
  const [files, setFiles] = useState<string[]>([]);
  const [corrections, setCorrections] = useState<SheetCorrection[]>([]);
  const [proposal, setProposal] = useState<Proposal>();
  const [applied, setApplied] = useState<Applied>();
  const [over, setOver] = useState(false);
  const { run } = job;

  const preview = useCallback(
    async (paths: string[], corrected: SheetCorrection[]) => {
      setFiles(paths);
      setCorrections(corrected);
      setApplied(undefined);
      try {
        setProposal(
          await run((number) =>
            call("workbook.preview", { files: paths, table: null, corrections: corrected, job: number }),
          ),
        );
      } catch (error) {
        say.failed(error);
      }
    },
    [run, say],
  );

  useEffect(() => onDrop(setOver, (paths) => void preview(paths, [])), [preview]);

  async function choose() {
    const paths = await chooseFiles([IMPORTS]);
    if (paths.length > 0) await preview(paths, []);
  }

  function correct(correction: SheetCorrection) {
    const others = corrections.filter((one) => one.file !== correction.file || one.sheet !== correction.sheet);
    void preview(files, [...others, correction]);
  }

  async function apply(conflicts: ConflictChoice | null, clear: boolean) {
    if (!proposal) return;
    try {
      const answer = await saving(
        job.run((number) => call("workbook.apply", { proposal: proposal.id, conflicts, clear, job: number })),
      );
      setProposal(undefined);
      setApplied(answer);
    } catch (error) {
      say.failed(error);
    }
  }

  async function undo(step: number) {
    try {
      await undoTo(step);
      setApplied(undefined);
      say.done(t("workbooks.import-undone"));
    } catch (error) {
      say.failed(error);
    }
  }

  if (proposal && !over)
    return (
      <ProposalView
        proposal={proposal}
        corrections={corrections}
        job={job}
        correct={correct}
        apply={(conflicts, clear) => void apply(conflicts, clear)}
        close={() => setProposal(undefined)}
      />
    );

  return (
    <div className="workbooks-import">
      <section className={`card workbooks-drop${over ? " is-over" : ""}`}>
        {job.running ? (
          <div className="workbooks-drop-work">
            <WorkBar job={job} />
          </div>
        ) : applied ? (
          <>
            <b className="ok">{t("workbooks.applied", { new: applied.new, changed: applied.changed })}</b>
            {applied.undecided > 0 && <p className="warn">{t("workbooks.undecided", { n: applied.undecided })}</p>}
            {applied.not_cleared > 0 && <p className="sub">{t("workbooks.not-cleared", { n: applied.not_cleared })}</p>}
            <p className="sub">{t("workbooks.applied-help")}</p>
            <div className="row">
              {applied.step !== null && <UndoImport step={applied.step} undo={undo} />}
              {applied.tables[0] && (
                <Button type="primary" href={`#/fill/${applied.tables[0]}`}>
                  {t("workbooks.look")}
                </Button>
              )}
              <Button type="link" onClick={() => void choose()}>
                {t("workbooks.another")}
              </Button>
            </div>
          </>
        ) : (
          <>
            <FileExcelOutlined className="workbooks-drop-icon" />
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

function UndoImport({ step, undo }: { step: number; undo(step: number): Promise<void> }) {
  return <Button onClick={() => void undo(step)}>{t("workbooks.undo-import")}</Button>;
}
