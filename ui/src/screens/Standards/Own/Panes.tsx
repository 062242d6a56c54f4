/**
 * A list at the left, the form of what is chosen at the right. Typed text is kept while another part is shown.
 */
import { DeleteOutlined, PlusOutlined, WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";

import { t } from "../../../text";

export interface Item {
  key: string;
  title: string;
  more: string;
  problem?: string | undefined;
  unsaved?: boolean;
}

interface PanesProps {
  label: string;
  items: Item[];
  chosen: string | undefined;
  choose(key: string): void;
  add(): void;
  addWords: string;
  remove(key: string): void;
  /** Above the list, such as why something could not be removed. */
  note?: ReactNode;
  children: ReactNode;
}

/** The key of a new part that is not saved yet. */
export const FRESH = "";

export function Panes({ label, items, chosen, choose, add, addWords, remove, note, children }: PanesProps) {
  return (
    <div className="own-panes">
      <section className="own-list" aria-label={label}>
        <Button block icon={<PlusOutlined aria-hidden />} onClick={add} data-testid="own-add">
          {addWords}
        </Button>
        {note}
        <ul className="scroll">
          {items.map((item) => (
            <li key={item.key} className={item.key === chosen ? "is-on" : ""}>
              <button
                type="button"
                className="grow"
                aria-current={item.key === chosen ? "true" : undefined}
                onClick={() => choose(item.key)}
              >
                <span className="cut">
                  {item.problem && (
                    <WarningFilled className="warn" aria-label={t("own.no-place")} title={item.problem} />
                  )}{" "}
                  {item.title || t("own.untitled")}
                  {item.unsaved && <span className="pill is-confirm">{t("own.unsaved")}</span>}
                </span>
                <span className="sub small cut">{item.more}</span>
              </button>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t("own.remove-of", { title: item.title || t("own.untitled") })}
                onClick={() => remove(item.key)}
              />
            </li>
          ))}
        </ul>
      </section>
      <section className="own-form scroll">{children}</section>
    </div>
  );
}

interface FootProps {
  busy: boolean;
  changed: boolean;
  refused: string | undefined;
  save(): void;
  leave(): void;
  children?: ReactNode;
}

/** What stands below each form. */
export function Foot({ busy, changed, refused, save, leave, children }: FootProps) {
  return (
    <footer className="own-foot">
      {refused && (
        <p className="bad" role="alert">
          {refused}
        </p>
      )}
      <div className="row">
        <Button type="primary" loading={busy} disabled={!changed} onClick={save} data-testid="own-save">
          {t("part.save")}
        </Button>
        <Button disabled={busy || !changed} onClick={leave}>
          {t("own.leave")}
        </Button>
        {children}
      </div>
    </footer>
  );
}
