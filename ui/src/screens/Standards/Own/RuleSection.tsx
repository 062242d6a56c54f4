/** Own rules: what they check, why, and the records on which they were tried. */
import type { OwnRule } from "../../../ipc";
import { tDynamic, t } from "../../../text";
import { heading, inForm, nameOf, newRule, settled } from "./drafts";
import { SectionPane } from "./SectionPane";
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
  const parts = useParts("rules", SECTION, overlay, additions);
  const { draft, saved, refusal } = parts;
  const sent = draft && SECTION.settle(draft, overlay);
  const other = ofOther(refusal, sent?.id ?? "");
  const words = refusal && refusalWords(refusal);
  const control = refusal && !other ? controlOf(refusal) : undefined;

  const form = draft !== undefined && sent !== undefined && inForm(draft);
  return (
    <SectionPane
      section={SECTION}
      parts={parts}
      overlay={overlay}
      additions={additions}
      problems={problems}
      words={{
        label: t("own.rules"),
        add: t("own.add-rule"),
        none: t("own.no-rules"),
        noneHelp: t("own.no-rules-help"),
      }}
      item={(rule) => ({
        title: heading(rule),
        more: [tDynamic(`level.${rule.level}`), titles.get(rule.table) ?? rule.table].filter(Boolean).join(" · "),
      })}
      heading={
        <>
          {saved ? t("own.rule") : t("own.add-rule")}
          <span>{sent?.table ? sent.id : ""}</span>
        </>
      }
      control={control}
      foot={form}
      beside={form && <TryRule rule={sent} />}
    >
      {draft && form && (
        <RuleForm
          rule={draft}
          fixed={saved !== undefined}
          problem={control && words ? { control, words } : undefined}
          change={parts.change}
        />
      )}
      {draft && !form && (
        <>
          <p>{t("own.rule-of-file")}</p>
          <pre className="own-sql">{draft.select ?? draft.expect}</pre>
          <p className="sub">{draft.reason}</p>
        </>
      )}
    </SectionPane>
  );
}
