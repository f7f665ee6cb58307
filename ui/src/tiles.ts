// Where the districts' tiles stand when a map was given: each in the cell of a grid that lies nearest to it, so that north stays north and neighbours meet.
import type { DistrictMap, DistrictShape } from './types-map';

export interface Place {
  column: number;
  row: number;
}
export interface Places {
  columns: number;
  at: Map<number, Place>;
}

const CORNERS = /^M(\d+) (\d+)L(\d+) (\d+)L(\d+) (\d+)L(\d+) (\d+)Z$/;
/** How much a side may differ from another, of its length: outlines are thinned out and drawn in whole units. */
const ALIKE = 0.05;
interface Box {
  west: number;
  north: number;
  wide: number;
  high: number;
}
/** The box of an upright rectangle; null: it is another shape. */
function boxOf(shape: DistrictShape): Box | null {
  const found = CORNERS.exec(shape.path);
  if (!found) return null;
  const numbers = found.slice(1).map(Number),
    xs = numbers.filter((_, at) => at % 2 === 0),
    ys = numbers.filter((_, at) => at % 2 === 1);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const upright = xs.every((x) => x === west || x === east) && ys.every((y) => y === north || y === south);
  return upright && east > west && south > north ? { west, north, wide: east - west, high: south - north } : null;
}
const alike = (one: number, other: number) => Math.abs(one - other) <= ALIKE * Math.max(one, other);

/** Squares of one size: no borders, but a schematic, which tiles show better. */
export function isSchematic(map: DistrictMap): boolean {
  const boxes = map.districts.map(boxOf),
    [first] = boxes;
  return (
    boxes.length > 1 &&
    first !== null &&
    first !== undefined &&
    boxes.every((box) => box !== null && alike(box.wide, box.high) && alike(box.wide, first.wide))
  );
}

/** As many columns as make cells about as wide as high, over the whole map. */
function gridOf(map: DistrictMap): { columns: number; rows: number } {
  const box = map.districts[0] && isSchematic(map) ? boxOf(map.districts[0]) : null;
  if (box) return { columns: Math.max(1, Math.round(map.width / box.wide)), rows: Math.max(1, Math.round(map.height / box.high)) };
  const side = Math.sqrt((map.width * map.height) / Math.max(1, map.districts.length) / 1.25);
  return { columns: Math.max(1, Math.round(map.width / side)), rows: Math.max(1, Math.round(map.height / side)) };
}
/** Those nearest to a cell take it first; who finds it taken goes to the nearest that is free (below the last row where none is). */
export function placesOf(map: DistrictMap): Places {
  const { columns, rows } = gridOf(map);
  const wants = map.districts.map((shape) => ({
    unit: shape.unit,
    x: (shape.x / map.width) * columns - 0.5,
    y: (shape.y / map.height) * rows - 0.5,
  }));
  const off = (one: { x: number; y: number }) => Math.hypot(one.x - Math.round(one.x), one.y - Math.round(one.y));
  const at = new Map<number, Place>(),
    taken = new Set<string>();
  for (const one of wants.sort((a, b) => off(a) - off(b) || a.unit - b.unit)) {
    let best: Place | null = null,
      least = Infinity;
    for (let row = 0; row < rows + Math.ceil(wants.length / columns); row++)
      for (let column = 0; column < columns; column++) {
        const far = Math.hypot(one.x - column, one.y - row);
        if (far < least && !taken.has(`${column} ${row}`)) {
          least = far;
          best = { column: column + 1, row: row + 1 };
        }
      }
    if (!best) continue;
    taken.add(`${best.column - 1} ${best.row - 1}`);
    at.set(one.unit, best);
  }
  return { columns, at };
}
