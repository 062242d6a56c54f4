/** Shown when a screen fails: an explanation and a button to try again, instead of an empty window. */
import { Button } from "antd";
import { Component, type ReactNode } from "react";

import { t } from "../text";
import { Empty } from "./index";

interface BoundaryProps {
  /** When the address changes, the screen is tried again. */
  place: string;
  children: ReactNode;
}

export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (this.state.failed && before.place !== this.props.place) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty
        title={t("part.screen-failed")}
        action={<Button onClick={() => location.reload()}>{t("part.reload")}</Button>}
      >
        {t("part.screen-failed-help")}
      </Empty>
    );
  }
}
