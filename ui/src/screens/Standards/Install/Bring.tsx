/** The two ways to install an edition: a signed package, and a definition workbook. */
import { FileExcelOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { t } from "../../../text";
import type { Arrival } from "./useArrival";

export function Bring({ arrival }: { arrival: Arrival }) {
  const { step } = arrival;
  const busy = step.at === "reading" || step.at === "installing";
  return (
    <section className="card">
      <h2>{t("install.bring")}</h2>
      <p className="sub small">{t("install.bring-help")}</p>
      <div className="install-ways">
        <Button
          block
          icon={<FileExcelOutlined aria-hidden />}
          disabled={busy}
          onClick={() => void arrival.choose("definition")}
          data-testid="bring-definition"
        >
          {t("install.from-definition")}
        </Button>
        <p className="sub small">{t("install.from-definition-help")}</p>
        <Button
          block
          icon={<SafetyCertificateOutlined aria-hidden />}
          disabled={busy}
          onClick={() => void arrival.choose("package")}
          data-testid="bring-package"
        >
          {t("install.from-package")}
        </Button>
        <p className="sub small">{t("install.from-package-help")}</p>
      </div>
    </section>
  );
}
