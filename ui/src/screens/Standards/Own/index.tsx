/**
 * What the college adds for itself: fields, tables, rules, frequencies and departments. Kept in the book, never
 * submitted.
 */
import { ExportOutlined, ImportOutlined } from "@ant-design/icons";
import { Alert, App, Button, Tabs } from "antd";
import { type ReactNode, useState } from "react";

import { call, type CallFailure, chooseFiles, chooseSave, handOver, type Overlay } from "../../../ipc";
import { Shown } from "../../../parts";
import { baseName } from "../../../parts/files";
import { useSay } from "../../../parts/say";
import { useCall } from "../../../state/calls";
import { go } from "../../../state/route";
import { errorWords, t } from "../../../text";
import type { ViewProps } from "../view";
import { tablesWithDuties } from "./drafts";
import { Duties } from "./Duties";
import { FieldSection, ownTitles } from "./FieldSection";
import { partOf, refusalWords } from "./refusal";
import { RuleSection } from "./RuleSection";
import type { SectionProps } from "./section";
import { TableSection } from "./TableSection";
import { type Additions, useOverlay } from "./useOverlay";
import "./Own.css";

const SECTIONS = ["fields", "tables", "rules", "duties"] as const;
type SectionName = (typeof SECTIONS)[number];

export default function Own({ place }: ViewProps) {
  const additions = useOverlay();
  return (
    <Shown answer={additions.answer}>
      {(overlay) => <Sections overlay={overlay} additions={additions} part={place.part} />}
    </Shown>
  );
}

function Sections({ overlay, additions, part }: { overlay: Overlay; additions: Additions; part: string | undefined }) {
  const say = useSay();
  const { modal } = App.useApp();
  const [refused, setRefused] = useState<CallFailure>();
  const tree = useCall("standard.tree", { edition: null }).data;
  const listed =
    tree?.subsets.flatMap(({ tables }) => tables.map(({ table, title }): [string, string] => [table, title])) ?? [];
  const problems = additions.problems.map((problem): [string, string] => [
    partOf(problem) ?? "",
    refusalWords(problem),
  ]);
  const props: SectionProps = {
    overlay,
    additions,
    titles: new Map([...listed, ...ownTitles(overlay)]),
    problems: new Map(problems),
  };
  const section = SECTIONS.find((one) => one === part) ?? "fields";
  const counts: Record<SectionName, number> = {
    fields: overlay.fields.length,
    tables: overlay.tables.length,
    rules: overlay.rules.length,
    duties: tablesWithDuties(overlay).length,
  };
  const bodies: Record<SectionName, ReactNode> = {
    fields: <FieldSection {...props} />,
    tables: <TableSection {...props} />,
    rules: <RuleSection {...props} />,
    duties: <Duties {...props} />,
  };
  const empty = Object.values(counts).every((n) => n === 0);

  async function write() {
    const path = await chooseSave(`${t("own.file-name")}.json`, [{ name: t("own.file"), extensions: ["json"] }]);
    if (!path) return;
    try {
      await call("overlay.export", { path });
      handOver(path);
      say.done(t("own.exported", { file: baseName(path) }));
    } catch (error) {
      setRefused(error as CallFailure);
    }
  }

  async function read() {
    const [path] = await chooseFiles([{ name: t("own.file"), extensions: ["json"] }], false);
    if (!path) return;
    const take = async () => {
      setRefused(undefined);
      try {
        await call("overlay.import", { path });
        say.done(t("own.imported", { file: baseName(path) }));
      } catch (error) {
        setRefused(error as CallFailure);
      }
    };
    if (empty) return void take();
    modal.confirm({
      title: t("own.import-ask", { file: baseName(path) }),
      content: t("own.import-help"),
      okText: t("own.import-do"),
      onOk: take,
    });
  }

  return (
    <div className="own-view">
      <header className="own-head">
        <p>{t("own.promise")}</p>
        <Button icon={<ImportOutlined aria-hidden />} title={t("own.import-title")} onClick={() => void read()}>
          {t("own.import")}
        </Button>
        <Button
          icon={<ExportOutlined aria-hidden />}
          title={t("own.export-title")}
          disabled={empty}
          onClick={() => void write()}
        >
          {t("own.export")}
        </Button>
      </header>
      {refused && (
        <Alert type="error" showIcon closable={{ onClose: () => setRefused(undefined) }} title={errorWords(refused)} />
      )}
      {problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("own.problems", { n: problems.length })}
          description={
            <ul>
              {problems.map(([name, words]) => (
                <li key={`${name} ${words}`}>{words}</li>
              ))}
            </ul>
          }
        />
      )}
      <Tabs
        className="own-tabs"
        size="small"
        activeKey={section}
        destroyOnHidden={false}
        onChange={(key) => go({ screen: "standards", what: "own", part: key === "fields" ? undefined : key })}
        items={SECTIONS.map((key) => ({ key, label: t(`own.tab-${key}`, { n: counts[key] }), children: bodies[key] }))}
      />
    </div>
  );
}
