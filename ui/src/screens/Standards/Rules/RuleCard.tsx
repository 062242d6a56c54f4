/** One rule: what it says and why, on what records it was tried, and how it is written. */
import type { RuleView } from "../../../ipc";
import { Level } from "../../../parts";
import { t } from "../../../text";
import { RuleCases } from "./RuleCases";
import { pieces } from "./words";

export function RuleCard({ rule, on }: { rule: RuleView; on: boolean }) {
  return (
    <article className={on ? "rule on" : "rule"} aria-label={rule.id}>
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
        {rule.own && <span className="pill">{t("rules.own")}</span>}
      </header>
      <p>{rule.reason}</p>
      {rule.basis && (
        <p className="rule-basis">
          <b>{t("rules.basis")}</b>
          {rule.basis}
        </p>
      )}
      <p className="sub small">
        {t("rules.reads")}
        {rule.columns.map(({ title }) => title).join("、")}
      </p>
      <details open={on}>
        <summary>{t("rules.cases", { fail: rule.fail.length, pass: rule.pass.length })}</summary>
        <div className="rule-cases">
          <section>
            <h4 className="bad">{t("rules.fails")}</h4>
            <RuleCases kind={rule.kind} cases={rule.fail} home={rule.table} />
          </section>
          <section>
            <h4 className="ok">{t("rules.passes")}</h4>
            <RuleCases kind={rule.kind} cases={rule.pass} home={rule.table} />
          </section>
        </div>
      </details>
      <details>
        <summary>{t("rules.written")}</summary>
        <p className="sub small">{rule.kind === "row" ? t("rules.row-help") : t("rules.select-help")}</p>
        <pre>{rule.sql}</pre>
        <p className="sub small">{rule.id}</p>
      </details>
    </article>
  );
}
