"use strict";
// What a browser with scripts adds: tables that sort and filter. Without it all rows are there.
for (const list of document.querySelectorAll(".list")) {
  const table = list.querySelector("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const nested = rows.some((row) => row.classList.contains("level"));
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  if (rows.length > 1 && !nested) {
    Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = "Sort by this column";
      while (head.firstChild) button.append(head.firstChild);
      // A link inside a button is not allowed; its definition stays within reach below the table.
      for (const link of button.querySelectorAll("a")) link.replaceWith(...link.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const falling = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        const value = (row) => {
          const cell = row.cells[column];
          return cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
        };
        const isNumber = head.classList.contains("end");
        const sorted = rows.map((row, index) => ({ row, index, key: value(row) }));
        sorted.sort((a, b) => {
          // What is unknown stands last, whichever way the rest runs.
          if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
          const order = isNumber ? Number(a.key) - Number(b.key) : compare(a.key, b.key);
          return (falling ? -order : order) || a.index - b.index;
        });
        body.append(...sorted.map((entry) => entry.row));
      });
    });
  }

  if (list.hasAttribute("data-long")) {
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const tools = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("output");
    tools.className = "tools";
    label.append("Find in this table", input);
    input.type = "search";
    tools.append(label, count);
    list.prepend(tools);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        if (!row.hidden) shown += 1;
      });
      count.textContent = words.length ? shown + " of " + rows.length : "";
    });
  }
}

// A region that scrolls says so, and only then takes part in the order of the keyboard.
const tellScrolling = () => {
  for (const region of document.querySelectorAll(".scroll")) {
    const scrolls = region.scrollWidth > region.clientWidth + 1;
    region.classList.toggle("scrolls", scrolls);
    if (scrolls) region.tabIndex = 0; else region.removeAttribute("tabindex");
  }
};
tellScrolling();
addEventListener("resize", tellScrolling);
for (const part of document.querySelectorAll("details")) part.addEventListener("toggle", tellScrolling);
