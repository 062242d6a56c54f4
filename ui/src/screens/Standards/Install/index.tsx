/** The editions at hand: what each is and where it comes from, installing one, and trusted publishers. */
import type { ViewProps } from "../view";
import { Arriving } from "./Arriving";
import { Bring } from "./Bring";
import { Editions } from "./Editions";
import { Publishers } from "./Publishers";
import { useArrival } from "./useArrival";
import "./Install.css";

export default function Install(_: ViewProps) {
  const arrival = useArrival();
  return (
    <div className="install scroll">
      <div className="install-main">
        <Arriving arrival={arrival} />
        <Editions />
      </div>
      <div className="install-side">
        <Bring arrival={arrival} />
        <Publishers />
      </div>
    </div>
  );
}
