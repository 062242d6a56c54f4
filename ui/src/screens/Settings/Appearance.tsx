/** Light and dark, text size, masking, language. */
import { Radio, Select, Slider, Switch } from "antd";

import type { Theme } from "../../ipc";
import { kept } from "../../state/kept";
import { language, t } from "../../text";
import type { PartProps } from "./part";

export function Appearance({ settings, save }: PartProps) {
  return (
    <div className="settings-form">
      <h2>{t("settings.appearance")}</h2>
      <Line title={t("settings.theme")}>
        <Radio.Group
          optionType="button"
          value={settings.theme}
          onChange={(event) => void save({ theme: event.target.value as Theme })}
          options={(["system", "light", "dark"] as const).map((theme) => ({
            value: theme,
            label: t(`settings.theme-${theme}`),
          }))}
        />
      </Line>
      <Line title={t("settings.text-size")} help={t("settings.text-size-help")}>
        <Slider
          ariaLabelForHandle={t("settings.text-size")}
          min={14}
          max={20}
          step={1}
          defaultValue={settings.text_size || 14}
          marks={{ 14: "14", 16: "16", 18: "18", 20: "20" }}
          onChangeComplete={(size) => void save({ text_size: size })}
        />
      </Line>
      <Line title={t("settings.show-personal")} help={t("settings.show-personal-help")}>
        <Switch
          checked={settings.show_personal}
          onChange={(show) => void save({ show_personal: show })}
          aria-label={t("settings.show-personal")}
        />
      </Line>
      <Line title={t("settings.language")}>
        <Select
          style={{ width: 160 }}
          aria-label={t("settings.language")}
          value={language}
          onChange={(value) => {
            kept.write("language", value);
            location.reload();
          }}
          options={[
            { value: "zh", label: t("settings.language-zh") },
            { value: "en", label: t("settings.language-en") },
          ]}
        />
      </Line>
    </div>
  );
}

function Line({ title, help, children }: { title: string; help?: string; children: React.ReactNode }) {
  return (
    <div className="settings-line">
      <div>
        {title}
        {help && <p className="sub small">{help}</p>}
      </div>
      <div>{children}</div>
    </div>
  );
}
