/** Questions to the clerk about pasting, and about text whose record was deleted. */
import { App, Button, Space } from "antd";
import { type ReactNode, useMemo } from "react";

import type { RecordView, TableSpec } from "../../ipc";
import type { PasteQuestions } from "../../grid/clipboard";
import { t } from "../../text";

export interface Questions extends PasteQuestions {
  /** Whether text for a record that another window deleted becomes a new record. */
  gone(column: string, text: string): Promise<boolean>;
}

export function useQuestions(spec: TableSpec, note: (words: string) => void, focus: () => void): Questions {
  const { modal } = App.useApp();
  return useMemo(() => {
    /** A question with several answers; undefined when it is closed. */
    function ask<T>(
      title: string,
      content: ReactNode,
      answers: { value: T; words: string; main?: boolean }[],
      must = false,
    ) {
      return new Promise<T | undefined>((done) => {
        const box = modal.confirm({
          title,
          content,
          width: 460,
          keyboard: !must,
          afterClose: focus,
          onCancel: () => done(undefined),
          footer: (
            <Space className="fill-ask">
              {!must && <Button onClick={() => end(undefined)}>{t("part.cancel")}</Button>}
              {answers.map(({ value, words, main }) => (
                <Button
                  key={words}
                  type={main ? "primary" : "default"}
                  autoFocus={main ?? false}
                  onClick={() => end(value)}
                >
                  {words}
                </Button>
              ))}
            </Space>
          ),
        });
        function end(value: T | undefined) {
          box.destroy();
          done(value);
        }
      });
    }
    const titles = new Map(spec.fields.map((field) => [field.column, field.title]));
    return {
      wider: (given, left) =>
        ask<"cut" | "shift">(t("paste.wider", { given, left }), t("paste.wider-help"), [
          { value: "cut", words: t("paste.cut", { n: left }) },
          { value: "shift", words: t("paste.shift"), main: true },
        ]),
      headings: (n) => note(t("paste.headings", { n })),
      onlyCopied: () => note(t("paste.only-copied")),
      async gone(column, text) {
        const words = t("paste.gone-text", { column: titles.get(column) ?? column, text });
        const answer = await ask<boolean>(
          t("paste.gone"),
          words,
          [
            { value: false, words: t("paste.gone-drop") },
            { value: true, words: t("paste.gone-new"), main: true },
          ],
          true,
        );
        return answer === true;
      },
    };
  }, [modal, spec, note, focus]);
}

/** The values of a record with one cell changed, for a new record in its place. */
export function restored(record: RecordView | undefined, column: string, text: string): Record<string, string> {
  return { ...record?.cells, [column]: text };
}
