// The drawn map of the districts (docs/api.md: Map of the districts).
export interface DistrictShape {
  unit: number;
  name: string;
  path: string;
  x: number;
  y: number;
  room: number;
}
export interface DistrictMap {
  width: number;
  height: number;
  districts: DistrictShape[];
  journal: number;
}
