/** The scores of the six dimensions as a radar; one that was not measured has no point. */
import type { DimensionScore } from "../../ipc";
import { tDynamic, t } from "../../text";
import { pointWords } from "./points";

const SIZE = 220;
const MIDDLE = SIZE / 2;
const REACH = 68;

/** A place on the axis of a dimension, at a share of its length. */
function place(axis: number, axes: number, share: number): [number, number] {
  const angle = (2 * Math.PI * axis) / axes - Math.PI / 2;
  return [MIDDLE + REACH * share * Math.cos(angle), MIDDLE + REACH * share * Math.sin(angle)];
}

const outline = (points: [number, number][]) =>
  points.map((point) => point.map((n) => n.toFixed(1)).join(",")).join(" ");

export function Radar({ dimensions }: { dimensions: DimensionScore[] }) {
  const axes = dimensions.length;
  const ring = (share: number) => outline(dimensions.map((_, axis) => place(axis, axes, share)));
  const measured = dimensions.flatMap(({ score }, axis) => (score === null ? [] : [place(axis, axes, score / 100)]));
  return (
    <svg className="check-radar" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t("check.dimensions")}>
      {[0.25, 0.5, 0.75, 1].map((share) => (
        <polygon key={share} points={ring(share)} className="check-radar-ring" />
      ))}
      {measured.length > 2 && <polygon points={outline(measured)} className="check-radar-area" />}
      {measured.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={3} className="check-radar-point" />
      ))}
      {dimensions.map(({ no, score }, axis) => {
        const [x, y] = place(axis, axes, 1.32);
        return (
          <text key={no} x={x} y={y} textAnchor="middle" className={score === null ? "is-unmeasured" : ""}>
            <tspan x={x}>{tDynamic(`dimension.${no}`)}</tspan>
            <tspan x={x} dy="1.2em">
              {pointWords(score)}
            </tspan>
          </text>
        );
      })}
    </svg>
  );
}
