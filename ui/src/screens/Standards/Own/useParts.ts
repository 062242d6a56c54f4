/** One section of the additions: which part is chosen, its typed text, saving it, removing it. */
import { App } from "antd";
import { type ReactNode, useState } from "react";

import type { CallFailure, Overlay } from "../../../ipc";
import { useSay } from "../../../parts/say";
import { draftOf, useDraft } from "../../../state/drafts";
import { t } from "../../../text";
import { FRESH } from "./Panes";
import { partOf, type Refusal, refusalWords } from "./refusal";
import type { Additions } from "./useOverlay";

export interface Section<T> {
  /** The section's parts in the additions, and the additions with other ones. */
  parts(overlay: Overlay): T[];
  with(overlay: Overlay, parts: T[]): Overlay;
  name(part: T): string;
  title(part: T): string;
  fresh(): T;
  /** What is sent for a part as it was typed. */
  settle(part: T, overlay: Overlay): T;
  /** The question before a part is removed. */
  confirmText: ReactNode;
}

export interface Parts<T> {
  all: T[];
  /** Key of what is chosen; undefined: nothing. */
  chosen: string | undefined;
  /** As it was typed. */
  draft: T | undefined;
  /** As it is saved; undefined for a new one. */
  saved: T | undefined;
  changed: boolean;
  typed: ReadonlySet<string>;
  refusal: Refusal | undefined;
  /** Why a part could not be removed. */
  stays: string | undefined;
  choose(key: string): void;
  add(): void;
  change(part: T): void;
  save(): Promise<void>;
  leave(): void;
  remove(key: string): void;
}

export function useParts<T>(name: string, section: Section<T>, overlay: Overlay, additions: Additions): Parts<T> {
  const say = useSay();
  const { modal } = App.useApp();
  const all = section.parts(overlay);
  const [picked, setPicked] = useState<string>();
  const [begun, setBegun] = useDraft<ReadonlyMap<string, T>>(`own ${name}`);
  const drafts = begun ?? new Map<string, T>();
  const [refusal, setRefusal] = useState<CallFailure>();
  const [stays, setStays] = useState<string>();
  const first = all[0];
  const chosen =
    picked === FRESH && drafts.has(FRESH)
      ? FRESH
      : all.some((one) => section.name(one) === picked)
        ? picked
        : first && section.name(first);
  const saved = chosen === FRESH ? undefined : all.find((one) => section.name(one) === chosen);
  const draft = chosen === undefined ? undefined : (drafts.get(chosen) ?? saved);

  function put(key: string, part: T | undefined) {
    const next = new Map(draftOf<ReadonlyMap<string, T>>(`own ${name}`));
    if (part === undefined) next.delete(key);
    else next.set(key, part);
    setBegun(next.size > 0 ? next : undefined);
  }
  function look(key: string) {
    setPicked(key);
    setRefusal(undefined);
    setStays(undefined);
  }

  async function takeOff(key: string) {
    const refused = await additions.save((now) =>
      section.with(
        now,
        section.parts(now).filter((one) => section.name(one) !== key),
      ),
    );
    if (refused) setStays(staysWords(refused, key));
    else put(key, undefined);
  }

  return {
    all,
    chosen,
    draft,
    saved,
    changed: chosen !== undefined && drafts.has(chosen),
    typed: new Set(drafts.keys()),
    refusal,
    stays,
    choose: look,
    add() {
      if (!drafts.has(FRESH)) put(FRESH, section.fresh());
      look(FRESH);
    },
    change(part) {
      // A change after a refusal removes the refusal.
      setRefusal(undefined);
      if (chosen !== undefined) put(chosen, part);
    },
    async save() {
      if (draft === undefined || chosen === undefined) return;
      const part = section.settle(draft, overlay);
      setRefusal(undefined);
      const refused = await additions.save((now) => {
        const others = section.parts(now);
        return section.with(
          now,
          saved === undefined ? [...others, part] : others.map((one) => (section.name(one) === chosen ? part : one)),
        );
      });
      if (refused) return setRefusal(refused);
      put(chosen, undefined);
      setPicked(section.name(part));
      say.done(t("own.saved", { title: section.title(part) }));
    },
    leave() {
      if (chosen !== undefined) put(chosen, undefined);
      setRefusal(undefined);
    },
    remove(key) {
      setStays(undefined);
      const part = all.find((one) => section.name(one) === key);
      if (!part) return put(key, undefined);
      modal.confirm({
        title: t("own.remove-ask", { title: section.title(part) }),
        content: section.confirmText,
        okText: t("own.remove"),
        okButtonProps: { danger: true },
        onOk: () => takeOff(key),
      });
    },
  };
}

/** The words for why a part could not be removed; usually because a rule reads it. */
function staysWords(refused: Refusal, key: string): string {
  const part = partOf(refused);
  const ruled = part !== key && (refused.code === "overlay.rule" || refused.code.startsWith("rule."));
  return ruled ? t("own.still-used", { rule: part }) : refusalWords(refused);
}

/** Whether a refusal is about another part than the one that is being saved. */
export function ofOther(refusal: Refusal | undefined, name: string): boolean {
  const part = refusal && partOf(refusal);
  return part !== undefined && part !== name && !part.startsWith(`${name}.`) && !name.startsWith(`${part}.`);
}
