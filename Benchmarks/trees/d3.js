// Lays a tree out with d3-hierarchy: seconds for hierarchy and layout, the best of several.
// Its boxes are all of one size; ours are not.
"use strict";
const fs = require("fs");
const { stratify, tree } = require("d3-hierarchy");
const rows = fs.readFileSync(process.argv[2], "utf8").trim().split("\n").map((line) => line.split(" "));
let best = Infinity;
for (let round = 0; round < 7; round += 1) {
  const start = process.hrtime.bigint();
  const root = stratify().id((row) => row[0]).parentId((row) => row[1] === "-1" ? null : row[1])(rows);
  tree().nodeSize([200, 100])(root);
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
}
console.log(best.toFixed(4));
