"use strict";
// The tree of the page, built as it is unfolded: a tree view of nested lists (ARIA patterns), with
// search and zoom. Whatever comes from the data becomes text, never markup.
const data = JSON.parse(document.getElementById("data").textContent);
const count = data.parent.length;
const children = Array.from({ length: count }, () => []);
for (let node = 1; node < count; node += 1) children[data.parent[node]].push(node);
const depth = new Uint32Array(count);
for (let node = 1; node < count; node += 1) depth[node] = depth[data.parent[node]] + 1;
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const byId = (id) => document.getElementById(id);
const canvas = byId("tree");
const says = byId("status");

// So many children of one parent are built at once, and so many boxes by one press of a button.
const step = 50;
const most = 2000;
const items = new Map();

const span = (kind, text) => {
  const part = document.createElement("span");
  part.className = kind;
  const isolated = document.createElement("bdi");
  isolated.textContent = text;
  part.append(isolated);
  return part;
};

const build = (node) => {
  const item = document.createElement("li");
  const box = document.createElement("div");
  const texts = [
    ["name", data.name[node]], ["detail", data.texts[data.detail[node]]],
    ["group", data.texts[data.group[node]]], ["amounts", data.figures[node]],
    ["mark", data.mark[node] || ""],
  ].filter((pair) => pair[1] !== "");
  box.className = "box" + (data.colour[node] < 0 ? "" : " g" + data.colour[node]);
  for (const [kind, text] of texts) box.append(span(kind, text));
  if (data.link[node]) {
    const link = document.createElement("a");
    link.href = data.link[node];
    link.rel = "noreferrer";
    link.tabIndex = -1;
    const name = box.querySelector(".name");
    link.append(...name.childNodes);
    name.append(link);
  }
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-label", texts.map((pair) => pair[1]).join(", "));
  item.setAttribute("aria-level", depth[node] + 1);
  const siblings = node === 0 ? 1 : children[data.parent[node]].length;
  item.setAttribute("aria-setsize", siblings);
  item.setAttribute(
    "aria-posinset", node === 0 ? 1 : children[data.parent[node]].indexOf(node) + 1);
  item.tabIndex = -1;
  item.dataset.node = node;
  if (children[node].length) item.setAttribute("aria-expanded", "false");
  if (data.mark[node]) item.classList.add("marked");
  if (data.placeholder[node]) item.classList.add("placeholder");
  item.append(box);
  items.set(node, item);
  return item;
};

const group = (item) => item.querySelector(":scope > ul");
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

// The box behind the children that are built: it stands for the rest and brings more of them.
const buildMore = (node, built) => {
  const rest = children[node].length - built;
  const item = document.createElement("li");
  const box = document.createElement("div");
  const words = "+" + numbers.format(rest) + " " + document.body.dataset.more + " " +
    (rest === 1 ? data.words.one : data.words.several);
  box.className = "box";
  box.append(span("name", words));
  item.className = "more";
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-label", words);
  item.setAttribute("aria-level", depth[node] + 2);
  item.tabIndex = -1;
  item.dataset.more = node;
  item.append(box);
  return item;
};

// Builds children of a node up to a place, at least one step of them.
const extend = (node, place) => {
  const item = items.get(node);
  let list = group(item);
  if (!list) {
    list = document.createElement("ul");
    list.setAttribute("role", "group");
    item.append(list);
  }
  const more = list.querySelector(":scope > .more");
  if (more) more.remove();
  let built = list.childElementCount;
  const end = Math.min(children[node].length, Math.max(place + 1, built + step));
  const parts = document.createDocumentFragment();
  for (; built < end; built += 1) parts.append(build(children[node][built]));
  if (end < children[node].length) parts.append(buildMore(node, end));
  list.append(parts);
};

const open = (item) => {
  if (item.getAttribute("aria-expanded") !== "false") return;
  if (group(item)) group(item).hidden = false; else extend(Number(item.dataset.node), 0);
  item.setAttribute("aria-expanded", "true");
};
const close = (item) => {
  if (!isOpen(item)) return;
  const had = group(item).contains(document.activeElement);
  group(item).hidden = true;
  item.setAttribute("aria-expanded", "false");
  if (had || group(item).contains(current)) focusOn(item, had);
};
const toggle = (item) => {
  if (item.dataset.more !== undefined) return bringMore(item);
  if (isOpen(item)) close(item); else open(item);
};
const bringMore = (item) => {
  const node = Number(item.dataset.more);
  const list = item.parentElement;
  const place = list.childElementCount - 1;
  const had = item === document.activeElement || item === current;
  extend(node, 0);
  if (had) focusOn(list.children[place], true);
};

// One box of the tree takes part in the order of the keyboard: the current one.
let current = null;
const focusOn = (item, really) => {
  if (current) current.tabIndex = -1;
  current = item;
  current.tabIndex = 0;
  if (!really) return;
  current.focus({ preventScroll: true });
  current.firstElementChild.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// Unfolds level by level while there is room, the most valuable first, as siblings stand; of many
// children no more than a step, or as many as there is room for.
const unfold = (limit, portion) => {
  const queue = [root];
  let shown = 1;
  let complete = true;
  for (let at = 0; at < queue.length; at += 1) {
    const item = queue[at];
    if (item.dataset.node === undefined) continue;
    const node = Number(item.dataset.node);
    const below = children[node].length;
    if (!below) continue;
    const wanted = Math.min(below, portion);
    if (shown + wanted > limit && at > 0) { complete = false; continue; }
    if (!group(item) || group(item).childElementCount < wanted) extend(node, wanted - 1);
    open(item);
    if (wanted < below) complete = false;
    shown += group(item).childElementCount;
    queue.push(...group(item).children);
  }
  return complete;
};
const foldAll = () => {
  for (const item of items.values()) if (isOpen(item)) close(item);
};

const view = document.createElement("ul");
view.className = "nodes";
view.setAttribute("role", "tree");
view.setAttribute("aria-label", document.querySelector("h1").textContent);
const root = build(0);
view.append(root);
canvas.append(view);
focusOn(root, false);
unfold(60, step);

view.addEventListener("click", (event) => {
  if (event.target.closest("a")) return;
  const box = event.target.closest(".box");
  if (!box) return;
  const item = box.parentElement;
  focusOn(item, true);
  toggle(item);
});

// What can be seen, in order: the next and the previous box.
const shownChildren = (item) => isOpen(item) ? Array.from(group(item).children) : [];
const last = (item) => {
  let at = item;
  for (let below = shownChildren(at); below.length; below = shownChildren(at)) {
    at = below[below.length - 1];
  }
  return at;
};
const parentOf = (item) => item.parentElement.closest("li");
const next = (item) => {
  const below = isOpen(item) && group(item).firstElementChild;
  if (below) return below;
  for (let at = item; at; at = parentOf(at)) if (at.nextElementSibling) return at.nextElementSibling;
  return null;
};
const previous = (item) =>
  item.previousElementSibling ? last(item.previousElementSibling) : parentOf(item);

const startsWith = (from, letter) => {
  const matches = (item) => {
    const name = item.querySelector(".name").textContent.trim().toLowerCase();
    return name.startsWith(letter);
  };
  for (let at = next(from); at; at = next(at)) if (matches(at)) return at;
  for (let at = root; at && at !== from; at = next(at)) if (matches(at)) return at;
  return null;
};

view.addEventListener("keydown", (event) => {
  const item = event.target.closest("li");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  let to = null;
  switch (event.key) {
    case "ArrowDown": to = next(item); break;
    case "ArrowUp": to = previous(item); break;
    case "ArrowRight":
      if (item.getAttribute("aria-expanded") === "false") open(item);
      else if (isOpen(item)) to = group(item).firstElementChild;
      break;
    case "ArrowLeft": if (isOpen(item)) close(item); else to = parentOf(item); break;
    case "Home": to = root; break;
    case "End": to = last(root); break;
    case "Enter": case " ": toggle(item); break;
    case "*": for (const sibling of Array.from(item.parentElement.children)) open(sibling); break;
    case "+": zoom(size * 1.25); break;
    case "-": zoom(size / 1.25); break;
    case "0": zoom(1); break;
    case "/": byId("find").focus(); break;
    default:
      if (event.key.length !== 1) return;
      to = startsWith(item, event.key.toLowerCase());
  }
  event.preventDefault();
  if (to) focusOn(to, true);
});

// Zoom: every length of the tree follows the size of its letters.
let size = 1;
const zoom = (wanted) => {
  size = Math.min(3, Math.max(0.2, Math.round(wanted * 100) / 100));
  if (Math.abs(size - 1) < 0.06) size = 1;
  view.style.fontSize = 0.875 * size + "rem";
  byId("usual").textContent = Math.round(size * 100) + "%";
};
byId("smaller").addEventListener("click", () => zoom(size / 1.25));
byId("larger").addEventListener("click", () => zoom(size * 1.25));
byId("usual").addEventListener("click", () => zoom(1));

// Search: all words must occur in the texts of a box.
let texts = null;
let matches = [];
let at = -1;
const textOf = (node) => [
  data.name[node], data.texts[data.detail[node]], data.texts[data.group[node]],
  data.mark[node] || "",
].join(" ").toLowerCase();
const reveal = (node) => {
  const path = [];
  for (let above = node; above !== 0; above = data.parent[above]) path.push(above);
  open(root);
  for (const below of path.reverse()) {
    const above = data.parent[below];
    if (!items.has(below)) extend(above, children[above].indexOf(below));
    if (below !== node) open(items.get(below));
  }
  return items.get(node);
};
const show = (place) => {
  for (const item of view.querySelectorAll(".found")) item.classList.remove("found");
  at = place;
  const found = byId("found");
  if (!matches.length) {
    found.textContent = byId("find").value.trim() ? document.body.dataset.none : "";
    return;
  }
  const item = reveal(matches[at]);
  item.classList.add("found");
  focusOn(item, false);
  item.firstElementChild.scrollIntoView({ block: "center", inline: "center" });
  found.textContent = numbers.format(at + 1) + " " + document.body.dataset.of + " " + numbers.format(matches.length);
};
const search = () => {
  const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  texts = texts || Array.from({ length: count }, (_, node) => textOf(node));
  matches = [];
  if (words.length) {
    for (let node = 0; node < count; node += 1) {
      if (words.every((word) => texts[node].includes(word))) matches.push(node);
    }
  }
  show(0);
};
const turn = (by) => {
  if (matches.length) show((at + by + matches.length) % matches.length);
};
byId("find").addEventListener("input", search);
byId("find").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); turn(event.shiftKey ? -1 : 1); }
  if (event.key === "Escape" || event.key === "ArrowDown") {
    event.preventDefault();
    focusOn(current, true);
  }
});
byId("next").addEventListener("click", () => turn(1));
byId("previous").addEventListener("click", () => turn(-1));

byId("unfold").addEventListener("click", () => {
  const complete = unfold(most, most);
  says.textContent = complete ? document.body.dataset.all :
    document.body.dataset.nearest + " " + canvas.dataset.count + ".";
});
byId("fold").addEventListener("click", () => { foldAll(); open(root); says.textContent = ""; });
byId("bar").hidden = false;
byId("keys").hidden = false;
