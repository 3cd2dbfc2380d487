// The map of an alignment: Chinese sentences from left to right, English ones downwards.

const MAP = { side: 480, room: 52, least: 3 };
const KINDS = [
  ["s0", "95 % and more"],
  ["s1", "90 to 94 %"],
  ["s2", "80 to 89 %"],
  ["s3", "50 to 79 %"],
  ["s4", "below 50 %"],
  ["sx", "sentences without partner"],
];

/** Make an SVG element. */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Give the scale of both sides: sentence number to place in the drawing. */
function scales(zh, en) {
  const { side, room } = MAP;
  return [(at) => room + (side * at) / Math.max(1, zh), (at) => room + (side * at) / Math.max(1, en)];
}

function box(x, y, wide, high) {
  return `M${x.toFixed(1)} ${y.toFixed(1)}h${wide.toFixed(1)}v${high.toFixed(1)}h${(-wide).toFixed(1)}z`;
}

/** Gather what is drawn in one colour into one path, which is quick for thousands of beads. */
function mapPaths(beads, x, y) {
  const paths = KINDS.map(() => []);
  const { side, room, least } = MAP;
  for (const bead of beads) {
    const wide = x(bead.zh[1]) - x(bead.zh[0]);
    const high = y(bead.en[1]) - y(bead.en[0]);
    if (bead.zh[0] === bead.zh[1]) paths[5].push(box(room, y(bead.en[0]), side, Math.max(1, high)));
    else if (bead.en[0] === bead.en[1]) paths[5].push(box(x(bead.zh[0]), room, Math.max(1, wide), side));
    else {
      const w = Math.max(least, wide);
      const h = Math.max(least, high);
      paths[bead.shade].push(box(x(bead.zh[0]) - (w - wide) / 2, y(bead.en[0]) - (h - high) / 2, w, h));
    }
  }
  return paths;
}

/** Sum the map up in words. */
function mapWords(beads, zh, en) {
  const alone = beads.filter((bead) => bead.isNull).length;
  const weak = beads.filter((bead) => !bead.isNull && bead.shade >= 3).length;
  return (
    `${grouped(zh)} Chinese and ${grouped(en)} English sentences. Beads near the diagonal; ` +
    `${counted(alone, "null link", "null links")} as bars across; ` +
    `${counted(weak, "bead", "beads")} below 80 %.`
  );
}

function ticks(count, at, sideways) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((s) => count / s <= 8) || 10000;
  const found = [];
  for (let number = 0; number < count; number += step) {
    const place = sideways ? { x: at(number), y: 46, "text-anchor": "middle" } : { x: 48, y: at(number) + 4, "text-anchor": "end" };
    found.push(draw("text", place, String(number + 1)));
  }
  return found;
}

/** Draw the map, its legend, and the same as a table. */
function drawMap(place, beads, pick) {
  const [zh, en] = [index.zh[place], index.en[place]];
  const [x, y] = scales(zh, en);
  const words = mapWords(beads, zh, en);
  const size = MAP.side + MAP.room + 8;
  const svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-labelledby": "map-t map-d" });
  svg.append(draw("title", { id: "map-t" }, `Map of ${index.names[place]}`), draw("desc", { id: "map-d" }, words));
  svg.append(...ticks(zh, x, true), ...ticks(en, y, false));
  svg.append(draw("text", { x: size / 2, y: 20, "text-anchor": "middle" }, "Chinese sentences →"));
  const down = `translate(12 ${size / 2}) rotate(90)`;
  svg.append(draw("text", { transform: down, "text-anchor": "middle" }, "English sentences →"));
  const paths = mapPaths(beads, x, y);
  for (const kind of [5, 0, 1, 2, 3, 4]) {
    const opacity = kind === 5 ? 0.55 : 1;
    if (paths[kind].length) svg.append(draw("path", { class: KINDS[kind][0], d: paths[kind].join(""), opacity }));
  }
  const cursor = draw("circle", { class: "cursor", r: 8, cx: -20, cy: -20 });
  svg.append(draw("rect", { class: "axis", x: MAP.room, y: MAP.room, width: MAP.side, height: MAP.side }), cursor);
  svg.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    pick(nearestBead(beads, point, x, y));
  });
  const legend = make("ul", { class: "legend" });
  for (const [kind, name] of KINDS) {
    const sample = draw("svg", { viewBox: "0 0 14 14", "aria-hidden": "true" }, draw("rect", { class: kind, width: 14, height: 14 }));
    legend.append(make("li", {}, sample, name));
  }
  const caption = make("figcaption", {}, `${words} Click on a place to go to it.`);
  byId("map").replaceChildren(make("figure", {}, svg, legend, caption), mapTable(place, beads));
  return (bead) => {
    cursor.setAttribute("cx", (x(bead.zh[0]) + x(bead.zh[1])) / 2);
    cursor.setAttribute("cy", (y(bead.en[0]) + y(bead.en[1])) / 2);
  };
}

function nearestBead(beads, point, x, y) {
  const far = (bead) =>
    Math.hypot((x(bead.zh[0]) + x(bead.zh[1])) / 2 - point.x, (y(bead.en[0]) + y(bead.en[1])) / 2 - point.y);
  return beads.reduce((best, bead) => (far(bead) < far(best) ? bead : best), beads[0]);
}

/** List the gaps and the blocks, which is what the map shows at once. */
function mapTable(place, beads) {
  const rows = [];
  for (let at = 0; at < beads.length; at += 1) {
    const first = beads[at];
    if (first.isNull) {
      while (at + 1 < beads.length && beads[at + 1].isNull) at += 1;
      rows.push(["gap: no partner", first, [first.zh[0], beads[at].zh[1]], [first.en[0], beads[at].en[1]]]);
    } else if (first.zh[1] - first.zh[0] + first.en[1] - first.en[0] >= 4) {
      rows.push(["block: joined in one bead", first, first.zh, first.en]);
    }
  }
  const table = make("table", { class: "figures" }, make("caption", {}, "Gaps and blocks"));
  const heads = ["Bead", "What", "Chinese sentences", "English sentences"];
  table.createTHead().append(make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name))));
  const body = table.createTBody();
  for (const [what, bead, zh, en] of rows) {
    const link = make("a", { href: `#r${place}-${bead.number}` }, nameOf(bead.number));
    const cells = [what, span(zh), span(en)].map((text) => make("td", {}, text));
    body.append(make("tr", {}, make("th", { scope: "row" }, link), ...cells));
  }
  const shown = rows.length ? table : make("p", {}, "There are no gaps and no blocks.");
  const title = `Gaps and blocks as a table (${grouped(rows.length)})`;
  const details = make("details", { class: "map-table" }, make("summary", {}, title), shown);
  details.open = rows.length <= 20; // then it is no longer than the map beside it
  return details;
}

/** Write a half-open range of sentences as people count: from 1, both ends in. */
function span([start, end]) {
  if (start === end) return "none";
  return end - start === 1 ? String(end) : `${start + 1} to ${end}`;
}
