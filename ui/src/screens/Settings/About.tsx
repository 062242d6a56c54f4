/** The program's version, its editions, its use of personal data, its log and its licence. */
import type { BookHead } from "../../ipc";
import { useCall } from "../../state/calls";
import { t } from "../../text";
import { Log } from "./Log";

export function About({ head }: { head: BookHead }) {
  const state = useCall("start.state", {}).data;
  return (
    <div className="settings-form">
      <h2>{t("app.name")}</h2>
      <p>{t("settings.about-what")}</p>
      <p className="sub">{t("start.version", { version: state?.version ?? "" })}</p>
      <h2>{t("settings.editions")}</h2>
      {state?.editions.map((edition) => (
        <div key={edition.id} className="settings-line">
          <div>
            {edition.title}
            <p className="sub small">
              {t("standards.edition", {
                title: edition.level,
                issued: edition.issued,
                tables: edition.tables,
                fields: edition.fields,
                lists: edition.code_lists,
                codes: edition.codes,
              })}
            </p>
          </div>
          <div className="sub small">{edition.id === head.edition ? t("settings.in-use") : ""}</div>
        </div>
      ))}
      <h2>{t("settings.privacy")}</h2>
      <p className="sub">{t("settings.privacy-words")}</p>
      <h2>{t("settings.log")}</h2>
      <Log />
      <h2>{t("settings.licence")}</h2>
      <p className="sub">Apache-2.0 OR MIT</p>
    </div>
  );
}
