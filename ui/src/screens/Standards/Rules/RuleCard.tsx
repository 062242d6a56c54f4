/** One rule: what it says and why, on what records it was tried, and how it is written. */
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { useState } from "react";

import type { RuleView } from "../../../ipc";
import { Level } from "../../../parts";
import { Own } from "../../../parts/Own";
import { t } from "../../../text";
import { RuleCases } from "./RuleCases";
import { pieces } from "./words";

export function RuleCard({ rule, on }: { rule: RuleView; on: boolean }) {
  const [cases, setCases] = useState(on);
  const [written, setWritten] = useState(false);
  return (
    <article className={on ? "rules-rule is-on" : "rules-rule"} aria-label={rule.id}>
      <header>
        <Level level={rule.level} />
        <h3>
          {pieces(rule.message, rule.columns).map(({ text, value }, i) =>
            value ? (
              <em key={i} title={t("rules.stands-for-value")}>
                {text}
              </em>
            ) : (
              <span key={i}>{text}</span>
            ),
          )}
        </h3>
        {rule.own && <Own />}
      </header>
      <p>{rule.reason}</p>
      {rule.basis && (
        <p className="rules-basis">
          <b>{t("rules.basis")}</b>
          {rule.basis}
        </p>
      )}
      <p className="sub small">
        {t("rules.reads")}
        {rule.columns.map(({ title }) => title).join("、")}
      </p>
      <div className="rules-more">
        <Toggle
          open={cases}
          toggle={() => setCases(!cases)}
          words={t("rules.cases", { fail: rule.fail.length, pass: rule.pass.length })}
        />
        <Toggle open={written} toggle={() => setWritten(!written)} words={t("rules.written")} />
      </div>
      {cases && (
        <div className="rules-cases">
          <section>
            <h4 className="bad">{t("rules.fails")}</h4>
            <RuleCases kind={rule.kind} cases={rule.fail} home={rule.table} />
          </section>
          <section>
            <h4 className="ok">{t("rules.passes")}</h4>
            <RuleCases kind={rule.kind} cases={rule.pass} home={rule.table} />
          </section>
        </div>
      )}
      {written && (
        <div>
          <p className="sub small">{rule.kind === "row" ? t("rules.row-help") : t("rules.select-help")}</p>
          <pre tabIndex={0}>{rule.sql}</pre>
          <p className="sub small">{rule.id}</p>
        </div>
      )}
    </article>
  );
}

function Toggle({ open, toggle, words }: { open: boolean; toggle(): void; words: string }) {
  return (
    <button type="button" className="standards-link" aria-expanded={open} onClick={toggle}>
      {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {words}
    </button>
  );
}
