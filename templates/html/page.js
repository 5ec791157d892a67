"use strict";
// What a browser with scripts adds: tables that sort and filter. Without it all rows are there.
const say = document.body.dataset;
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const wordsOf = (input) => input.value.toLowerCase().split(/\s+/).filter(Boolean);
const told = (shown, all) => numbers.format(shown) + " " + say.of + " " + numbers.format(all);

// Portions of long tables, which the page was shown without: one after another while nothing else
// is to do, or all at once where somebody asks for them.
const later = Array.from(document.querySelectorAll("tbody.later"));
const bring = () => {
  const portion = later.shift();
  if (!portion) return;
  portion.classList.remove("later");
  bringSoon();
};
const bringAll = () => { for (const portion of later.splice(0)) portion.classList.remove("later"); };
const bringSoon = () => {
  if (window.requestIdleCallback) requestIdleCallback(bring); else setTimeout(bring, 50);
};
if (later.length) {
  addEventListener("load", bringSoon);
  addEventListener("keydown", (event) => {
    if (event.key === "F3" || event.key === "f" && (event.ctrlKey || event.metaKey)) bringAll();
  });
}

// Shows the rows that hold all words, and gives their number; their texts are read once.
const filter = (rows, words) => {
  bringAll();
  let shown = 0;
  for (const row of rows) {
    if (words.length && row.text === undefined) {
      row.text = (row.textContent + " " + (row.dataset.search || "")).toLowerCase();
    }
    const hides = !words.every((word) => row.text.includes(word));
    if (row.hidden !== hides) row.hidden = hides;
    if (!hides) shown += 1;
  }
  return shown;
};

const sort = (table, rows, head, column) => {
  bringAll();
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
  table.tBodies[0].append(...sorted.map((entry) => entry.row));
};

for (const list of document.querySelectorAll(".list")) {
  const table = list.querySelector("table");
  const rows = Array.from(table.querySelectorAll("tbody:not(.other) > tr"));
  const nested = rows.some((row) => row.classList.contains("level"));

  if (rows.length > 1 && !nested) {
    Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
      const button = document.createElement("button");
      const title = document.createElement("span");
      button.type = "button";
      button.className = "sort";
      title.className = "unseen";
      title.textContent = say.sort + ": " + head.textContent.trim();
      button.title = say.sort;
      button.append(title);
      head.append(" ", button);
      button.addEventListener("click", () => sort(table, rows, head, column));
    });
  }

  if (list.hasAttribute("data-long")) {
    const tools = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("output");
    tools.className = "tools";
    label.append(say.find, input);
    input.type = "search";
    tools.append(label, count);
    list.prepend(tools);
    input.addEventListener("input", () => {
      const words = wordsOf(input);
      const shown = filter(rows, words);
      count.textContent = words.length ? told(shown, rows.length) : "";
    });
  }
}

// The page over a run has one search over all editions; a report without a match steps aside.
const search = document.getElementById("editions-search");
if (search) {
  const input = document.getElementById("editions-find");
  const count = document.getElementById("editions-found");
  const reports = Array.from(document.querySelectorAll(".editions"), (section) => ({
    section, rows: Array.from(section.querySelectorAll("tbody tr")),
  }));
  const all = reports.reduce((sum, report) => sum + report.rows.length, 0);
  const find = () => {
    const words = wordsOf(input);
    let shown = 0;
    for (const { section, rows } of reports) {
      const found = filter(rows, words);
      section.hidden = words.length > 0 && found === 0;
      shown += found;
    }
    count.textContent = !words.length ? "" : shown ? told(shown, all) : count.dataset.none;
  };
  search.hidden = false;
  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const first = document.querySelector(".editions:not([hidden]) tbody tr:not([hidden]) a");
    if (first) first.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input")) return;
    event.preventDefault();
    input.focus();
  });
  // A browser that comes back to the page may have kept what was typed.
  if (input.value) find();
}

// A region that scrolls says so, and only then takes part in the order of the keyboard.
const tellScrolling = () => {
  const regions = Array.from(document.querySelectorAll(".scroll"));
  const scrolls = regions.map((region) => region.scrollWidth > region.clientWidth + 1);
  regions.forEach((region, index) => {
    region.classList.toggle("scrolls", scrolls[index]);
    if (scrolls[index]) region.tabIndex = 0; else region.removeAttribute("tabindex");
  });
};
tellScrolling();
addEventListener("resize", tellScrolling);
for (const part of document.querySelectorAll("details")) part.addEventListener("toggle", tellScrolling);
