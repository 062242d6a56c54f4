/** Ctrl+G: to a row by its number in the table, to a column by its title, or to the next finding. */
import { Button, Input, Modal, Select, Space } from "antd";
import { useState } from "react";

import type { Column } from "../../grid/columns";
import { t } from "../../text";

interface GoToProps {
  columns: Column[];
  row: number;
  column: string | undefined;
  go(place: number | undefined, column: string | undefined): void;
  toFinding(back: boolean): void;
  close(): void;
}

export function GoTo({ columns, row, column, go, toFinding, close }: GoToProps) {
  const [text, setText] = useState(String(row));
  const [title, setTitle] = useState(column);
  const place = Number(text.replace(/[^\d]/g, "")) || undefined;
  const done = () => {
    go(place, title);
    close();
  };
  return (
    <Modal
      open
      title={t("goto.title")}
      width={380}
      okText={t("goto.go")}
      cancelText={t("part.cancel")}
      onOk={done}
      onCancel={close}
    >
      <Space orientation="vertical" style={{ width: "100%" }}>
        <label className="fill-goto" htmlFor="goto-row">
          <span>{t("goto.row")}</span>
          <Input
            id="goto-row"
            autoFocus
            inputMode="numeric"
            value={text}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={done}
          />
        </label>
        <label className="fill-goto" htmlFor="goto-column">
          <span>{t("goto.column")}</span>
          <Select
            id="goto-column"
            showSearch={{ optionFilterProp: "label" }}
            value={title}
            onChange={setTitle}
            options={columns.map(({ field }) => ({ value: field.column, label: field.title }))}
          />
        </label>
        <Space>
          <Button
            onClick={() => {
              close();
              toFinding(true);
            }}
          >
            {t("goto.previous-finding")}
          </Button>
          <Button
            onClick={() => {
              close();
              toFinding(false);
            }}
          >
            {t("goto.next-finding")}
          </Button>
        </Space>
      </Space>
    </Modal>
  );
}
