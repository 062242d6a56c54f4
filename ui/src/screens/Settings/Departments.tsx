/** Departments and the tables they fill: the departments at the left, the tables of the chosen one at the right. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { useState } from "react";

import type { Department } from "../../ipc";
import { Empty } from "../../parts";
import { t } from "../../text";
import { TablePick } from "../../parts/TablePick";
import type { PartProps } from "./part";

export function Departments({ settings, save }: PartProps) {
  const { modal } = App.useApp();
  const [at, setAt] = useState(0);
  const [name, setName] = useState("");
  const { departments } = settings;
  const active = departments[Math.min(at, departments.length - 1)];
  const taken = new Map(departments.flatMap((one) => one.tables.map((table) => [table, one.name])));

  const put = (next: Department[]) => save({ departments: next });

  async function add() {
    const trimmed = name.trim();
    if (trimmed === "" || departments.some((one) => one.name === trimmed)) return;
    if (await put([...departments, { name: trimmed, tables: [] }])) {
      setAt(departments.length);
      setName("");
    }
  }

  /** A table has one department: given to one, it is taken from the others. */
  function deal(tables: string[]) {
    if (!active) return;
    const mine = new Set(tables);
    void put(
      departments.map((one) =>
        one === active ? { ...one, tables } : { ...one, tables: one.tables.filter((table) => !mine.has(table)) },
      ),
    );
  }

  function remove(department: Department) {
    modal.confirm({
      title: t("settings.remove-department", { name: department.name }),
      content: t("settings.remove-department-help", { n: department.tables.length }),
      onOk: async () => {
        await put(departments.filter((one) => one !== department));
        setAt(0);
      },
    });
  }

  return (
    <div className="settings-departments">
      <section>
        <h2>{t("settings.departments")}</h2>
        <p className="sub small">{t("settings.departments-help")}</p>
        <div className="scroll">
          {departments.map((one, i) => (
            <div key={one.name} className={`settings-department${one === active ? " is-on" : ""}`}>
              <button type="button" className="grow" onClick={() => setAt(i)}>
                <span className="cut grow">{one.name}</span>
                <span className="sub small">{t("fill.tables", { n: one.tables.length })}</span>
              </button>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t("settings.remove-department", { name: one.name })}
                onClick={() => remove(one)}
              />
            </div>
          ))}
        </div>
        <div className="row">
          <Input
            value={name}
            maxLength={30}
            placeholder={t("settings.department-name")}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => void add()}
          />
          <Button icon={<PlusOutlined aria-hidden />} disabled={name.trim() === ""} onClick={() => void add()}>
            {t("fill.add")}
          </Button>
        </div>
      </section>
      {active ? (
        <section className="settings-deal">
          <h2>{t("settings.tables-of", { name: active.name })}</h2>
          <TablePick
            key={active.name}
            chosen={active.tables}
            setChosen={deal}
            note={(table) => (taken.get(table) === active.name ? undefined : taken.get(table))}
          />
        </section>
      ) : (
        <Empty title={t("settings.no-department")}>{t("settings.no-department-help")}</Empty>
      )}
    </div>
  );
}
