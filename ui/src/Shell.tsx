/** The frame around the screens: rail, top bar, and the one screen that is open. */
import { CheckOutlined, CloudSyncOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { Dropdown, Tooltip } from "antd";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";

import { type BookHead, onDrop } from "./ipc";
import { Waiting } from "./parts";
import { AwayNotice } from "./parts/AwayNotice";
import { BookNotices } from "./parts/BookNotices";
import { ClockNotice } from "./parts/ClockNotice";
import { RecoveryNotice } from "./parts/RecoveryNotice";
import { Boundary } from "./parts/Boundary";
import { ScreenIcon } from "./parts/icons";
import { useSay } from "./parts/say";
import { useAskClosing } from "./parts/useAskClosing";
import { Wanted } from "./parts/Wanted";
import { bookName } from "./state/steps";
import { useBrowserKeys } from "./state/browserKeys";
import { leaveDropped } from "./state/dropped";
import { closeBook, useClosing } from "./state/closing";
import { lockBook, useIdle } from "./state/idle";
import { go, type Place, SCREENS, usePlace } from "./state/route";
import { useSaving } from "./state/saving";
import { Help } from "./screens/Help";
import { Home } from "./screens/Home";
import { t } from "./text";
import "./Shell.css";

const Fill = lazy(() => import("./screens/Fill"));
const Check = lazy(() => import("./screens/Check"));
const Workbooks = lazy(() => import("./screens/Workbooks"));
const Submit = lazy(() => import("./screens/Submit"));
const Standards = lazy(() => import("./screens/Standards"));
const Settings = lazy(() => import("./screens/Settings"));

/** `lockAfter`: minutes without a sign of a person after which the book is locked; 0: never. */
export function Shell({ head, lockAfter }: { head: BookHead; lockAfter: number }) {
  const place = usePlace();
  const say = useSay();
  const [help, setHelp] = useState(false);
  const onKey = useCallback(
    (name: string) => {
      if (name === "F1") setHelp(true);
      if (name === "Ctrl+S" || name === "Shift+F12") say.note(t("bar.saved-already"));
    },
    [say],
  );
  useBrowserKeys(onKey);
  useScreenKeys();
  useDrops(place);
  useClosing(useAskClosing());
  const lock = useCallback(() => void lockBook().catch(say.failed), [say]);
  useIdle(head.lock === "password" ? lockAfter : 0, lock);
  return (
    <div className="shell">
      <button type="button" className="shell-skip" onClick={toContent}>
        {t("nav.skip")}
      </button>
      <TopBar head={head} />
      <nav className="shell-rail" aria-label={t("nav.label")}>
        {SCREENS.map((screen, i) => (
          <a
            key={screen}
            href={`#/${screen}`}
            title={`Alt+${i + 1}`}
            aria-keyshortcuts={`Alt+${i + 1}`}
            className={place.screen === screen ? "is-on" : ""}
            aria-current={place.screen === screen ? "page" : undefined}
          >
            <ScreenIcon screen={screen} />
            {t(`nav.${screen}`)}
          </a>
        ))}
      </nav>
      <div className="shell-notices">
        <AwayNotice />
        <ClockNotice />
        <RecoveryNotice head={head} />
        <BookNotices head={head} />
        <Wanted open={head.path} />
      </div>
      <div className="unseen" aria-live="polite">
        {t("nav.now", { screen: t(`nav.${place.screen}`) })}
      </div>
      <main id="content" tabIndex={-1}>
        <Boundary place={`${place.screen} ${place.what ?? ""}`}>
          <Suspense fallback={<Waiting />}>
            <Open place={place} head={head} />
          </Suspense>
        </Boundary>
      </main>
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

/** Files that are dropped on any screen are imported; the import screen itself shows where to drop them. */
function useDrops(place: Place) {
  const importing = place.screen === "workbooks" && (place.what ?? "import") === "import";
  useEffect(() => {
    if (importing) return;
    return onDrop(
      () => {},
      (files) => {
        leaveDropped(files);
        go({ screen: "workbooks", what: "import" });
      },
    );
  }, [importing]);
}

/** Alt and a digit open a screen. */
function useScreenKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const screen = SCREENS[Number(/^Digit([1-9])$/.exec(event.code)?.[1]) - 1];
      if (!screen) return;
      event.preventDefault();
      go({ screen });
      // From here Tab goes on into the screen; the filling screen takes the focus into its grid.
      document.getElementById("content")?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Puts the focus into the screen, past the bar and the rail; in the filling screen into the grid. */
function toContent() {
  const content = document.getElementById("content");
  const grid = content?.querySelector<HTMLElement>("[data-testid=cell-editor]");
  (grid ?? content)?.focus();
}

function Open({ place, head }: { place: Place; head: BookHead }) {
  switch (place.screen) {
    case "home":
      return <Home head={head} />;
    case "fill":
      return <Fill place={place} book={bookName(head)} />;
    case "check":
      // A figure of Home leads to one level.
      return <Check key={place.what ?? ""} what={place.what} />;
    case "workbooks":
      return <Workbooks place={place} head={head} />;
    case "submit":
      // The key makes React start the screen afresh for another table.
      return <Submit key={place.what ?? ""} table={place.what} />;
    case "standards":
      return <Standards place={place} />;
    case "settings":
      return <Settings place={place} head={head} />;
  }
}

function TopBar({ head }: { head: BookHead }) {
  const say = useSay();
  const ask = useAskClosing();
  const close = () => closeBook(ask).catch(say.failed);
  return (
    <header className="shell-top">
      <b>{t("app.name")}</b>
      <span className="shell-chip cut" title={head.path}>
        {head.college.name} <i>{head.edition_name}</i>
        {head.sample && <em>{t("bar.sample")}</em>}
        {head.read_only && <em title={t("bar.read-only-help")}>{t("bar.read-only")}</em>}
      </span>
      <a className="shell-chip" href="#/settings/college">
        {t("bar.period")} <i>{head.period_name}</i>
      </a>
      <a className="shell-chip" href="#/settings/college">
        {t("bar.department")} <i>{head.department || t("bar.all-departments")}</i>
      </a>
      <span className="grow" />
      <SaveState />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "settings", label: t("bar.to-settings") },
            { key: "close", label: t("bar.close-book") },
          ],
          onClick: ({ key }) => (key === "close" ? void close() : go({ screen: "settings", what: "college" })),
        }}
      >
        <button type="button" className="shell-chip shell-person">
          {head.person || t("bar.person-unset")}
        </button>
      </Dropdown>
    </header>
  );
}

/** Shows that changes are being saved only when it takes longer than 300 ms. */
function SaveState() {
  const { pending, failed } = useSaving();
  const [slow, setSlow] = useState(false);
  const busy = pending > 0;
  useEffect(() => {
    if (!busy) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, [busy]);
  if (failed > 0)
    return (
      <Tooltip title={t("bar.failed-help")}>
        <span className="shell-saved bad" role="alert">
          <ExclamationCircleOutlined aria-hidden /> {t("bar.failed", { n: failed })}
        </span>
      </Tooltip>
    );
  return (
    <span
      className={slow ? "shell-saved sub" : "shell-saved ok"}
      role="status"
      data-testid="save-state"
      data-pending={pending}
    >
      {slow ? <CloudSyncOutlined aria-hidden /> : <CheckOutlined aria-hidden />}{" "}
      {slow ? t("bar.saving") : t("bar.saved")}
    </span>
  );
}
