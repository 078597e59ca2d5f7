// Wiring: the parts of the page that belong to no other file.
function renderStatus() {
  byId("status").textContent = nodes.has(view.selected) ? nameOf(view.selected) : fill("showing", drawn.length, drawnEdges.length);
}

// What lies under the pointer.
function tipFor(id) {
  const edge = edges.get(id);
  if (!edge) return [el("strong", {}, bdi(nameOf(id))), el("small", { text: `${term(nodes.get(id).cls)} · ${nodes.get(id).degree} ${wordFor("nRelations", nodes.get(id).degree)}` })];
  const title = `${nameOf(edge.from)} ${symmetric.has(edge.p) ? "↔" : "→"} ${relationName(edge)} ${symmetric.has(edge.p) ? "↔" : "→"} ${nameOf(edge.to)}`;
  const about = edge.p === null ? "" : [...tags(edge).map((tag) => tag.textContent), edge.time, `${t("confidence")} ${percent(edge.confidence)}`, edge.documents.length > 1 && amount("articles", edge.documents.length)].filter(Boolean).join(" · ");
  const said = edge.evidence?.[0]?.runs.map(([text]) => text).join("") ?? "";
  return [el("strong", {}, bdi(title)), el("small", { text: about }), el("span", { className: "text", text: said.length > 90 ? `${said.slice(0, 90)}…` : said })];
}
function showTip(id, at) {
  const tip = byId("tip"), room = byId("graph");
  hovered = id;
  network.redraw();
  tip.replaceChildren(...tipFor(id));
  tip.hidden = false;
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, room.clientWidth - tip.offsetWidth - 6))}px`;
  tip.style.top = `${Math.max(4, Math.min(at.y + 14, room.clientHeight - tip.offsetHeight - 6))}px`;
}
function hideTip() {
  if (hovered === null) return;
  hovered = null;
  byId("tip").hidden = true;
  network.redraw();
}

function listen() {
  let asked = 0;
  network.on("click", ({ nodes: [node], pointer }) => {
    hideTip();
    const hit = node ?? labelAt(pointer.canvas) ?? edgeAt(pointer.canvas);
    if (hit) select(hit); else clear();
  });
  network.on("hoverNode", ({ node, pointer }) => showTip(node, pointer.DOM));
  for (const type of ["blurNode", "dragStart", "zoom"]) network.on(type, hideTip);
  for (const type of ["dragEnd", "zoom"]) network.on(type, () => steer());
  network.on("dragging", ({ nodes: held }) => moveSpots(held.map((id) => [id, network.getPosition(id)])));
  network.on("dragEnd", ({ nodes: held }) => {
    const fresh = held.map((id) => [id, ...Object.values(network.getPosition(id)).map(Math.round)]);
    if (fresh.length) change({ pinned: [...view.pinned.filter(([id]) => !held.includes(id)), ...fresh] });
  });
  byId("graph").addEventListener("pointermove", (event) => {
    if (event.buttons || event.pointerType === "touch") return;
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => pointAt(event));
  });
  byId("graph").addEventListener("pointerleave", () => { cancelAnimationFrame(asked); hideTip(); });
}
// vis-network tells of nodes; lines are ours.
function pointAt({ clientX, clientY }) {
  const { left, top } = byId("graph").getBoundingClientRect(), at = { x: clientX - left, y: clientY - top };
  if (network.getNodeAt(at) !== undefined) return;
  const edge = edgeAt(network.DOMtoCanvas(at));
  if (edge !== undefined) showTip(edge, at); else hideTip();
}

const moves = new Map(Object.entries({
  ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0), ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60),
  "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), 0: () => fit(), n: () => walk(1), b: () => walk(-1),
  Enter: () => { if (hovered === null) byId(view.tab).focus(); else { select(hovered); hideTip(); } },
  ...Object.fromEntries(TOOLS.map(({ key, act, can }) => [key, () => { const id = chosenNode(); if (id !== null && can(id)) act(id); }])),
}));
byId("graph").addEventListener("keydown", (event) => {
  if (!network || event.ctrlKey || event.metaKey || event.altKey || !moves.has(event.key)) return;
  moves.get(event.key)();
  event.preventDefault();
});
const isTyping = ({ target }) => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && !/^(checkbox|radio|range)$/.test(target.type);
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "z" && !(isTyping(event) && event.target.value)) { (event.shiftKey ? redo : undo)(); event.preventDefault(); }
  if (event.key === "/" && !isTyping(event) && !command) { search.focus(); event.preventDefault(); }
  if (event.key === "Escape" && !event.defaultPrevented) { search.value = ""; search.blur(); closeFilters(); clear(); }
});

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const onPaper = matchMedia("print");
const themeOf = () => (onPaper.matches ? "light" : view.theme === "auto" ? (prefersDark.matches ? "dark" : "light") : view.theme);
function renderTheme() {
  document.documentElement.dataset.theme = themeOf();
  const dark = themeOf() === "dark";
  byId("theme").replaceChildren(glyph(dark ? "sun" : "moon"));
  byId("theme").title = t(dark ? "light" : "dark");
  byId("theme").setAttribute("aria-label", byId("theme").title);
}
function renderLanguage() {
  if (!data.titled) document.title = document.querySelector("h1 bdi").textContent = amount("articles", data.documents.length);
  document.documentElement.lang = view.language;
  byId("language").value = view.language;
  for (const made of document.querySelectorAll("[data-t]")) made.textContent = t(made.dataset.t);
  for (const made of document.querySelectorAll("[data-t-label]")) made.setAttribute("aria-label", t(made.dataset.tLabel));
  for (const made of document.querySelectorAll("button.icon[data-t-label]")) made.title = t(made.dataset.tLabel);
  for (const made of document.querySelectorAll("[data-t-placeholder]")) made.setAttribute("placeholder", t(made.dataset.tPlaceholder));
}
function renderTabs() {
  document.body.dataset.tab = view.tab;
  for (const tab of byId("tabs").children) {
    const on = tab.dataset.tab === view.tab;
    tab.setAttribute("aria-selected", on);
    tab.tabIndex = on ? 0 : -1;
    byId(tab.dataset.tab).hidden = !on;
  }
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

byId("tabs").addEventListener("click", ({ target }) => { if (target.dataset.tab) change({ tab: target.dataset.tab }); });
byId("tabs").addEventListener("keydown", (event) => {
  const all = [...byId("tabs").children], by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const next = all[(all.indexOf(event.target) + by + all.length) % all.length];
  change({ tab: next.dataset.tab });
  next.focus();
  event.preventDefault();
});
for (const [id, act] of Object.entries({ undo, redo, fit: () => fit(), "zoom-in": () => zoom(1.25), "zoom-out": () => zoom(0.8), "open-filters": openFilters, "close-filters": closeFilters })) byId(id).addEventListener("click", act);
byId("sheet").append(glyph("chevron-up"));
byId("sheet").addEventListener("click", () => byId("sheet").setAttribute("aria-expanded", document.body.classList.toggle("sheet")));
byId("theme").addEventListener("click", () => change({ theme: themeOf() === "dark" ? "light" : "dark" }));
byId("language").addEventListener("change", (event) => change({ language: event.target.value }));
byId("colour-by").hidden = data.entities.every((entity) => entity.community === null);
byId("colour-by").addEventListener("click", ({ target }) => { if (target.dataset.by) change({ colourBy: target.dataset.by }); });
function renderControls() {
  for (const made of byId("colour-by").children) made.setAttribute("aria-pressed", made.dataset.by === view.colourBy);
  for (const made of byId("layout-by").children) made.setAttribute("aria-pressed", made.dataset.layout === view.layout);
  byId("size-by").replaceChildren(...["importance", ...(data.measures ?? [])].map((key) => el("option", { text: t(`by_${key}`), attributes: { value: key } })));
  byId("size-by").value = view.sizeBy;
  byId("undo").disabled = !past.length;
  byId("redo").disabled = !future.length;
}
byId("size-by").addEventListener("change", ({ target }) => change({ sizeBy: target.value }));
for (const [id, name] of Object.entries({ undo: "undo-2", redo: "redo-2", "zoom-in": "zoom-in", "zoom-out": "zoom-out", fit: "maximize" })) byId(id).append(glyph(name));

// The first listeners: what the others read from the document is there when they are called.
listeners.unshift((now, former) => {
  if (now.theme !== former.theme || now.language !== former.language) renderTheme();
  if (now.language !== former.language) renderLanguage();
  renderTabs();
});
onChange(() => { renderControls(); renderStatus(); });
for (const medium of [prefersDark, onPaper]) medium.addEventListener("change", () => { renderTheme(); restart(); });

byId("empty").hidden = data.entities.length > 0;
if (data.entities.length) { drawGraph(byId("graph")); listen(); }
startView();
restoreCamera();
addEventListener("hashchange", restoreCamera);
restoreBeyond?.();
new ResizeObserver(() => { if (!steered && view.selected === null && view.path === null) fit(false); }).observe(byId("graph"));
window.claimgraph = { network, change, undo, redo, placeOf: (id) => spots.get(id), keyOf: (id) => keys.get(id), selectKey: (key) => select(ids.get(key)), get view() { return view; } };
