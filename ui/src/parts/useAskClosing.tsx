/** The question before the window closes with cells that could not be saved, or while work goes on. */
import { App } from "antd";
import { useCallback } from "react";

import type { Ask } from "../state/closing";
import { t } from "../text";

export function useAskClosing(): Ask {
  const { modal } = App.useApp();
  return useCallback(
    (why) =>
      new Promise((done) => {
        modal.confirm({
          title: t(why === "working" ? "closing.working" : "closing.title"),
          content: t(why === "working" ? "closing.working-words" : "closing.words"),
          okText: t("closing.anyway"),
          okButtonProps: { danger: true },
          cancelText: t(why === "working" ? "closing.wait" : "closing.stay"),
          autoFocusButton: "cancel",
          onOk: () => done(true),
          onCancel: () => done(false),
        });
      }),
    [modal],
  );
}
