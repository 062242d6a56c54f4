/** The icons of the rail and of the levels; all other icons are from the component library. */
import type { Level } from "../ipc";
import type { Screen } from "../state/route";

const PATHS: Record<Screen, string> = {
  home: "M3.5 11 12 4l8.5 7M5.5 9.6V20h13V9.6",
  fill: "M3.5 5h17v14h-17zM3.5 10h17M9.5 5v14",
  check: "M4.5 12.5l5 5L20 7",
  workbooks: "M6 3.5h8.5L18 7v13.5H6zM9.5 11l5 6M14.5 11l-5 6",
  submit: "M12 19.5v-14M6.5 11 12 5.5l5.5 5.5",
  standards: "M5 4.5h6v15H5zM13 4.5h6v15h-6z",
  settings: "M5 7h9M18 7h1M5 17h1M10 17h9M14 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
};

export function ScreenIcon({ screen }: { screen: Screen }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
      <path d={PATHS[screen]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Shows a level by shape as well as by colour, for people who cannot distinguish the colours. */
export function LevelMark({ level }: { level: Level }) {
  const shape = level === "mandatory" ? "●" : level === "confirm" ? "▲" : "◆";
  return (
    <span className={`part-mark ${levelClass(level)}`} aria-hidden>
      {shape}
    </span>
  );
}

export function levelClass(level: Level): string {
  return level === "mandatory" ? "bad" : level === "confirm" ? "warn" : "hint";
}
