/** The question before the window closes with cells that could not be saved. */
import { App } from "antd";
import { useCallback } from "react";

import { t } from "../text";

export function useAskClosing(): () => Promise<boolean> {
  const { modal } = App.useApp();
  return useCallback(
    () =>
      new Promise((done) => {
        modal.confirm({
          title: t("closing.title"),
          content: t("closing.words"),
          okText: t("closing.anyway"),
          okButtonProps: { danger: true },
          cancelText: t("closing.stay"),
          autoFocusButton: "cancel",
          onOk: () => done(true),
          onCancel: () => done(false),
        });
      }),
    [modal],
  );
}
