/** The whole page: the first screen without a book, the frame with one. */
import { App as Antd, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";

import { Shown } from "./parts";
import { antdTheme, useLooks } from "./parts/theme";
import { Start } from "./screens/Start";
import { Locked } from "./screens/Start/Locked";
import { Shell } from "./Shell";
import { openBook, watchProgram } from "./state/alive";
import { listenForChanges, useCall } from "./state/calls";
import { learnTime } from "./state/clock";
import { language, t } from "./text";

export function App() {
  const start = useCall("start.state", {});
  const open = start.data?.open ?? null;
  const settings = useCall("settings.get", open ? {} : null);
  const looks = useLooks(settings.data?.theme, settings.data?.text_size);

  useEffect(listenForChanges, []);
  useEffect(watchProgram, []);
  useEffect(() => openBook(open?.path), [open?.path]);
  const clock = useCall("clock.state", {}).data;
  // Before the screens are drawn, which count days by it.
  if (clock) learnTime(clock);
  // The title of the window shows the same.
  const college = open?.college.name;
  useEffect(() => {
    document.title = college ? `${college} - ${t("app.name")}` : t("app.name");
  }, [college]);

  return (
    <ConfigProvider
      locale={language === "en" ? enUS : zhCN}
      theme={antdTheme(looks)}
      button={{ autoInsertSpace: false }}
    >
      <Antd message={{ maxCount: 3, top: 5 }} style={{ height: "100%" }}>
        <Shown answer={start}>
          {(state) =>
            state.open ? (
              <>
                {/* What was on the screen stays behind the lock, so that no text that is being typed is lost. */}
                <div style={{ display: state.locked ? "none" : "contents" }} inert={state.locked}>
                  <Shell key={state.open.path} head={state.open} lockAfter={settings.data?.lock_after ?? 0} />
                </div>
                {state.locked && <Locked head={state.open} />}
              </>
            ) : (
              <Start state={state} />
            )
          }
        </Shown>
      </Antd>
    </ConfigProvider>
  );
}
