/** The checking screen: findings, tables over time, the quality of the data, and the states of rules. */
import { Findings } from "./Findings";
import { Quality } from "./Quality";
import { Rules } from "./Rules";
import { Trend } from "./Trend";
import "./Check.css";

/** `what`: a view, or the level or table whose findings are shown. */
export default function Check({ what }: { what: string | undefined }) {
  if (what === "quality") return <Quality />;
  if (what === "rules") return <Rules />;
  if (what === "trend") return <Trend />;
  return <Findings what={what} />;
}
