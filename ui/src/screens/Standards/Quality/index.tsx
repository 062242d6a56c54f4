/** How many damages of each kind the rules find, and which unusual true records they do not report, as measured. */
import type { Damaged, EditionQuality, RulesQuality, Unusual } from "../../../ipc";
import { Empty, Shown } from "../../../parts";
import { useCall } from "../../../state/calls";
import { count, language, t } from "../../../text";
import type { ViewProps } from "../view";
import { asPercent, noticed, order } from "./figures";
import "./Quality.css";

export default function Quality({ place }: ViewProps) {
  const answer = useCall("standard.quality", { edition: place.edition ?? null });
  return (
    <div className="quality scroll" tabIndex={0} role="region" aria-label={t("standards.view-quality")}>
      <Shown answer={answer}>
        {(quality) =>
          quality.figures ? (
            <Figures quality={quality} figures={quality.figures} />
          ) : (
            <Empty title={t("quality.none")}>{t("quality.none-help")}</Empty>
          )
        }
      </Shown>
    </div>
  );
}

function Figures({ quality, figures }: { quality: RulesQuality; figures: EditionQuality }) {
  const damaged = figures.damaged.filter((kind) => kind.made > 0);
  const { found, unseen } = order(damaged, quality.goal);
  const unusual = figures.unusual.filter((kind) => kind.records > 0);
  const sum = (of: (kind: Unusual) => number) => unusual.reduce((all, kind) => all + of(kind), 0);
  const silent = unusual.filter((kind) => !kind.asked);
  return (
    <>
      <p className="quality-about">
        {t("quality.about", {
          day: quality.measured,
          records: figures.records,
          rules: figures.rules,
          wanted: quality.wanted,
          seed: String(quality.seed),
        })}
      </p>
      <dl className="quality-sums">
        <Sum title={t("quality.clean")} value={t("quality.clean-value", { n: figures.clean })} />
        <Sum
          title={t("quality.found", { goal: asPercent(quality.goal) })}
          value={t("quality.found-value", { n: found.length, all: damaged.length })}
        />
        <Sum
          title={t("quality.blocked", { n: sum((kind) => kind.records) })}
          value={t("quality.blocked-value", { n: sum((kind) => kind.mandatory) })}
        />
        <Sum
          title={t("quality.asked-wrongly", { n: silent.reduce((all, kind) => all + kind.records, 0) })}
          value={t("quality.asked-value", { n: silent.reduce((all, kind) => all + kind.confirm, 0) })}
        />
      </dl>
      {unseen.length > 0 && (
        <section>
          <h2>{t("quality.look-yourself")}</h2>
          <p className="quality-help">{t("quality.look-yourself-help")}</p>
          <Kinds kinds={unseen} goal={quality.goal} />
        </section>
      )}
      <section>
        <h2>{t("quality.noticed")}</h2>
        <Kinds kinds={found} goal={quality.goal} />
      </section>
      <section>
        <h2>{t("quality.true")}</h2>
        <p className="quality-help">{t("quality.true-help")}</p>
        <table className="quality-table">
          <thead>
            <tr>
              <th>{t("quality.kind")}</th>
              <th className="is-number">{t("quality.records")}</th>
              <th className="is-number">{t("quality.mandatory")}</th>
              <th className="is-number">{t("quality.confirm")}</th>
              <th>{t("quality.what-true")}</th>
            </tr>
          </thead>
          <tbody>
            {unusual.map((kind) => (
              <tr key={kind.id}>
                <th scope="row">{language === "zh" ? kind.zh : kind.en}</th>
                <td className="is-number">{count(kind.records)}</td>
                <td className={kind.mandatory > 0 ? "is-number is-short" : "is-number"}>{kind.mandatory}</td>
                <td className={kind.confirm > 0 && !kind.asked ? "is-number is-short" : "is-number"}>{kind.confirm}</td>
                <td>
                  {kind.what}
                  {kind.asked && <em className="quality-limit">{t("quality.asked", { why: kind.asked })}</em>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Sum({ title, value }: { title: string; value: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Kinds({ kinds, goal }: { kinds: Damaged[]; goal: number }) {
  return (
    <table className="quality-table">
      <thead>
        <tr>
          <th>{t("quality.kind")}</th>
          <th className="is-number">{t("quality.made")}</th>
          <th className="is-number">{t("quality.share")}</th>
          <th className="is-number">{t("quality.on-cell")}</th>
          <th>{t("quality.what")}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.id}>
            <th scope="row">{language === "zh" ? kind.zh : kind.en}</th>
            <td className="is-number">{kind.made}</td>
            <td className={noticed(kind) < goal ? "is-number is-short" : "is-number"}>{asPercent(noticed(kind))}</td>
            <td className="is-number">{asPercent((kind.on_cell + kind.mended) / kind.made)}</td>
            <td>
              {kind.what}
              {noticed(kind) < goal && kind.limit && <em className="quality-limit">{kind.limit}</em>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
