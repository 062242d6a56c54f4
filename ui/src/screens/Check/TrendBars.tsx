/** Records of a table by period, oldest first: each bar with its number and its period, so that no colour is needed. */
import type { TrendPeriod } from "../../ipc";
import { count, t } from "../../text";

const WIDTH = 92;
const TALL = 84;
const TOP = 18;

export function TrendBars({ periods, expected }: { periods: TrendPeriod[]; expected: number | null }) {
  const bars = [...periods].reverse();
  const most = Math.max(1, expected ?? 0, ...bars.map(({ rows }) => rows ?? 0));
  const tall = (rows: number) => Math.max(rows > 0 ? 2 : 0, (rows / most) * TALL);
  const words = bars.map(({ name, rows }) => `${name} ${rows === null ? "—" : count(rows)}`).join("，");
  const width = WIDTH * bars.length;
  return (
    <svg
      className="check-bars"
      viewBox={`0 0 ${width} ${TALL + 60}`}
      style={{ maxWidth: width }}
      role="img"
      aria-label={`${t("check.trend-rows")}：${words}`}
    >
      <defs>
        <pattern id="check-bars-now" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="check-bars-now" />
          <path d="M0 0v6" className="check-bars-line" />
        </pattern>
      </defs>
      {bars.map(({ name, rows }, at) => {
        const height = tall(rows ?? 0);
        const middle = at * WIDTH + WIDTH / 2;
        const [, year = name, term = ""] = /^([\d-]+\D{2})(.+)$/.exec(name) ?? [];
        const isNow = at === bars.length - 1;
        return (
          <g key={name}>
            <rect
              x={at * WIDTH + 22}
              y={TOP + TALL - height}
              width={WIDTH - 44}
              height={height}
              className="check-bars-bar"
              fill={isNow ? "url(#check-bars-now)" : undefined}
            />
            <text x={middle} y={TOP + TALL - height - 5} textAnchor="middle" className={isNow ? "is-now" : ""}>
              {rows === null ? "—" : count(rows)}
            </text>
            <text x={middle} y={TOP + TALL + 14} textAnchor="middle" className="is-sub">
              {year}
            </text>
            <text x={middle} y={TOP + TALL + 27} textAnchor="middle" className="is-sub">
              {term}
            </text>
          </g>
        );
      })}
      {expected !== null && (
        <g>
          <path className="check-bars-expected" d={`M0 ${TOP + TALL - tall(expected)}H${width}`} />
          <text x={2} y={TOP + TALL - tall(expected) - 4} className="is-sub">
            {t("check.expected")} {count(expected)}
          </text>
        </g>
      )}
      <path className="check-bars-ground" d={`M0 ${TOP + TALL}H${width}`} />
    </svg>
  );
}
