/** Earlier imports, each with a button that takes it back. */
import { App, Button } from "antd";

import type { StepView } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";
import { stepsBack } from "./undo";

export function ImportHistory({ undo }: { undo(step: number): Promise<void> }) {
  const { modal } = App.useApp();
  const say = useSay();
  const answer = useCall("fill.history", { table: null, row: null, kind: "import", offset: 0, limit: 50 });
  const tree = useCall("standard.tree", { edition: null }).data;
  const titles = new Map(tree?.subsets.flatMap((subset) => subset.tables).map((table) => [table.table, table.title]));

  async function ask(step: StepView) {
    try {
      const back = await stepsBack(step.step);
      if (back === undefined) return;
      if (back === 1) return await undo(step.step);
      modal.confirm({
        title: t("workbooks.undo-title"),
        content: t("workbooks.undo-others", { n: back - 1 }),
        okText: t("workbooks.undo-all", { n: back }),
        onOk: () => undo(step.step),
      });
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <section className="card workbooks-plane">
      <h2>{t("workbooks.history")}</h2>
      <Shown answer={answer}>
        {({ steps }) =>
          steps.length === 0 ? (
            <Empty title={t("workbooks.no-history")}>{t("workbooks.no-history-help")}</Empty>
          ) : (
            <div className="scroll workbooks-plane-body">
              <table className="facts">
                <thead>
                  <tr>
                    <th>{t("workbooks.col-file")}</th>
                    <th>{t("workbooks.col-tables")}</th>
                    <th className="num" style={{ width: 90 }}>
                      {t("home.col-rows")}
                    </th>
                    <th style={{ width: 120 }}>{t("workbooks.col-who")}</th>
                    <th style={{ width: 130 }}>{t("workbooks.col-when")}</th>
                    <th style={{ width: 100 }}>
                      <span className="unseen">{t("workbooks.undo")}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {steps.map((step) => (
                    <tr key={step.step}>
                      <td className="cut" title={step.note} style={{ maxWidth: 320 }}>
                        {step.note}
                      </td>
                      <td className="cut" style={{ maxWidth: 240 }}>
                        {step.tables.map((table) => titles.get(table) ?? table).join("、")}
                      </td>
                      <td className="num">{count(step.rows)}</td>
                      <td>{step.who}</td>
                      <td className="num" style={{ textAlign: "left" }}>
                        {momentWords(step.at)}
                      </td>
                      <td>
                        {step.undone ? (
                          <span className="sub">{t("workbooks.undone")}</span>
                        ) : (
                          <Button size="small" onClick={() => void ask(step)}>
                            {t("workbooks.undo")}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </section>
  );
}
