/** Says above a form that it holds what was typed earlier and is not saved, with the way to give it up. */
import { Alert, Button } from "antd";

import { t } from "../text";
import "./parts.css";

export function Unsaved({ drop }: { drop(): void }) {
  return (
    <Alert
      type="info"
      className="part-unsaved"
      title={t("part.unsaved")}
      action={
        <Button size="small" onClick={drop}>
          {t("part.unsaved-drop")}
        </Button>
      }
    />
  );
}
