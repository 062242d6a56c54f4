/** Ways to correct all cells of a group: another value, or what can be said without knowing one. */
import { Button, Input, Popover } from "antd";
import { useState } from "react";

import type { FindingGroup, Remedy } from "../../ipc";
import { CodeSelect } from "../../parts/CodeSelect";
import { useCall } from "../../state/calls";
import { t } from "../../text";

interface RemediesProps {
  group: FindingGroup;
  busy: boolean;
  mend(remedy: Remedy): Promise<void>;
}

export function Remedies(props: RemediesProps) {
  const [open, setOpen] = useState(false);
  const mend = (remedy: Remedy) => props.mend(remedy).then(() => setOpen(false));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<Choices {...props} mend={mend} />}
    >
      <Button disabled={props.busy}>{t(props.group.value === "" ? "check.fill-in" : "check.mend-with")}</Button>
    </Popover>
  );
}

function Choices({ group, busy, mend }: RemediesProps) {
  const [value, setValue] = useState("");
  const spec = useCall("standard.table", { edition: null, table: group.table });
  const field = spec.data?.fields.find((one) => one.column === group.column);
  const isRight = group.values > 1 || group.value !== "";
  return (
    <div className="part-explain">
      <p className="small sub check-remedies-help">
        {t("check.mend-help", { n: group.count, title: group.column_title ?? "" })}
      </p>
      <div className="row">
        {field?.code_list ? (
          <CodeSelect
            list={field.code_list}
            label={group.column_title ?? t("check.mend-with")}
            {...(field.kind === "codes" ? { mode: "multiple" as const } : {})}
            value={value === "" ? [] : value.split(field.separator ?? ",")}
            onChange={(codes) => setValue(codes.join(field.separator ?? ","))}
          />
        ) : (
          <Input
            autoFocus
            aria-label={group.column_title ?? t("check.mend-with")}
            value={value}
            placeholder={field?.example ?? ""}
            onChange={(event) => setValue(event.target.value)}
            onPressEnter={() => value && void mend({ do: "value", with: value })}
          />
        )}
        <Button
          type="primary"
          loading={busy}
          disabled={value === ""}
          onClick={() => void mend({ do: "value", with: value })}
        >
          {t("check.mend-now")}
        </Button>
      </div>
      <div className="check-remedies">
        <Button size="small" disabled={busy} onClick={() => void mend({ do: "record" })}>
          {t("check.from-record")}
        </Button>
        {isRight && (
          <>
            <Button size="small" disabled={busy} onClick={() => void mend({ do: "trim" })}>
              {t("check.trim")}
            </Button>
            <Button size="small" disabled={busy} onClick={() => void mend({ do: "blank" })}>
              {t("check.mend-empty")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
