// Where lines run: from rim to rim, parallel ones apart; straight where a line is alone.
const LANE = 24, FAN = 150, LOOP = 15, SAMPLES = 14, REACH = 6;

// Edges between the same two nodes, each with its lane: … −1, 0, 1 … around the straight line.
function laneMap(shown) {
  const between = new Map(), lanes = new Map();
  for (const edge of shown) {
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    if (between.has(key)) between.get(key).push(edge); else between.set(key, [edge]);
  }
  for (const group of between.values()) {
    group.forEach((edge, i) => lanes.set(edge.id, { at: (i - (group.length - 1) / 2) * (edge.from < edge.to ? 1 : -1), of: group.length, index: i }));
  }
  return lanes;
}

// {x1, y1, cx, cy, x2, y2, angle}: a quadratic curve whose end is the tip of the arrow; `angle` is
// the direction there. A loop is {x, y, radius}. Null where two nodes touch.
function lineBetween(from, to, lane, radii) {
  if (from === to) return { x: from.x, y: from.y - radii[0] - (LOOP + 6 * lane.index) * 0.7, radius: LOOP + 6 * lane.index };
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy);
  if (length <= radii[0] + radii[1] + 2) return null;
  const gap = lane.of < 2 ? 0 : Math.min(LANE, FAN / (lane.of - 1), length / 3);
  const bend = 2 * gap * lane.at, cx = (from.x + to.x) / 2 - (dy / length) * bend, cy = (from.y + to.y) / 2 + (dx / length) * bend;
  const [x1, y1] = towards(from, cx, cy, radii[0] + 1), [x2, y2] = towards(to, cx, cy, radii[1] + 2);
  return { x1, y1, cx, cy, x2, y2, angle: Math.atan2(to.y - cy, to.x - cx), straight: !bend };
}
function towards({ x, y }, tx, ty, distance) {
  const length = Math.hypot(tx - x, ty - y) || 1;
  return [x + ((tx - x) / length) * distance, y + ((ty - y) / length) * distance];
}

function pointOn(line, at) {
  if (line.radius) return [line.x + line.radius * Math.cos(2 * Math.PI * at), line.y + line.radius * Math.sin(2 * Math.PI * at)];
  const [a, b, c] = [(1 - at) ** 2, 2 * at * (1 - at), at ** 2];
  return [a * line.x1 + b * line.cx + c * line.x2, a * line.y1 + b * line.cy + c * line.y2];
}
function boxAround(line) {
  if (line.radius) return { left: line.x - line.radius, right: line.x + line.radius, top: line.y - line.radius, bottom: line.y + line.radius };
  return { left: Math.min(line.x1, line.cx, line.x2), right: Math.max(line.x1, line.cx, line.x2), top: Math.min(line.y1, line.cy, line.y2), bottom: Math.max(line.y1, line.cy, line.y2) };
}
function distanceTo(line, x, y) {
  let least = Infinity, [px, py] = pointOn(line, 0);
  for (let i = 1; i <= SAMPLES; i += 1) {
    const [qx, qy] = pointOn(line, i / SAMPLES), length = (qx - px) ** 2 + (qy - py) ** 2 || 1;
    const part = Math.min(1, Math.max(0, ((x - px) * (qx - px) + (y - py) * (qy - py)) / length));
    least = Math.min(least, Math.hypot(x - px - part * (qx - px), y - py - part * (qy - py)));
    [px, py] = [qx, qy];
  }
  return least;
}

// Boxes that keep clear of each other, found by the cells of a grid.
class Boxes {
  constructor(cell) { this.cell = cell; this.cells = new Map(); }
  * near({ left, right, top, bottom }) {
    const at = (value) => Math.floor(value / this.cell);
    for (let x = at(left); x <= at(right); x += 1) for (let y = at(top); y <= at(bottom); y += 1) yield x * 1e6 + y;
  }
  add(box) {
    for (const key of this.near(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box); else this.cells.set(key, [box]);
    }
  }
  meets(box) {
    for (const key of this.near(box)) if (this.cells.get(key)?.some((other) => overlap(box, other))) return true;
    return false;
  }
  at({ x, y }) {
    for (const key of this.near({ left: x, right: x, top: y, bottom: y })) {
      const hit = this.cells.get(key)?.find((box) => box.id !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
      if (hit) return hit.id;
    }
    return undefined;
  }
}
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
