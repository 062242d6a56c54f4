/** One source: where it is, what its columns mean with the first rows in view, and what its codes become. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented } from "antd";
import { useState } from "react";

import { CallFailure, call, type SourceView, type TriedSource } from "../../ipc";
import { WorkBar } from "../../parts";
import { useSay } from "../../parts/say";
import { useJob } from "../../state/jobs";
import { errorWords, t } from "../../text";
import { SourceCodes } from "./SourceCodes";
import { SourceColumns } from "./SourceColumns";
import { SourcePlace } from "./SourcePlace";

const PARTS = ["place", "columns", "codes"] as const;
type Part = (typeof PARTS)[number];

/** Rows that a source shows to try it out. */
const ROWS = 20;

interface SourceEditorProps {
  view: SourceView;
  hasOdbc: boolean;
  done(): void;
}

export function SourceEditor({ view, hasOdbc, done }: SourceEditorProps) {
  const say = useSay();
  const job = useJob();
  const [part, setPart] = useState<Part>("place");
  const [source, setSource] = useState(view.source);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState<TriedSource>();
  const [problem, setProblem] = useState<string>();
  const was = view.source.name || null;
  const draft = { source, was, password: password || null };

  function refused(error: unknown) {
    if (error instanceof CallFailure && error.code !== "job.cancelled") setProblem(errorWords(error));
    else say.failed(error);
  }

  /** Reads the first rows; counts the codes of a column, where one is named. */
  async function attempt(codes_of: string | null, with_source = source) {
    setProblem(undefined);
    try {
      const request = { source: { ...draft, source: with_source }, rows: ROWS, codes_of };
      const answer = await job.run((number) => call("source.try", { ...request, job: number }));
      setTried(answer);
      return answer;
    } catch (error) {
      refused(error);
      return undefined;
    }
  }

  async function save() {
    setProblem(undefined);
    try {
      await call("source.save", draft);
      say.done(t("sources.saved"));
      done();
    } catch (error) {
      refused(error);
    }
  }

  const ready = source.name.trim() !== "" && source.table !== "";
  return (
    <section className="card workbooks-plane" aria-label={t("workbooks.sources")}>
      <div className="row">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t("sources.back")} onClick={done} />
        <h2 className="cut">{was ?? t("sources.add")}</h2>
        <Segmented<Part>
          value={part}
          onChange={setPart}
          options={PARTS.map((name) => ({ value: name, label: t(`sources.part-${name}`) }))}
        />
        <span className="grow" />
        <Button
          disabled={!ready || job.running}
          onClick={() => void attempt(null).then((answer) => answer && part === "place" && setPart("columns"))}
        >
          {t("sources.try")}
        </Button>
        <Button type="primary" disabled={!ready || job.running} onClick={() => void save()}>
          {t("sources.save")}
        </Button>
      </div>
      {problem && (
        <Alert
          className="sources-said"
          type="error"
          showIcon
          closable={{ onClose: () => setProblem(undefined) }}
          title={problem}
        />
      )}
      {job.running && (
        <div className="sources-said">
          <WorkBar job={job} />
        </div>
      )}
      <div className="scroll workbooks-plane-body">
        {part === "place" && (
          <SourcePlace
            source={source}
            change={(changed) => setSource({ ...source, ...changed })}
            password={password}
            setPassword={setPassword}
            hasPassword={view.has_password}
            hasOdbc={hasOdbc}
          />
        )}
        {part === "columns" && (
          <SourceColumns
            source={source}
            tried={tried}
            set={(columns) => {
              const changed = { ...source, columns };
              setSource(changed);
              void attempt(null, changed);
            }}
          />
        )}
        {part === "codes" && (
          <SourceCodes
            source={source}
            busy={job.running}
            set={(codes) => setSource({ ...source, codes })}
            count={async (column) => (await attempt(column))?.codes ?? []}
          />
        )}
      </div>
    </section>
  );
}
