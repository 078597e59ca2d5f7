// What the reader does to a node: open and close its neighbours, hide it, pin it, stand it in the
// middle; and what the core or the reader left out, with the way back.
// A page that is served asks for what lies beyond (remote.js), any other has it all.
let askBeyond = null, restoreBeyond = null;
const beyondOf = ({ id, reach }) => Math.max(0, reach - neighboursOf(id).size);
function expand(id) {
  if (askBeyond && beyondOf(nodes.get(id))) askBeyond(id).then(() => unfoldNear(id)); else unfoldNear(id);
}
function unfoldNear(id) {
  const near = neighboursOf(id);
  const outside = !sets.all && [...near].some((one) => !isCore(nodes.get(one)));
  change({ hidden: view.hidden.filter((one) => !near.has(one)), shown: outside ? unique([...view.shown, id]) : view.shown });
}
// Folded away are those that hang on this node alone; with them goes what was opened here.
const leavesOf = (id) => [...neighboursOf(id)].filter((one) => isVisible(nodes.get(one)) && one !== id && hangsOn(one, id));
const hangsOn = (id, node) => [...neighboursOf(id)].every((one) => one === node || !isVisible(nodes.get(one)));
function collapse(id) {
  const shown = view.shown.filter((one) => one !== id);
  change({ shown, hidden: unique([...view.hidden, ...leavesOf(id)]) });
}
function hide(id) { change({ hidden: unique([...view.hidden, id]), selected: view.selected === id ? null : view.selected }); }
function pinOrFree(id) {
  const others = view.pinned.filter(([one]) => one !== id), { x, y } = spots.get(id);
  change({ pinned: others.length < view.pinned.length ? others : [...others, [id, Math.round(x), Math.round(y)]] });
}
function centreOn(id) { change({ layout: "around", centre: id, pinned: [] }); }

const TOOLS = [
  { id: "expand", key: "e", word: () => "expand", act: expand, can: (id) => more.has(id) },
  { id: "collapse", key: "c", word: () => "collapse", act: collapse, can: (id) => view.shown.includes(id) || leavesOf(id).length > 0 },
  { id: "hide", key: "h", word: () => "hide", act: hide, can: () => true },
  { id: "pin", key: "p", word: (id) => (pins().has(id) ? "unpin" : "pin"), act: pinOrFree, can: () => true },
  { id: "centre", key: "o", word: () => "centre", act: centreOn, can: (id) => view.layout !== "around" || centreOf() !== id },
];
const chosenNode = () => (nodes.has(view.selected) && isVisible(nodes.get(view.selected)) ? view.selected : null);
function renderTools() {
  const bar = byId("node-tools"), id = chosenNode(), focused = bar.contains(document.activeElement) ? document.activeElement.id : null;
  bar.hidden = id === null;
  if (id === null) { bar.replaceChildren(); return; }
  bar.replaceChildren(...TOOLS.map(({ id: name, key, word, act, can }) => {
    const made = button("", t(word(id)), () => act(id), { id: `tool-${name}`, title: key.toUpperCase(), "aria-keyshortcuts": key });
    made.disabled = !can(id);
    return made;
  }));
  if (focused) (byId(focused)?.disabled === false ? byId(focused) : byId("graph")).focus();
}
function renderCore() {
  const core = byId("core"), total = data.entities.length, inCore = data.entities.filter(isCore).length;
  const parts = [];
  if (inCore < total) parts.push(button("link", sets.all ? t("coreOnly") : fill("showAllNodes", total), () => { change({ shown: sets.all ? [] : [EVERYTHING] }); fit(); }, { id: "show-all" }));
  if (view.hidden.length) parts.push(button("link", fill("unhide", view.hidden.length), () => change({ hidden: [] }), { id: "unhide" }));
  core.hidden = !parts.length;
  core.replaceChildren(...parts);
}
onChange(() => { renderTools(); renderCore(); });

// The neighbours in turn, by keyboard: N and P go round, Enter selects.
function walk(by) {
  const id = chosenNode(), ring = (id ? [...neighboursOf(id)].map((one) => nodes.get(one)).filter(isVisible) : drawn).map((entity) => entity.id);
  if (!ring.length) return;
  const at = ring.indexOf(hovered), next = ring[(at < 0 ? (by > 0 ? 0 : ring.length - 1) : at + by + ring.length) % ring.length];
  reveal(next);
  showTip(next, network.canvasToDOM(spots.get(next)));
  byId("status").textContent = nameOf(next);
}
