// The state and its controls: selection, search, filters, language, theme, keys.
function select(id) {
  state.path = null;
  state.selected = id;
  const edge = edges.get(id), near = edge ? [edge] : edgesOf.get(id).filter(isShown);
  lit = new Set(near.map((one) => one.id));
  vivid = new Set([...(edge ? [] : [id]), ...near.flatMap((one) => [one.from, one.to])]);
  refresh();
  if (!edge) reveal(id);
}
function clear() {
  [state.selected, state.path, vivid, lit] = [null, null, null, new Set()];
  closeFilters();
  refresh();
}
function showPath() {
  const steps = shortestPath(...data.pair);
  [state.selected, state.path] = [null, steps ?? undefined];
  lit = new Set(steps?.map((edge) => edge.id));
  vivid = new Set([...data.pair, ...(steps ?? []).flatMap((edge) => [edge.from, edge.to])]);
  refresh();
  fit(true, ({ id }) => vivid.has(id));
}
function refresh() {
  restyle();
  renderPanel();
  renderStatus();
}
function refilter() {
  if (nodes.has(state.selected) && isVisible(nodes.get(state.selected))) select(state.selected);
  else if (edges.has(state.selected) && isShown(edges.get(state.selected))) select(state.selected);
  else clear();
}

function renderStatus() {
  const shownNodes = data.entities.filter(isVisible).length, shownEdges = [...edges.values()].filter(isShown).length;
  byId("status").textContent = nodes.has(state.selected) ? nameOf(state.selected) : fill("showing", shownNodes, shownEdges);
}

function count(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1]);
}
function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  renderFilters();
  refilter();
}
function toggleButton(set, value, label, total, before) {
  const made = button("", undefined, () => toggle(set, value), { "aria-pressed": !set.has(value), "data-value": value });
  made.append(...[before, bdi(label), el("span", { className: "count", text: total })].filter(Boolean));
  return el("li", {}, made);
}
const relationCounts = count(data.claims.filter((claim) => edges.has(claim.id)).map((claim) => claim.p));

function renderFilters() {
  const focused = document.activeElement?.dataset?.value;
  byId("legend").replaceChildren(...count(data.entities.map((entity) => entity.group)).map(([group, total]) => toggleButton(state.hiddenGroups, group, term(group), total, icon(styleOf(group)))));
  byId("relations").replaceChildren(...relationCounts.map(([curie, total]) => toggleButton(state.hiddenRelations, curie, term(curie), total)));
  byId("all-relations").textContent = state.hiddenRelations.size ? t("all") : t("none");
  for (const kind of ["fact", "hedged", "denied"]) byId(`n-${kind}`).textContent = data.claims.filter((claim) => kindOf(claim) === kind).length;
  if (focused !== undefined) [...document.querySelectorAll("[data-value]")].find((one) => one.dataset.value === focused)?.focus();
}

// Search: a combobox over every name in every script.
const search = byId("search"), results = byId("results");
let found = [], active = -1;
function matches(query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const scored = important.map((entity) => [entity, Math.max(...entity.find.map((name) => score(name, wanted)))]);
  return scored.filter(([, points]) => points > 0).sort((a, b) => b[1] - a[1] || b[0].rank - a[0].rank).slice(0, 12).map(([entity]) => entity);
}
const score = (name, wanted) => (name === wanted ? 3 : name.startsWith(wanted) ? 2 : name.includes(wanted) ? 1 : 0);
function renderResults() {
  const items = found.map((entity, i) => el("li", {
    attributes: { role: "option", id: `result-${i}`, "aria-selected": i === active }, mousedown: (event) => event.preventDefault(), click: () => choose(i),
  }, dot(entity), bdi(nameOf(entity.id)), el("small", { text: term(entity.cls) })));
  const open = search.value.trim() !== "" && document.activeElement === search;
  results.replaceChildren(...(items.length ? items : [el("li", { className: "soft", text: t("noResult"), attributes: { role: "option", "aria-disabled": true, "aria-selected": false } })]));
  results.hidden = !open;
  search.setAttribute("aria-expanded", open);
  if (active >= 0) search.setAttribute("aria-activedescendant", `result-${active}`);
  else search.removeAttribute("aria-activedescendant");
  results.children[active]?.scrollIntoView({ block: "nearest" });
}
function choose(index) {
  const entity = found[index];
  if (!entity) return;
  if (!isVisible(entity)) { state.hiddenGroups.delete(entity.group); renderFilters(); }
  search.value = "";
  select(entity.id);
  renderResults();
}
search.addEventListener("input", () => { found = matches(search.value); active = found.length ? 0 : -1; renderResults(); });
search.addEventListener("focus", renderResults);
search.addEventListener("blur", renderResults);
search.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) { active = (active + step + found.length) % found.length; renderResults(); event.preventDefault(); }
  if (event.key === "Enter" && !event.isComposing) choose(active);
});

// What lies under the pointer.
function tipFor(id) {
  const edge = edges.get(id);
  if (!edge) return [el("strong", {}, bdi(nameOf(id))), el("small", { text: `${term(nodes.get(id).cls)} · ${nodes.get(id).degree} ${t("nRelations")}` })];
  const title = `${nameOf(edge.from)} ${symmetric.has(edge.p) ? "↔" : "→"} ${relationName(edge)} ${symmetric.has(edge.p) ? "↔" : "→"} ${nameOf(edge.to)}`;
  const about = edge.p === null ? "" : [...tags(edge).map((tag) => tag.textContent), edge.time, `${t("confidence")} ${percent(edge.confidence)}`].filter(Boolean).join(" · ");
  const said = edge.evidence?.[0]?.runs.map(([text]) => text).join("") ?? "";
  return [el("strong", {}, bdi(title)), el("small", { text: about }), el("span", { className: "text", text: said.length > 90 ? `${said.slice(0, 90)}…` : said })];
}
function showTip(id, at) {
  const tip = byId("tip"), room = byId("graph");
  hovered = nodes.has(id) ? id : null;
  tip.replaceChildren(...tipFor(id));
  tip.hidden = false;
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, room.clientWidth - tip.offsetWidth - 6))}px`;
  tip.style.top = `${Math.max(4, Math.min(at.y + 14, room.clientHeight - tip.offsetHeight - 6))}px`;
}
function hideTip() { hovered = null; byId("tip").hidden = true; }

function listen() {
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    hideTip();
    const hit = node ?? labelAt(pointer.canvas) ?? edge;
    if (hit) select(hit); else clear();
  });
  network.on("hoverNode", ({ node, pointer }) => showTip(node, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => showTip(edge, pointer.DOM));
  for (const type of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(type, hideTip);
}

const keys = {
  ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0), ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60),
  "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), 0: () => fit(),
};
byId("graph").addEventListener("keydown", (event) => {
  if (!network || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  keys[event.key]();
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range";
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { search.focus(); event.preventDefault(); }
  if (event.key === "Escape") { search.value = ""; found = []; search.blur(); clear(); }
});

function setTheme(theme) {
  state.theme = document.documentElement.dataset.theme = theme;
  byId("theme").textContent = t(theme === "dark" ? "light" : "dark");
  readColours();
  refresh();
}
function setLanguage(language) {
  state.language = document.documentElement.lang = language;
  byId("language").value = language;
  for (const made of document.querySelectorAll("[data-t]")) made.textContent = t(made.dataset.t);
  for (const made of document.querySelectorAll("[data-t-label]")) made.setAttribute("aria-label", t(made.dataset.tLabel));
  for (const made of document.querySelectorAll("[data-t-placeholder]")) made.setAttribute("placeholder", t(made.dataset.tPlaceholder));
  renderFilters();
  setTheme(state.theme);
}
function openFilters() {
  byId("filters").classList.add("open");
  byId("open-filters").setAttribute("aria-expanded", true);
  byId("close-filters").focus();
}
function closeFilters() {
  if (!byId("filters").classList.contains("open")) return;
  byId("filters").classList.remove("open");
  byId("open-filters").setAttribute("aria-expanded", false);
  byId("open-filters").focus();
}

byId("fit").addEventListener("click", () => fit());
byId("theme").addEventListener("click", () => { chosenTheme = true; setTheme(state.theme === "dark" ? "light" : "dark"); });
byId("language").addEventListener("change", (event) => setLanguage(event.target.value));
byId("open-filters").addEventListener("click", openFilters);
byId("close-filters").addEventListener("click", closeFilters);
byId("facts-only").addEventListener("change", (event) => { state.factsOnly = event.target.checked; refilter(); });
byId("minimum").addEventListener("input", (event) => {
  state.minimum = Number(event.target.value);
  byId("minimum-value").textContent = `${state.minimum}%`;
  refilter();
});
byId("all-relations").addEventListener("click", () => {
  state.hiddenRelations = new Set(state.hiddenRelations.size ? [] : relationCounts.map(([curie]) => curie));
  renderFilters();
  refilter();
});
byId("colour-by").hidden = data.entities.every((entity) => entity.community === null);
byId("colour-by").addEventListener("click", (event) => {
  if (!event.target.dataset.by) return;
  state.colourBy = event.target.dataset.by;
  for (const made of byId("colour-by").children) made.setAttribute("aria-pressed", made.dataset.by === state.colourBy);
  refresh();
});
byId("panel").addEventListener("click", (event) => { if (event.target.matches("mark[data-node]")) select(event.target.dataset.node); });

let chosenTheme = false;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
prefersDark.addEventListener("change", () => { if (!chosenTheme) setTheme(prefersDark.matches ? "dark" : "light"); });
state.theme = document.documentElement.dataset.theme = prefersDark.matches ? "dark" : "light";
byId("empty").hidden = data.entities.length > 0;
if (data.entities.length) { drawGraph(byId("graph")); listen(); }
setLanguage(state.language);
new ResizeObserver(() => { if (state.selected === null) fit(false); }).observe(byId("graph"));
window.claimgraph = { network, state };
