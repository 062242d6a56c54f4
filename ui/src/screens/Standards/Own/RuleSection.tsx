/** Own rules: what they want, why, and on what records they were tried. */
import type { OwnRule } from "../../../ipc";
import { Empty } from "../../../parts";
import { tDynamic, t } from "../../../text";
import { heading, inForm, nameOf, newRule, settled } from "./drafts";
import { Stays } from "./FieldSection";
import { Foot, FRESH, type Item, Panes } from "./Panes";
import type { SectionProps } from "./section";
import { controlOf, refusalWords } from "./refusal";
import { RuleForm } from "./RuleForm";
import { TryRule } from "./TryRule";
import { ofOther, type Section, useParts } from "./useParts";

const SECTION: Section<OwnRule> = {
  parts: (overlay) => overlay.rules,
  with: (overlay, rules) => ({ ...overlay, rules }),
  name: nameOf.rule,
  title: heading,
  fresh: newRule,
  settle: (rule, overlay) => settled(rule, overlay.rules),
  confirmText: t("own.remove-rule-help"),
};

export function RuleSection({ overlay, additions, titles, problems }: SectionProps) {
  const parts = useParts(SECTION, overlay, additions);
  const { draft, saved, refusal } = parts;
  const item = (key: string, rule: OwnRule): Item => ({
    key,
    title: heading(rule),
    more: [tDynamic(`level.${rule.level}`), titles.get(rule.table) ?? rule.table].filter(Boolean).join(" · "),
    problem: problems.get(key),
    unsaved: parts.typed.has(key),
  });
  const items = parts.all.map((one) => item(one.id, one));
  if (parts.typed.has(FRESH))
    items.push(
      parts.chosen === FRESH && draft
        ? item(FRESH, draft)
        : { key: FRESH, title: "", more: t("own.new"), unsaved: true },
    );

  const sent = draft && SECTION.settle(draft, overlay);
  const other = ofOther(refusal, sent?.id ?? "");
  const words = refusal && refusalWords(refusal);
  const control = refusal && !other ? controlOf(refusal) : undefined;

  return (
    <Panes
      label={t("own.rules")}
      items={items}
      chosen={parts.chosen}
      choose={parts.choose}
      add={parts.add}
      addWords={t("own.add-rule")}
      remove={parts.remove}
      note={parts.stays && <Stays words={parts.stays} />}
    >
      {draft === undefined ? (
        <Empty title={t("own.no-rules")}>{t("own.no-rules-help")}</Empty>
      ) : (
        <div key={parts.chosen}>
          <h2>
            {saved ? t("own.rule") : t("own.add-rule")}
            <span>{sent?.table ? sent.id : ""}</span>
          </h2>
          {saved && problems.get(saved.id) && <p className="own-problem">{problems.get(saved.id)}</p>}
          {inForm(draft) && sent ? (
            <>
              <RuleForm
                rule={draft}
                fixed={saved !== undefined}
                problem={control && words ? { control, words } : undefined}
                change={parts.change}
              />
              <Foot
                busy={additions.busy}
                changed={parts.changed}
                refused={words && (other || control === "whole") ? words : refusal && t("own.not-saved")}
                save={() => void parts.save()}
                leave={parts.leave}
              >
                <TryRule rule={sent} />
              </Foot>
            </>
          ) : (
            <>
              <p>{t("own.rule-of-file")}</p>
              <pre className="own-sql">{draft.select ?? draft.expect}</pre>
              <p className="sub">{draft.reason}</p>
            </>
          )}
        </div>
      )}
    </Panes>
  );
}
