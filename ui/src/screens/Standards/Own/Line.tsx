/** A labelled control of a form, with help below it, or what is wrong with it. */
import { type ReactNode, useId } from "react";

interface LineProps {
  label: string;
  help?: ReactNode;
  problem?: string | undefined;
  /** Takes the whole width. */
  wide?: boolean;
  required?: boolean;
  children(control: { id: string; "aria-describedby": string; status: "error" | "" }): ReactNode;
}

export function Line({ label, help, problem, wide = false, required = false, children }: LineProps) {
  const id = useId();
  return (
    <div className={wide ? "own-line wide" : "own-line"}>
      <label htmlFor={id}>
        {required && <span className="bad">*</span>}
        {label}
      </label>
      {children({ id, "aria-describedby": `${id}-help`, status: problem ? "error" : "" })}
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
