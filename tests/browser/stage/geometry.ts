/** Whether what a screen shows can be read and reached: nothing cut, nothing outside the window, nothing covered. */
import type { Page } from "@playwright/test";

/**
 * What is wrong with the geometry of the page, one line for each kind and place:
 *
 * - `wide`: the page itself can be scrolled sideways
 * - `outside`: a control or a text lies outside the window or its panel, and no scrolling brings it in
 * - `cut`: a text is longer than its box, without an ellipsis or without a title that says the whole
 * - `gone`: a text stands in a box that has no width left
 * - `covered`: something else lies over the middle of a control
 */
export function oddities(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const root = document.documentElement;
    const nameOf = (element: Element) => {
      const own = [...element.classList].slice(0, 2).join(".");
      const words = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 24);
      return `${element.tagName.toLowerCase()}${own && `.${own}`} “${words}”`;
    };
    const styles = new Map<Element, CSSStyleDeclaration>();
    const styleOf = (element: Element) => {
      const known = styles.get(element) ?? getComputedStyle(element);
      styles.set(element, known);
      return known;
    };
    const clips = (element: Element) => /auto|scroll|hidden|clip/.test(styleOf(element).overflowX);
    const scrolls = (element: Element) => /auto|scroll/.test(styleOf(element).overflowX);
    const scrollsDown = (element: Element) => /auto|scroll/.test(styleOf(element).overflowY);
    function* above(element: Element) {
      for (let one = element.parentElement; one; one = one.parentElement) yield one;
    }
    /** Parts of the grid, of hidden measures and of the component library's motion that are out of sight on purpose. */
    const aside = (element: Element) =>
      element.closest(
        ".grid-space, .unseen, .shell-skip, [aria-hidden=true], .ant-select-measure, .ant-segmented-thumb, " +
          ".ant-segmented-item-input, .ant-checkbox-input, .ant-radio-input, .ant-picker-clear",
      ) !== null;
    const visible = (element: Element) => {
      const { visibility, display, opacity } = styleOf(element);
      return visibility !== "hidden" && display !== "none" && opacity !== "0";
    };
    const ownText = (element: Element) =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
      );
    const control = "a[href], button, input, textarea, select, [role=button], [role=tab], [role=combobox]";

    if (root.scrollWidth > innerWidth) found.add(`wide ${root.scrollWidth} > ${innerWidth}`);

    for (const element of document.body.querySelectorAll("*")) {
      if (aside(element) || !visible(element) || element.closest("svg")) continue;
      const box = element.getBoundingClientRect();
      const isControl = element.matches(control);
      const text = ownText(element);
      if (!isControl && !text) continue;
      const hidden = [element, ...above(element)].some((one) => styleOf(one).display === "none" || !visible(one));
      if (hidden || (box.height === 0 && !text)) continue;

      if (text && box.width < 2 && box.height > 0 && styleOf(element).position !== "absolute") {
        found.add(`gone ${nameOf(element)}`);
        continue;
      }
      // Where its panels let it be seen; a panel that scrolls sideways can bring it in.
      let reachable = false;
      let seen = { left: 0, right: innerWidth, top: 0, bottom: innerHeight };
      let wanted: string | undefined;
      for (const one of above(element)) {
        if (styleOf(element).position === "fixed") break;
        if (!clips(one)) {
          if (styleOf(one).position === "fixed") break;
          continue;
        }
        const panel = one.getBoundingClientRect();
        if (scrolls(one) && one.scrollWidth > one.clientWidth + 1) reachable = true;
        // A link that ends in an ellipsis is reached by the part of it that is seen.
        if (styleOf(one).textOverflow === "ellipsis" && box.left < panel.right - 8) reachable = true;
        if (!reachable && (box.right > panel.right + 1.5 || box.left < panel.left - 1.5) && isControl)
          wanted = `outside ${nameOf(element)} of ${nameOf(one).split(" ")[0]}`;
        seen = {
          left: Math.max(seen.left, panel.left),
          right: Math.min(seen.right, panel.right),
          top: Math.max(seen.top, panel.top),
          bottom: Math.min(seen.bottom, panel.bottom),
        };
        // Cut off below, where nothing scrolls.
        const below = box.bottom > panel.bottom + 1.5 || box.top < panel.top - 1.5;
        const scrolled = [one, ...above(one)].some(
          (two) => scrollsDown(two) && two.scrollHeight > two.clientHeight + 1,
        );
        const inner = [element, ...above(element)].some(
          (two) => one.contains(two) && scrollsDown(two) && two.scrollHeight > two.clientHeight + 1,
        );
        if (below && isControl && !scrolled && !inner)
          wanted = `outside ${nameOf(element)} below ${nameOf(one).split(" ")[0]}`;
      }
      if (!reachable && isControl && (box.right > innerWidth + 1 || box.left < -1))
        wanted = `outside ${nameOf(element)}`;
      if (wanted) found.add(wanted);

      if (text) {
        const { textOverflow, overflowX } = styleOf(element);
        const longer = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        if (longer && overflowX !== "visible" && !scrolls(element)) {
          const whole = [element, ...above(element)].slice(0, 4).some((one) => one.getAttribute("title"));
          if (textOverflow !== "ellipsis") found.add(`cut ${nameOf(element)}`);
          else if (!whole) found.add(`cut without title ${nameOf(element)}`);
        }
      }

      if (isControl && !reachable) {
        const x = (box.left + box.right) / 2;
        const y = (box.top + box.bottom) / 2;
        const inSight = x > seen.left && x < seen.right && y > seen.top && y < seen.bottom;
        const over = inSight ? document.elementFromPoint(x, y) : null;
        const same = (one: Element) =>
          element.contains(one) ||
          one.contains(element) ||
          one.closest("label")?.contains(element) ||
          one.closest(".ant-select, .ant-picker, .ant-input-affix-wrapper, .ant-upload")?.contains(element);
        // A list or a menu that is open lies over the page on purpose.
        const floating = over?.closest(
          ".grid-chooser, .part-floating, .ant-dropdown, .ant-select-dropdown, " +
            ".ant-popover, .ant-picker-dropdown, .ant-tooltip",
        );
        const dialog = document.querySelector(".ant-modal-wrap, .ant-drawer-content-wrapper, .ant-popover");
        if (over && !same(over) && !(floating && !floating.contains(element)) && !(dialog && !dialog.contains(element)))
          found.add(`covered ${nameOf(element)} by ${nameOf(over)}`);
      }
    }
    return [...found].slice(0, 40);
  });
}
