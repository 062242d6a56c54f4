/** A table: its fields, the code lists they use, and its rules. */
import { Tabs } from "antd";

import type { TableSpec } from "../../../ipc";
import { Shown } from "../../../parts";
import { Own } from "../../../parts/Own";
import { useCall } from "../../../state/calls";
import { go, type Place } from "../../../state/route";
import { tDynamic, t } from "../../../text";
import { Rules } from "../Rules";
import { Fields } from "./Fields";
import { type Tab, tabOf } from "./parts";
import { Specification } from "./Specification";
import { usedLists, UsedLists } from "./UsedLists";

export function TableView({ place }: { place: Place }) {
  const edition = place.edition ?? null;
  const tree = useCall("standard.tree", place.what ? null : { edition });
  const table = place.what ?? tree.data?.subsets[0]?.tables[0]?.table;
  const spec = useCall("standard.table", table ? { edition, table } : null);
  return (
    <Shown answer={spec}>{(data) => <Table key={`${place.edition} ${data.table}`} spec={data} place={place} />}</Shown>
  );
}

function Table({ spec, place }: { spec: TableSpec; place: Place }) {
  const tab = tabOf(place);
  const facts = [
    spec.table,
    `${spec.subset} › ${spec.data_class}`,
    tDynamic(`frequency.${spec.frequency}`, {}, spec.frequency_text),
    spec.scope,
    spec.source_system && t("fill.source", { name: spec.source_system }),
  ].filter(Boolean);
  const tabs: { key: Tab; label: string }[] = [
    { key: "fields", label: t("standards.tab-fields", { n: spec.fields.length }) },
    { key: "lists", label: t("standards.tab-lists", { n: usedLists(spec).length }) },
    { key: "rules", label: t("standards.tab-rules", { n: spec.rules }) },
  ];
  return (
    <section className="browse-table" aria-label={spec.title}>
      <div className="browse-title">
        <div className="grow">
          <h1 className="cut">
            {spec.title}
            {spec.own && <Own />}
          </h1>
          <p className="browse-facts cut" title={facts.join("\n")}>
            {facts.join(" · ")}
          </p>
        </div>
        <Specification spec={spec} edition={place.edition} />
      </div>
      <Tabs
        className="browse-tabs"
        size="small"
        activeKey={tab}
        destroyOnHidden
        onChange={(key) =>
          go({
            screen: "standards",
            what: spec.table,
            edition: place.edition,
            part: key === "fields" ? undefined : key,
          })
        }
        items={tabs.map((one) => ({
          ...one,
          children:
            one.key === "rules" ? (
              <Rules edition={place.edition} table={spec.table} chosen={place.column} />
            ) : one.key === "lists" ? (
              <UsedLists spec={spec} edition={place.edition} />
            ) : (
              <Fields spec={spec} column={place.column} edition={place.edition} />
            ),
        }))}
      />
    </section>
  );
}
