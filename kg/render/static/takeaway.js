// What can be taken away: the view as PNG and SVG, the table as CSV, the selection as Turtle, a link.
const PNG_SCALE = 3, PNG_LARGEST = 16000, FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
const HEAD = 46, LEGEND_LINE = 24, MARGIN = 16;

// RFC 4180, with a byte-order mark; what a spreadsheet could take for a formula is only text.
const csvCell = (value) => {
  const text = FORMULA.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvOf = (rows) => `\ufeff${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;

// The claims of what is selected or of the path; without one all that are seen.
function chosenClaims() {
  if (view.path !== null) return (chosenPath() ?? []).filter((edge) => claimsById.has(edge.id)).map((edge) => claimsById.get(edge.id));
  if (claimsById.has(view.selected)) return [claimsById.get(view.selected)];
  return nodes.has(view.selected) ? claimsOf.get(view.selected).filter(passes) : visibleClaims();
}

// The view with its title above and its legend below, in whatever context.
function paintView(context) {
  const { clientWidth: width, clientHeight: height } = byId("graph"), rows = legendRows(context, width);
  context.fillStyle = colours.canvas;
  context.fillRect(0, 0, width, HEAD + height + rows.length * LEGEND_LINE + MARGIN);
  context.save();
  context.translate(0, HEAD);
  paintGraph(context);
  context.restore();
  context.fillStyle = colours.canvas; // what the view cuts off
  context.fillRect(0, 0, width, HEAD);
  context.fillRect(0, HEAD + height, width, rows.length * LEGEND_LINE + MARGIN);
  paintTitle(context, width);
  rows.forEach((row, i) => row.forEach((item) => paintLegend(context, item, HEAD + height + MARGIN / 2 + (i + 0.5) * LEGEND_LINE)));
}
function paintGraph(context) {
  const { x, y } = network.canvasToDOM({ x: 0, y: 0 }), scale = network.getScale();
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  drawOver(context);
  context.restore();
}
function paintTitle(context, width) {
  Object.assign(context, { font: `600 17px ${family}`, textAlign: "left", textBaseline: "middle", fillStyle: colours.text });
  context.fillText(shortened(context, document.title, width - 2 * MARGIN), MARGIN, HEAD / 2);
}
function shortened(context, text, room) {
  const fits = (length) => context.measureText(`${text.slice(0, length)}…`).width <= room;
  if (context.measureText(text.slice(0, 400)).width <= room && text.length <= 400) return text;
  let length = Math.min(text.length, 400);
  while (length && !fits(length)) length -= 1;
  return `${text.slice(0, length)}…`;
}
// Classes and kinds of line that are in view, broken into rows.
function legendRows(context, width) {
  context.font = `12.5px ${family}`;
  const groupsSeen = [...new Set(data.entities.filter(isVisible).map((entity) => entity.group))];
  const kindsSeen = new Set([...edges.values()].filter(isShown).map(kindOf));
  const items = [
    ...(view.colourBy === "class" ? groupsSeen.map((group) => ({ text: term(group), group })) : []),
    ...["fact", "hedged", "denied"].filter((kind) => kindsSeen.has(kind)).map((kind) => ({ text: t(kind), kind })),
  ].map((item) => ({ ...item, wide: context.measureText(item.text).width + 52 }));
  const rows = [[]];
  let left = MARGIN;
  for (const item of items) {
    if (left + item.wide > width && rows.at(-1).length) { rows.push([]); left = MARGIN; }
    rows.at(-1).push({ ...item, left });
    left += item.wide;
  }
  return rows;
}
function paintLegend(context, { text, group, kind, left }, y) {
  context.globalAlpha = 1;
  context.beginPath();
  if (group) {
    context.arc(left + 12, y, 7, 0, 2 * Math.PI);
    context.fillStyle = styleOf(group).color;
    context.fill();
  } else {
    Object.assign(context, { strokeStyle: kind === "fact" ? colours.edge : colours[`edge-${kind}`], lineWidth: 2 });
    context.setLineDash(dashOf(kind));
    context.moveTo(left, y);
    context.lineTo(left + 24, y);
    context.stroke();
    context.setLineDash([]);
  }
  Object.assign(context, { font: `12.5px ${family}`, textAlign: "left", textBaseline: "middle", fillStyle: colours.text });
  context.fillText(text, left + 30, y);
}
function pictureSize(context) {
  const { clientWidth: width, clientHeight: height } = byId("graph");
  return { width, height: HEAD + height + legendRows(context, width).length * LEGEND_LINE + MARGIN };
}

function svgOfView() {
  const context = new VectorContext(), { width, height } = pictureSize(context);
  paintView(context);
  return context.svg(width, height, document.title);
}
function pngOfView() {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d"), { width, height } = pictureSize(context);
  const scale = Math.min(PNG_SCALE, PNG_LARGEST / Math.max(width, height));
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  context.scale(scale, scale);
  paintView(context);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

// A name that every file system takes.
const fileName = (ending) => `${document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph"}.${ending}`;
function download(blob, ending) {
  const address = URL.createObjectURL(blob), link = el("a", { attributes: { href: address, download: fileName(ending) } });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
const downloadText = (text, type, ending) => download(new Blob([text], { type: `${type};charset=utf-8` }), ending);

async function copyText(text) {
  try { await navigator.clipboard.writeText(text); } catch { copyByHand(text); }
}
function copyByHand(text) {
  const box = el("textarea", { className: "unseen", attributes: { readonly: "" } });
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

const TAKEAWAYS = new Map(Object.entries({
  png: async () => download(await pngOfView(), "png"),
  svg: () => downloadText(svgOfView(), "image/svg+xml", "svg"),
  csv: () => downloadText(csvOf(tableAsText()), "text/csv", "csv"),
  ttl: () => downloadText(turtleOf(chosenClaims()), "text/turtle", "ttl"),
  link: async () => { await copyText(`${location.href.split("#")[0]}#${fragment()}`); say(t("linkCopied")); },
}));

// The menu in the header.
function renderTakeaway() {
  const menu = byId("takeaway"), needsGraph = new Set(["png", "svg"]);
  const items = [...TAKEAWAYS].filter(([kind]) => network || !needsGraph.has(kind)).map(([kind, take]) => button("", t(`take_${kind}`), async () => {
    menu.open = false;
    menu.querySelector("summary").focus();
    await take();
  }, { "data-take": kind }));
  menu.replaceChildren(el("summary", { text: t("takeaway") }), el("div", {}, ...items));
  menu.hidden = !data.entities.length;
}
// Menus close when the focus or a click goes elsewhere, or on Escape.
for (const menu of document.querySelectorAll(".menu")) {
  menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  });
}
document.addEventListener("click", ({ target }) => { for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false; });

let saying = 0;
function say(text) {
  const toast = byId("toast");
  toast.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { toast.textContent = ""; }, 6000);
}
onChange((now, former) => { if (now.language !== former.language) renderTakeaway(); });
