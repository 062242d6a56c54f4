/** The first screen: open a book, make one, or try the program with the invented college. */
import { BankOutlined, DownOutlined, FolderOpenOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useEffect, useRef, useState } from "react";

import { call, CallFailure, chooseFiles, type RecentBook, type StartState } from "../../ipc";
import { WorkBar } from "../../parts";
import { ClockNotice } from "../../parts/ClockNotice";
import { useSay } from "../../parts/say";
import { useJob } from "../../state/jobs";
import { currentTerm } from "../../state/terms";
import { t } from "../../text";
import { AskPassphrase } from "./AskPassphrase";
import { NewBook } from "./NewBook";
import "./Start.css";

/** The ending of draft books. */
const BOOK_KIND = { name: t("start.book-kind"), extensions: ["tianbao"] };

export function Start({ state }: { state: StartState }) {
  const say = useSay();
  const job = useJob();
  const [locked, setLocked] = useState<string>();
  const [sampleLock, setSampleLock] = useState<string>();

  async function open(path: string) {
    try {
      await call("book.open", { path, passphrase: null });
    } catch (error) {
      // Without a key in the key store the book asks for its passphrase; every other error is shown.
      if (error instanceof CallFailure && NEEDS_PASSPHRASE.has(error.code)) setLocked(path);
      else say.failed(error);
    }
  }

  // A double click on a book that this PC has no key for: it asks for its password like any other, once. A book that
  // was double-clicked while the program ran has not been tried yet.
  const asked = useRef<string>(undefined);
  const latest = useRef(open);
  latest.current = open;
  const wanted = state.wanted;
  useEffect(() => {
    if (wanted === null || asked.current === wanted.path) return;
    asked.current = wanted.path;
    if (wanted.error === null) void latest.current(wanted.path);
    else if (NEEDS_PASSPHRASE.has(wanted.error.code)) setLocked(wanted.path);
    else say.failed(new CallFailure(wanted.error));
  }, [wanted, say]);

  async function openFile() {
    const [path] = await chooseFiles([BOOK_KIND], false);
    if (path) await open(path);
  }

  /** The sample needs a key like any book; without a key store the clerk is asked for a password. */
  async function openSample(edition: string | undefined, passphrase: string | null) {
    if (!edition) return;
    try {
      await job.run((number) =>
        call("book.create", {
          edition,
          college: { code: "", name: "", region: "" },
          period: currentTerm(),
          department: "",
          path: null,
          passphrase,
          recovery_key: null,
          sample: true,
          job: number,
        }),
      );
    } catch (error) {
      if (passphrase === null && error instanceof CallFailure && error.code.startsWith("vault."))
        setSampleLock(edition);
      else say.failed(error);
    }
  }

  return (
    <div className="start">
      <aside>
        <div className="start-name">
          <Logo />
          <div>
            <b>{t("app.name")}</b>
            <span>{t("start.what")}</span>
          </div>
        </div>
        <ClockNotice />

        <h2>{t("start.recent")}</h2>
        <div className="start-recent scroll" role="region" aria-label={t("start.recent")} tabIndex={0}>
          {state.recent.length === 0 && <p className="sub small">{t("start.no-recent")}</p>}
          {state.recent.map((book) => (
            <Recent key={book.path} book={book} open={() => void open(book.path)} />
          ))}
        </div>

        <Button block icon={<FolderOpenOutlined aria-hidden />} onClick={() => void openFile()}>
          {t("start.open")}
        </Button>
        <Button
          block
          icon={<BankOutlined aria-hidden />}
          disabled={job.running}
          onClick={() => void openSample(state.editions[0]?.id, null)}
          data-testid="open-sample"
        >
          {t("start.sample")}
        </Button>
        {job.running ? <WorkBar job={job} /> : <p className="sub small">{t("start.sample-help")}</p>}
        {!job.running && state.editions.length > 1 && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: state.editions.map(({ id, level, issued }) => ({ key: id, label: `${level} ${issued}` })),
              onClick: ({ key }) => void openSample(key, null),
            }}
          >
            <Button block size="small" data-testid="sample-edition">
              {t("start.sample-edition")} <DownOutlined aria-hidden />
            </Button>
          </Dropdown>
        )}
        <p className="start-foot sub small">{t("start.version", { version: state.version })}</p>
      </aside>
      <main className="scroll">
        <NewBook state={state} />
      </main>
      {locked && (
        <AskPassphrase
          title={t("start.passphrase-title")}
          detail={locked}
          ok={t("start.open-now")}
          use={(passphrase) => call("book.open", { path: locked, passphrase })}
          close={() => setLocked(undefined)}
        />
      )}
      {sampleLock !== undefined && (
        <AskPassphrase
          title={t("start.sample-lock")}
          detail={t("start.no-key-store")}
          ok={t("start.sample")}
          shortest={8}
          use={(passphrase) => {
            setSampleLock(undefined);
            return openSample(sampleLock, passphrase);
          }}
          close={() => setSampleLock(undefined)}
        />
      )}
    </div>
  );
}

/** A key store without this book's key, or with an older one. */
const NEEDS_PASSPHRASE = new Set(["book.passphrase-needed", "book.wrong-key", "book.wrong-passphrase"]);

function Recent({ book, open }: { book: RecentBook; open(): void }) {
  return (
    <button type="button" disabled={!book.present} onClick={open} title={book.path}>
      <span className="grow">
        <b className="cut">{book.college}</b>
        <span className="cut">{book.present ? book.path : t("start.gone", { path: book.path })}</span>
      </span>
      <RightOutlined aria-hidden />
    </button>
  );
}

function Logo() {
  return (
    <svg viewBox="0 0 512 512" width="44" height="44" aria-hidden>
      <rect x="24" y="24" width="464" height="464" rx="104" fill="#1668dc" />
      <path d="M132 120h248a24 24 0 0 1 24 24v60H108v-60a24 24 0 0 1 24-24z" fill="#fff" />
      <path
        d="M108 222h88v78h-88zM214 222h190v78H214zM108 318h88v74h-64a24 24 0 0 1-24-24zM214 318h78v74h-78z"
        fill="#fff"
        fillOpacity=".62"
      />
      <circle cx="366" cy="366" r="98" fill="#1668dc" />
      <circle cx="366" cy="366" r="80" fill="#fff" />
      <path
        d="M328 367l28 28 50-54"
        fill="none"
        stroke="#1668dc"
        strokeWidth="26"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
