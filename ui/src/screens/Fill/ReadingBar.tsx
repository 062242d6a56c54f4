/** Over the grid while a table is sorted, filtered or searched for long: how far it is, and the way to end it. */
import { Button, Progress } from "antd";

import { type Readings, useReading } from "../../state/reading";
import { tDynamic, t } from "../../text";

export function ReadingBar({ readings }: { readings: Readings }) {
  const reading = useReading(readings);
  if (!reading) return null;
  const { step, done, total } = reading.progress;
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <div className="fill-reading part-floating" role="status" data-testid="reading">
      <span>{tDynamic(`progress.${step}`)}</span>
      <Progress percent={percent} size="small" status="active" />
      <Button size="small" onClick={reading.cancel}>
        {t("part.cancel")}
      </Button>
    </div>
  );
}
