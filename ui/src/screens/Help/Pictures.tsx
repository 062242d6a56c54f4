/** Pictures of the first steps, drawn so that they follow the colours, the text and the language of the program. */
import type { ReactNode } from "react";

import { t } from "../../text";

export const STEPS = ["1", "2", "3", "4", "5", "6"] as const;
export type Step = (typeof STEPS)[number];

const WIDTH = 240;
const HEIGHT = 104;

export function Picture({ step }: { step: Step }) {
  return (
    <svg className="help-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <rect className="help-paper" x={0.5} y={0.5} width={WIDTH - 1} height={HEIGHT - 1} rx={6} />
      {PICTURES[step]}
    </svg>
  );
}

/** A cell of a table with its text. */
function Cell({ x, y, width = 62, text = "", is = "" }: CellProps) {
  return (
    <>
      <rect className={`help-box ${is && `is-${is}`}`} x={x} y={y} width={width} height={18} />
      <text x={x + 5} y={y + 13} className={is === "head" ? "is-sub" : ""}>
        {text}
      </text>
    </>
  );
}

interface CellProps {
  x: number;
  y: number;
  width?: number;
  text?: string;
  is?: "head" | "mandatory" | "chosen" | "on" | "";
}

/** A button or a station of a way, with its words in the middle. */
function Station({ x, y, width = 58, text, on = false }: StationProps) {
  return (
    <>
      <rect className={`help-station ${on ? "is-on" : ""}`} x={x} y={y} width={width} height={24} rx={5} />
      <text x={x + width / 2} y={y + 16} textAnchor="middle" className={on ? "is-paper" : ""}>
        {text}
      </text>
    </>
  );
}

interface StationProps {
  x: number;
  y: number;
  width?: number;
  text: string;
  on?: boolean;
}

const Arrow = ({ x, y, length = 18 }: { x: number; y: number; length?: number }) => (
  <path className="help-arrow" d={`M${x} ${y}h${length}m-5 -4l5 4l-5 4`} />
);

const PICTURES: Record<Step, ReactNode> = {
  "1": (
    <>
      <rect className="help-box is-plane" x={8} y={10} width={66} height={84} />
      <rect className="help-box is-on" x={8} y={32} width={66} height={18} />
      <text x={14} y={25}>
        {t("help.picture-table-1")}
      </text>
      <text x={14} y={45}>
        {t("help.picture-table-2")}
      </text>
      <text x={14} y={65}>
        {t("help.picture-table-3")}
      </text>
      <Cell x={84} y={14} text={t("help.picture-number")} is="head" />
      <Cell x={146} y={14} text={t("help.picture-name")} is="head" width={78} />
      <Cell x={84} y={32} text="20240101" />
      <Cell x={146} y={32} width={78} />
      <Cell x={84} y={50} text="20240102" is="chosen" />
      <Cell x={146} y={50} width={78} />
      <text x={84} y={90} className="is-sub">
        {t("help.picture-paste")}
      </text>
      <path className="help-arrow" d="M196 96v-22m-4 5l4 -5l4 5" />
    </>
  ),
  "2": (
    <>
      <Cell x={16} y={20} text={t("help.picture-date")} is="head" width={92} />
      <Cell x={16} y={38} text="2026-9-1" is="chosen" width={92} />
      <text x={16} y={76} className="is-sub">
        {t("help.picture-enter")}
      </text>
      <Arrow x={116} y={48} />
      <text x={144} y={52} className="is-ok">
        ✓ {t("help.picture-saved")}
      </text>
      <text x={144} y={72} className="is-ok">
        ✓ {t("help.picture-checked")}
      </text>
    </>
  ),
  "3": (
    <>
      <Cell x={12} y={20} text={t("help.picture-date")} is="head" width={86} />
      <Cell x={12} y={38} text="20260231" is="mandatory" width={86} />
      <circle className="help-dot" cx={91} cy={43} r={3} />
      <Station x={12} y={68} width={30} text="F8" />
      <rect className="help-card" x={114} y={16} width={116} height={72} rx={5} />
      <text x={122} y={34} className="is-bad">
        ● {t("level.mandatory")}
      </text>
      <text x={122} y={50}>
        {t("help.picture-no-day")}
      </text>
      <Station x={122} y={58} width={48} text={t("help.picture-mend")} on />
    </>
  ),
  "4": (
    <>
      <Cell x={16} y={10} text={t("help.picture-province")} is="head" width={110} />
      <Cell x={16} y={28} text="js" is="chosen" width={110} />
      <rect className="help-card" x={16} y={48} width={150} height={48} rx={4} />
      <rect className="help-box is-on" x={18} y={50} width={146} height={20} />
      <text x={26} y={64}>
        320000　{t("help.picture-jiangsu")}
      </text>
      <text x={26} y={86}>
        110000　{t("help.picture-beijing")}
      </text>
    </>
  ),
  "5": (
    <>
      <Station x={10} y={38} text={t("nav.fill")} />
      <Arrow x={71} y={50} />
      <Station x={92} y={38} text={t("nav.check")} />
      <Arrow x={153} y={50} />
      <Station x={174} y={38} text={t("nav.submit")} on />
      <text x={121} y={84} textAnchor="middle" className="is-ok">
        {t("help.picture-no-findings")}
      </text>
    </>
  ),
  "6": (
    <>
      <Station x={10} y={38} text={t("help.picture-template")} />
      <Arrow x={71} y={50} />
      <Station x={92} y={38} text={t("help.picture-departments")} />
      <Arrow x={153} y={50} />
      <Station x={174} y={38} text={t("help.picture-import")} on />
      <text x={121} y={84} textAnchor="middle" className="is-sub">
        {t("help.picture-preview")}
      </text>
    </>
  ),
};
