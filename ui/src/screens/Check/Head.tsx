/** The head of the checking screen: its views. */
import { Segmented } from "antd";

import { go } from "../../state/route";
import { t } from "../../text";

export const VIEWS = ["findings", "trend", "quality", "rules"] as const;
export type View = (typeof VIEWS)[number];

export function Head({ view }: { view: View }) {
  return (
    <>
      <h1>{t("nav.check")}</h1>
      <Segmented<View>
        value={view}
        aria-label={t("check.views")}
        onChange={(next) => go({ screen: "check", what: next === "findings" ? undefined : next })}
        options={VIEWS.map((name) => ({ value: name, label: t(`check.view-${name}`) }))}
      />
      <p className="grow cut" title={t(`check.help-${view}`)}>
        {t(`check.help-${view}`)}
      </p>
    </>
  );
}
