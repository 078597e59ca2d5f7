// The drawing: vis-network draws circles and lines, we draw icons and labels over them.
const FONT = 13, LINE = 15, WRAP = 8, READABLE = 9.5;
const carried = { nodes: read("nodes"), edges: read("edges"), options: read("options") };
const sizes = new Map(carried.nodes.map((node) => [node.id, node.size]));
const paths = new Map();
let colours = {}, family = "", network = null, nodeSet = null, edgeSet = null, vivid = null, lit = new Set();
let placed = [], hovered = null;

const isVisible = (entity) => !state.hiddenGroups.has(entity.group);
function passes(claim) {
  if (state.factsOnly && !claim.fact) return false;
  return claim.confidence * 100 >= state.minimum && !state.hiddenRelations.has(claim.p);
}
const isShown = (edge) => passes(edge) && isVisible(nodes.get(edge.from)) && isVisible(nodes.get(edge.to));

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["edge", "edge-hedged", "edge-denied", "edge-on", "text", "canvas", "soft"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  family = getComputedStyle(document.body).fontFamily;
}

function lineStyle(edge) {
  const kind = kindOf(edge), on = lit.has(edge.id);
  const colour = kind === "denied" ? colours["edge-denied"] : on ? colours["edge-on"] : kind === "hedged" ? colours["edge-hedged"] : colours.edge;
  const faded = vivid && !on;
  return {
    id: edge.id, hidden: !isShown(edge), dashes: kind === "fact" ? false : [6, 5],
    width: on ? 2 : kind === "fact" ? 1 : 1.3,
    color: { color: colour, hover: colour, highlight: colour, opacity: faded ? 0.12 : 1 },
    label: on ? relationName(edge) : undefined,
    font: { size: 10.5, align: "middle", color: colours.text, strokeWidth: 3, strokeColor: colours.canvas, vadjust: 0 },
    arrows: { to: { enabled: !symmetric.has(edge.p), scaleFactor: 0.45 } },
  };
}

function circleStyle(entity) {
  const colour = colourOf(entity);
  return {
    id: entity.id, hidden: !isVisible(entity), opacity: vivid && !vivid.has(entity.id) ? 0.15 : 1,
    color: { background: colour, border: colour, hover: { background: colour, border: colour }, highlight: { background: colour, border: colour } },
  };
}

function restyle() {
  if (!network) return;
  nodeSet.update(data.entities.map(circleStyle));
  edgeSet.update([...edges.values()].map(lineStyle));
}

function drawGraph(container) {
  readColours();
  nodeSet = new vis.DataSet(carried.nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, shape: "dot", ...circleStyle(nodes.get(node.id)) })));
  edgeSet = new vis.DataSet(carried.edges.map(({ label, arrows, ...edge }) => ({ ...edge, ...lineStyle(edges.get(edge.id)) })));
  network = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, carried.options);
  container.firstElementChild.tabIndex = -1; // the container itself takes the focus and the keys
  network.on("afterDrawing", drawOver);
  fit(false);
}

// A label counts as its node: it can be clicked.
function labelAt(point) {
  const hit = placed.find((box) => point.x >= box.left && point.x <= box.right && point.y >= box.top && point.y <= box.bottom);
  return hit?.id;
}

function wrapLabel(label) {
  const lines = [""];
  let width = 0;
  const units = label.slice(0, 400).match(/[\u0021-\u024f]+|\s+|./gsu) ?? [];
  for (const unit of units) {
    const ems = /^[\u0000-\u024f]/.test(unit) ? unit.length * 0.56 : 1;
    if (width + ems > WRAP && width > 0 && unit.trim()) { lines.push(""); width = 0; }
    lines[lines.length - 1] += unit.slice(0, 24);
    width += ems;
  }
  if (lines.length === 2 && width <= 2.5) return balance(lines);
  return lines.length > 3 ? [lines[0], lines[1], `${lines[2].slice(0, -1)}…`] : lines;
}
function balance([first, rest]) {
  const all = [...first, ...rest], half = Math.ceil(all.length / 2);
  return /[\u0000-\u024f]/.test(first) ? [first, rest] : [all.slice(0, half).join(""), all.slice(half).join("")];
}

function drawOver(context) {
  const scale = network.getScale(), places = network.getPositions();
  const order = [...important].sort((a, b) => priority(b.id) - priority(a.id));
  placed = [];
  const size = Math.min(Math.max(FONT, READABLE / scale), FONT * 3.2);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const entity of order) {
    const { x, y } = places[entity.id] ?? {};
    if (x === undefined || !isVisible(entity)) continue;
    const faded = vivid && !vivid.has(entity.id);
    context.globalAlpha = faded ? 0.25 : 1;
    drawIcon(context, entity, x, y, faded);
    const radius = sizes.get(entity.id);
    if (!faded) placed.push({ id: entity.id, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    drawLabel(context, entity, x, y, size, faded);
  }
  context.globalAlpha = 1;
}
const priority = (id) => (id === state.selected || id === hovered ? 2 : vivid?.has(id) ? 1 : 0);

function drawIcon(context, entity, x, y, faded) {
  const style = styleOf(entity.group), radius = sizes.get(entity.id), zoom = (radius * 1.15) / 24;
  if (!paths.has(entity.group)) paths.set(entity.group, style.icon.map((d) => new Path2D(d)));
  if (!faded && entity.id === state.selected) {
    context.strokeStyle = colourOf(entity);
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, radius + 4, 0, 2 * Math.PI);
    context.stroke();
  }
  context.save();
  context.translate(x - 12 * zoom, y - 12 * zoom);
  context.scale(zoom, zoom);
  context.strokeStyle = "#fff";
  context.lineWidth = 2;
  context.lineCap = "round";
  for (const path of paths.get(entity.group)) context.stroke(path);
  context.restore();
}

function drawLabel(context, entity, x, y, base, faded) {
  const size = base + (sizes.get(entity.id) - 12) * 0.16, line = size * (LINE / FONT);
  const lines = wrapLabel(nameOf(entity.id));
  context.font = `${entity.id === state.selected ? "600 " : ""}${size}px ${family}`;
  const half = Math.max(...lines.map((text) => context.measureText(text).width)) / 2;
  const top = y + sizes.get(entity.id) + 4;
  const box = { id: entity.id, left: x - half, right: x + half, top, bottom: top + lines.length * line };
  if (faded && (network.getScale() < 0.5 || meets(box)) || !faded && priority(entity.id) < 1 && meets(box)) return;
  placed.push(box);
  context.strokeStyle = colours.canvas;
  context.fillStyle = colours.text;
  context.lineWidth = size / 4;
  lines.forEach((text, i) => {
    context.strokeText(text, x, top + i * line);
    context.fillText(text, x, top + i * line);
  });
}
const meets = (box) => placed.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);

// vis-network fits circles only; a margin keeps the labels of the outermost ones inside.
function fit(animated = true, wanted = isVisible) {
  if (!network) return;
  const shown = data.entities.filter(wanted), places = network.getPositions();
  if (!shown.length) return;
  const xs = shown.map(({ id }) => places[id].x), ys = shown.map(({ id }) => places[id].y);
  const { clientWidth, clientHeight } = byId("graph");
  const [left, right] = [Math.min(...xs) - 62, Math.max(...xs) + 62];
  const [top, bottom] = [Math.min(...ys) - 42, Math.max(...ys) + 62];
  const scale = Math.min(clientWidth / (right - left), (clientHeight - 40) / (bottom - top), 1.5);
  move({ x: (left + right) / 2, y: (top + bottom) / 2 - 10 / scale }, scale, animated);
}
function move(position, scale, animated = true) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position, scale, animation: animated && !calm ? { duration: 300, easingFunction: "easeInOutQuad" } : false });
}
function pan(dx, dy) {
  const { x, y } = network.getViewPosition(), scale = network.getScale();
  move({ x: x + dx / scale, y: y + dy / scale }, scale, false);
}
const zoom = (factor) => move(network.getViewPosition(), Math.min(Math.max(network.getScale() * factor, 0.05), 6), false);

function reveal(id) {
  const { x, y } = network.getPosition(id), at = network.canvasToDOM({ x, y });
  const { clientWidth, clientHeight } = byId("graph");
  const inside = at.x > 40 && at.y > 40 && at.x < clientWidth - 40 && at.y < clientHeight - 60;
  if (!inside) move({ x, y }, Math.max(network.getScale(), 0.7));
}

// Fewest steps over the lines that are shown, in any direction.
function shortestPath(from, to) {
  const came = new Map([[from, null]]);
  const queue = [from];
  for (const node of queue) {
    if (node === to) break;
    for (const edge of edgesOf.get(node).filter(isShown)) {
      const next = edge.from === node ? edge.to : edge.from;
      if (!came.has(next)) { came.set(next, edge); queue.push(next); }
    }
  }
  if (!came.has(to)) return null;
  const steps = [];
  for (let node = to; came.get(node); ) {
    const edge = came.get(node);
    steps.unshift(edge);
    node = edge.from === node ? edge.to : edge.from;
  }
  return steps;
}
