/** How much is in an edition: 98 张表　1,231 个数据项 ... */
import { Fragment } from "react";

import { t } from "../../../text";

export interface Counted {
  tables: number;
  fields: number;
  code_lists: number;
  codes: number;
  rules: number;
}

export function Counts({ of }: { of: Counted }) {
  const all = [
    t("install.tables", { n: of.tables }),
    t("install.fields", { n: of.fields }),
    t("install.lists", { n: of.code_lists }),
    t("install.codes", { n: of.codes }),
    t("install.rules", { n: of.rules }),
  ];
  return (
    <p className="install-counts">
      {all.map((words) => (
        <Fragment key={words}>
          <span>{words}</span>{" "}
        </Fragment>
      ))}
    </p>
  );
}
