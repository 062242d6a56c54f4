/** A labelled control of a form, with help below it, or what is wrong with it. */
import { type ReactNode, useEffect, useId, useRef } from "react";

interface LineProps {
  label: string;
  help?: ReactNode;
  problem?: string | undefined;
  /** Takes the whole width. */
  wide?: boolean;
  required?: boolean;
  children(control: { id: string; "aria-label": string; "aria-describedby": string; status: "error" | "" }): ReactNode;
}

export function Line({ label, help, problem, wide = false, required = false, children }: LineProps) {
  const id = useId();
  const line = useProblemInSight(problem);
  return (
    <div className={wide ? "own-line is-wide" : "own-line"} ref={line}>
      <label htmlFor={id}>
        {required && (
          <span className="bad" aria-hidden>
            *
          </span>
        )}
        {label}
      </label>
      {/* Lists that open beside a control take their name from it, not from the label. */}
      {children({ id, "aria-label": label, "aria-describedby": `${id}-help`, status: problem ? "error" : "" })}
      <div id={`${id}-help`} className="small">
        {problem ? (
          <p className="bad" role="alert">
            {problem}
          </p>
        ) : (
          help && <p className="sub">{help}</p>
        )}
      </div>
    </div>
  );
}

/** Scrolls a problem into view and puts the focus on its control. */
export function useProblemInSight(problem: string | undefined) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!problem) return;
    line.current?.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
    line.current?.scrollIntoView({ block: "center" });
  }, [problem]);
  return line;
}
