/** One section of the additions as a list and a form: what fields, tables and rules have in common. */
import type { ReactNode } from "react";

import { Empty } from "../../../parts";
import { t } from "../../../text";
import { Foot, FRESH, type Item, Panes } from "./Panes";
import { type Control, refusalWords } from "./refusal";
import type { SectionProps } from "./section";
import { ofOther, type Parts, type Section } from "./useParts";

interface SectionPaneProps<T> extends Pick<SectionProps, "overlay" | "additions" | "problems"> {
  section: Section<T>;
  parts: Parts<T>;
  words: { label: string; add: string; none: string; noneHelp: string };
  /** The words of the list for a part. */
  item(part: T): { title: string; more: string };
  /** Above the form. */
  heading: ReactNode;
  /** Where in the form the refusal is shown; undefined where it is about another part. */
  control: Control | undefined;
  /** Without a foot nothing can be saved, such as for a rule that was written by hand. */
  foot?: boolean;
  /** What stands beside the buttons of the foot. */
  beside?: ReactNode;
  children: ReactNode;
}

export function SectionPane<T>(props: SectionPaneProps<T>) {
  const {
    section,
    parts,
    overlay,
    additions,
    problems,
    words,
    heading,
    control,
    foot = true,
    beside,
    children,
  } = props;
  const { draft, saved, refusal } = parts;
  const item = (key: string, part: T): Item => ({
    key,
    ...props.item(part),
    problem: problems.get(key),
    unsaved: parts.typed.has(key),
  });
  const items = parts.all.map((part) => item(section.name(part), part));
  if (parts.typed.has(FRESH))
    items.push(
      parts.chosen === FRESH && draft !== undefined
        ? item(FRESH, draft)
        : { key: FRESH, title: "", more: t("own.new"), unsaved: true },
    );
  const problem = saved && problems.get(section.name(saved));
  const other = draft !== undefined && ofOther(refusal, section.name(section.settle(draft, overlay)));
  const ofWhole = refusal && (other || control === "whole");

  return (
    <Panes
      label={words.label}
      items={items}
      chosen={parts.chosen}
      choose={parts.choose}
      add={parts.add}
      addWords={words.add}
      remove={parts.remove}
      note={
        parts.stays && (
          <p className="own-problem" role="alert">
            {t("own.stays")}
            {parts.stays}
          </p>
        )
      }
    >
      {draft === undefined ? (
        <Empty title={words.none}>{words.noneHelp}</Empty>
      ) : (
        <div key={parts.chosen}>
          <h2>{heading}</h2>
          {problem && <p className="own-problem">{problem}</p>}
          {children}
          {foot && (
            <Foot
              busy={additions.busy}
              changed={parts.changed}
              refused={ofWhole ? refusalWords(refusal) : refusal && t("own.not-saved")}
              save={() => void parts.save()}
              leave={parts.leave}
            >
              {beside}
            </Foot>
          )}
        </div>
      )}
    </Panes>
  );
}
