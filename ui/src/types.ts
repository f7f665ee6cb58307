// The envelopes of the API (docs/api.md). Records stay loose: their fields are known only from GET /api/v1/types.

export type Language = 'zh' | 'en';
export type Colour = 'green' | 'blue' | 'yellow' | 'orange' | 'red' | 'grey';
export const COLOURS: readonly Colour[] = ['green', 'blue', 'yellow', 'orange', 'red', 'grey'];
/** As a list sorted by colour goes. */
export const IN_TURN: readonly Colour[] = ['red', 'orange', 'yellow', 'blue', 'grey', 'green'];

export interface Point {
  lat: number;
  lon: number;
}
export type Value = string | number | boolean | number[] | string[] | Point | null;
export type Values = Record<string, Value>;

/** What every record carries beside its declared fields. */
export interface SystemFields {
  id: number;
  version: number;
  state: string | null;
  created: string;
  changed: string;
  entry: number;
  voided: boolean;
}
export type RecordData = SystemFields & { [field: string]: Value | undefined };
/** Names of the records that ids in an answer point at: type → id → name. */
export type Labels = Record<string, Record<string, string>>;

export type FieldType =
  | 'text'
  | 'long_text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'date'
  | 'moment'
  | 'weight'
  | 'choice'
  | 'choices'
  | 'reference'
  | 'references'
  | 'yes_no'
  | 'point'
  | 'contact'
  | 'file';
export interface Choice {
  name: string;
  label: string;
}
export interface Field {
  name: string;
  label: string;
  type: FieldType;
  required: boolean;
  listed: boolean;
  tallied: boolean;
  derived: boolean;
  fixed: boolean;
  writable: boolean;
  least?: number | null;
  most?: number | null;
  choices?: Choice[] | null;
  target?: string | null;
  /** Written out at creation when nothing is given. */
  preset?: Value;
}
export interface StateName {
  name: string;
  label: string;
  end: boolean;
}
export interface RecordType {
  name: string;
  plural: string;
  label: string;
  label_plural: string;
  /** Under which heading the index of all lists shows it; `part`: reached from the record it belongs to. */
  group: Choice;
  title: string | null;
  create: boolean;
  export: boolean;
  /** Some field's text is searched. */
  searched: boolean;
  /** The reference whose target it belongs to. */
  parent: string | null;
  fields: Field[];
  states: StateName[];
  sorts: string[];
}
export interface Declarations {
  types: RecordType[];
  actions: Choice[];
  roles: Choice[];
  journal: number;
}

export interface CampaignName {
  id: number;
  name: string;
  from: string | null;
  to: string | null;
  days_left: number | null;
}
export interface Period {
  begun: boolean;
  over: boolean;
  days?: number;
  days_gone?: number;
  days_left?: number;
}
interface RoundName {
  id: number;
  number: number;
  name: string;
}
/** What stands beside the figures of one campaign. */
export interface CampaignFrame extends CampaignName {
  code: string;
  period: Period;
  units: number;
  rounds: { count: number; frozen: RoundName | null; open: RoundName | null };
}

export interface Session {
  user: { id: number; account: string; name: string; unit: number | null; language: Language | null };
  roles: string[];
  csrf: string;
  /** Nothing else is answered until the password was changed. */
  must_change?: boolean;
  store?: { name: string; test: boolean; demo: boolean; now: string; today: string; version: string; base_line: string | null };
  /** Of those under way today the one that began last. */
  campaign?: CampaignName | null;
  /** All there are, those under way first. */
  campaigns?: (CampaignName & { over: boolean })[];
  unread?: number;
  journal: number;
}

export interface Page {
  items: RecordData[];
  next: string | null;
  total: number | null;
  labels: Labels;
  journal: number;
}
/** A stratified draw, reckoned again from the journal. */
export interface DrawAgain {
  same: boolean;
  differs?: string;
  destroyed: number;
  seed: string;
  root: string;
  population: number;
  sample: number;
  strata: { unit?: number; colour?: string; age?: string; population: number; drawn: number }[];
  problems: number[];
  labels: Labels;
  journal: number;
}
export interface Tally {
  by: string[];
  cells: { key: (string | number | boolean | null)[]; count: number }[];
  total: number;
  sums?: Record<string, string | number>;
  labels: Labels;
  journal: number;
}
export type ColourCounts = Partial<Record<Colour, number>>;
export interface OverviewRow {
  key: string | number | null;
  label?: string;
  total: number;
  colours: ColourCounts;
}
export interface Overview {
  /** null: all that the reader sees, `by.campaign` says which. */ campaign: CampaignFrame | null;
  total: number;
  merged: number;
  colours: ColourCounts;
  by: Record<string, OverviewRow[]>;
  labels?: Labels;
  journal: number;
}

export interface Definition {
  code: number;
  version: number;
  name: string;
  label: string;
  text: string;
  source: string;
  of: string;
  result: 'rate' | 'count';
  outwards: boolean;
  of_period: boolean;
}
export interface Definitions {
  definitions_version: number;
  definitions: Definition[];
  journal: number;
}
export interface DefinitionValue {
  numerator: number;
  denominator?: number;
  rate?: number | null;
  shown?: string | null;
  /** Of spot checks: the 95 % interval, basis points. */ low?: number | null;
  high?: number | null;
}
export interface DefinitionGroup {
  key: string | number | null;
  label?: string;
  own: number[][];
  below?: number[][];
  parent?: number | null;
}
export interface DefinitionValues {
  definitions_version: number;
  at: string;
  on: string;
  from: string | null;
  to: string;
  by: string | null;
  ranked_least: number;
  names: string[];
  all: Record<string, DefinitionValue>;
  groups?: DefinitionGroup[];
  labels: Labels;
  journal: number;
}
export interface DefinitionItem {
  record: RecordData | null;
  figure: { id: number; state: string; colour?: string | null; lead_unit: number | null; due?: string | null; on?: string | null };
}
export interface DefinitionList {
  definition: string;
  of: string;
  part: 'numerator' | 'denominator';
  on: string;
  definitions_version: number;
  total: number;
  items: DefinitionItem[];
  next: number | null;
  labels: Labels;
  journal: number;
}

export interface ActionOffer {
  action: string;
  label: string;
  open: boolean;
  why_not: string | null;
  /** Of what why_not tells, for programs. */
  codes: string[];
  mine: boolean;
  asks: string[];
  /** What the form offers and may leave empty. */
  takes: string[];
  reason: boolean;
  /** The state it leads to; null where it stays. */
  to?: string | null;
}
/** A colour set by hand: shown beside the computed one until its end. */
export interface HandColour {
  colour: Colour;
  label?: string | null;
  until: string | null;
  why: string | null;
}
export interface Judgement {
  hand?: HandColour | null;
  colour: Colour;
  rule?: string | null;
  rule_label?: string | null;
  why?: string | null;
  change?: string | null;
  since?: string | null;
  next?: string | null;
}
export interface LinkedRecord {
  id: number;
  kind: string;
  direction: 'from' | 'to';
  type: string;
  record: RecordData;
}
/** How many sites of a problem have reached each stage, and no further. */
export interface Sites {
  total: number;
  planned: number;
  started: number;
  built: number;
  accepted: number;
  confirmed: number;
}
export interface One {
  record: RecordData;
  /** Of an appeal: where it belongs; null while it is in no group. */
  group?: { event: number; class: number } | null;
  actions?: ActionOffer[];
  links?: LinkedRecord[];
  colour?: Judgement | null;
  measures?: RecordData[];
  tasks?: RecordData[];
  cycles?: RecordData[];
  evidence?: RecordData[];
  objections?: RecordData[];
  alerts?: RecordData[];
  parts?: RecordData[];
  /** Of an approval: what it would change. */
  asked?: {
    type: string;
    id: number;
    action: string;
    label: string;
    changes: { field: string; label: string; old: Value; new: Value }[];
  }[];
  stages?: RecordData[];
  indicators?: RecordData[];
  results?: RecordData[];
  checks?: RecordData[];
  self_checks?: RecordData[];
  cases?: RecordData[];
  sites?: Sites;
  /** Of a campaign. */
  period?: Period;
  home?: string;
  linked?: { count: number; address: string };
  /** Appeals go by its policy today. */
  hotline?: boolean;
  labels: Labels;
  journal: number;
}

export interface FieldChange {
  field: string;
  old: Value;
  new: Value;
}
export interface JournalEntry {
  number: number;
  moment: string;
  actor: number | null;
  behalf: number | null;
  channel: string;
  kind: 'change' | 'derived' | 'destruction';
  action: string;
  /** What the button said. */
  label?: string | null;
  state: string | null;
  changes: FieldChange[];
  reason: string | null;
  colour?: Judgement | null;
}
export interface Story {
  entries: JournalEntry[];
  total?: number;
  labels: Labels;
  journal: number;
}

export interface Task {
  type: string;
  record: RecordData;
  action: string;
  label: string;
  due: string | null;
  why: string;
  colour?: Judgement | null;
  /** What acceptance asked for when it sent back. */ asked_more?: string;
}
/** What comes in thousands, told by number. */
export interface BulkTask {
  type: string;
  plural: string;
  type_label: string;
  state: string;
  state_label: string;
  action: string;
  label: string;
  count: number;
}
export interface Tasks {
  items: Task[];
  groups: BulkTask[];
  left_off: number;
  labels: Labels;
  journal: number;
}

export interface Outcome {
  verdict: 'done' | 'unchanged' | 'repeated';
  entry: number;
  ids: number[];
  versions: number[];
  journal: number;
}
export interface Change {
  type: string;
  action: string;
  id?: number;
  version?: number;
  values: Values;
  reason?: string;
}

export interface ImportReport {
  created: number;
  unchanged: number;
  changed: number;
  conflict: number;
  missing: number;
  reappeared: number;
  errors: number;
  equal_texts: number;
  rows: number;
}
export interface ImportError {
  row: number;
  column?: string | null;
  field?: string | null;
  sentence: string;
}
export interface StagedImport {
  import: string;
  report: ImportReport;
  errors: ImportError[];
}

export interface Finding {
  change?: number;
  field?: string | null;
  code: string;
  sentence: string;
}
export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  findings?: Finding[];
  journal?: number;
}
/** Without type and id: very much changed, look again. */
export interface ChangeEvent {
  journal: number;
  type?: string;
  id?: number;
}
