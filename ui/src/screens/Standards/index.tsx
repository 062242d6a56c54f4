/** The standards: looking at an edition, comparing two, moving to another, and a college's own additions. */
import { Segmented } from "antd";
import { Suspense } from "react";

import { Waiting } from "../../parts";
import { go, type Place } from "../../state/route";
import { tDynamic, t } from "../../text";
import { VIEWS, viewOf } from "./views";
import "./Standards.css";

export default function Standards({ place }: { place: Place }) {
  const { name, Screen, Tools } = viewOf(place);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav.standards")}</h1>
        <Segmented
          aria-label={t("standards.views")}
          value={name}
          onChange={(next) => go({ screen: "standards", what: next === VIEWS[0].name ? undefined : next })}
          options={VIEWS.map((view) => ({ value: view.name, label: tDynamic(`standards.view-${view.name}`) }))}
        />
        <span className="grow" />
        {Tools && <Tools place={place} />}
      </header>
      <Suspense fallback={<Waiting />}>
        <Screen place={place} />
      </Suspense>
    </div>
  );
}
