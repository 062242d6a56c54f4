/** A file with an edition: chosen, previewed, installed or refused. Nothing is installed without a preview. */
import { useState } from "react";

import { call, type CallFailure, chooseFiles, type EditionPreview, type EditionSummary } from "../../../ipc";
import { t } from "../../../text";

/** The two kinds of files, with their endings and calls. */
const KINDS = {
  definition: {
    extensions: ["xlsx", "xls", "ods"],
    look: "edition.preview_definition",
    install: "edition.install_definition",
  },
  package: { extensions: ["tbedition"], look: "edition.preview_package", install: "edition.install_package" },
} as const;

export type Kind = keyof typeof KINDS;

/** What has been done with the file so far. */
export type Step =
  | { at: "idle" }
  | { at: "reading"; path: string }
  | { at: "previewed"; path: string; preview: EditionPreview }
  | { at: "installing"; path: string; preview: EditionPreview }
  | { at: "installed"; path: string; edition: EditionSummary }
  | { at: "refused"; path: string; error: CallFailure };

export interface Arrival {
  kind: Kind;
  step: Step;
  choose(kind: Kind): Promise<void>;
  /** Reads the same file again: its publisher may be trusted by now. */
  again(): Promise<void>;
  install(): Promise<void>;
  leave(): void;
}

export function useArrival(): Arrival {
  const [kind, setKind] = useState<Kind>("definition");
  const [step, setStep] = useState<Step>({ at: "idle" });

  async function look(of: Kind, path: string) {
    setStep({ at: "reading", path });
    try {
      setStep({ at: "previewed", path, preview: await call(KINDS[of].look, { path }) });
    } catch (error) {
      setStep({ at: "refused", path, error: error as CallFailure });
    }
  }

  return {
    kind,
    step,
    async choose(of) {
      const [path] = await chooseFiles(
        [{ name: t(`install.file-${of}`), extensions: [...KINDS[of].extensions] }],
        false,
      );
      if (!path) return;
      setKind(of);
      await look(of, path);
    },
    async again() {
      if (step.at !== "idle") await look(kind, step.path);
    },
    async install() {
      if (step.at !== "previewed") return;
      const { path, preview } = step;
      setStep({ at: "installing", path, preview });
      try {
        setStep({ at: "installed", path, edition: await call(KINDS[kind].install, { path }) });
      } catch (error) {
        setStep({ at: "refused", path, error: error as CallFailure });
      }
    },
    leave: () => setStep({ at: "idle" }),
  };
}
