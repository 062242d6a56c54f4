/** The settings: college and period, departments, connections, security, appearance, about. */

import type { BookHead, Settings as Values } from "../../ipc";
import { call } from "../../ipc";
import { Shown } from "../../parts";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { saving } from "../../state/saving";
import type { Place } from "../../state/route";
import { t } from "../../text";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { CollegeForm } from "./CollegeForm";
import { Connections } from "./Connections";
import { Departments } from "./Departments";
import { Due } from "./Due";
import { Schedule } from "./Schedule";
import { Security } from "./Security";
import { Submission } from "./Submission";
import "./Settings.css";

const PARTS = [
  "college",
  "due",
  "departments",
  "connections",
  "schedule",
  "submission",
  "security",
  "appearance",
  "about",
] as const;

export default function Settings({ place, head }: { place: Place; head: BookHead }) {
  const say = useSay();
  const answer = useCall("settings.get", {});
  const part = PARTS.find((name) => name === place.what) ?? "college";

  return (
    <div className="settings">
      <nav aria-label={t("nav.settings")}>
        <h1>{t("nav.settings")}</h1>
        {PARTS.map((name) => (
          <a
            key={name}
            href={`#/settings/${name}`}
            className={name === part ? "is-on" : ""}
            aria-current={name === part ? "page" : undefined}
          >
            {t(`settings.${name}`)}
          </a>
        ))}
      </nav>
      <div className="settings-body scroll">
        <Shown answer={answer}>
          {(settings) => {
            const save = async (change: Partial<Values>) => {
              try {
                await saving(call("settings.set", { ...settings, ...change }));
                answer.reload();
                return true;
              } catch (error) {
                say.failed(error);
                return false;
              }
            };
            switch (part) {
              case "college":
                return <CollegeForm settings={settings} save={save} />;
              case "due":
                return <Due />;
              case "departments":
                return <Departments settings={settings} save={save} />;
              case "connections":
                return <Connections settings={settings} save={save} />;
              case "schedule":
                return <Schedule />;
              case "submission":
                return <Submission />;
              case "security":
                return <Security head={head} settings={settings} save={save} />;
              case "appearance":
                return <Appearance settings={settings} save={save} />;
              case "about":
                return <About head={head} />;
            }
          }}
        </Shown>
      </div>
    </div>
  );
}
