// Which columns a list of any record type shows: its number and name, where it stands, then what its declaration lists.
import type { Filter } from './parts/ColumnFilter.vue';
import type { Column } from './parts/VirtualTable.vue';
import { fieldNamed, typeNamed } from './session';
import type { Field, RecordType } from './types';
import { word } from './words';

const MOST = 6;
const NARROW_FIRST = ['state'];
const COLUMN_TYPES = new Set(['text', 'integer', 'decimal', 'money', 'date', 'moment', 'weight', 'choice', 'reference', 'yes_no']);
const numeric = (field: Field) => ['integer', 'decimal', 'money', 'date', 'weight'].includes(field.type);
const width = (field: Field) =>
  field.type === 'reference' || field.type === 'text'
    ? 'minmax(110px, 1fr)'
    : field.type === 'moment'
      ? '150px'
      : field.type === 'date'
        ? '100px'
        : 'minmax(84px, 130px)';

/** The title first; of the rest what is listed, then what is required, as many as a screen holds. */
export function columnFields(type: RecordType, leaveOut: string[] = []): Field[] {
  const rest = type.fields.filter(
    (field) => COLUMN_TYPES.has(field.type) && !leaveOut.includes(field.name) && field.name !== type.title && field.name !== 'number',
  );
  const ranked = [
    ...rest.filter((field) => field.listed),
    ...rest.filter((field) => !field.listed && field.required),
    ...rest.filter((field) => !field.listed && !field.required && field.type !== 'text'),
  ];
  const chosen = new Set(ranked.slice(0, MOST));
  return type.fields.filter((field) => chosen.has(field));
}

export function columnsOf(type: RecordType, narrow: boolean, leaveOut: string[] = []): Column[] {
  const sortOf = (name: string) => (type.sorts.includes(name) ? name : undefined);
  const columns: Column[] = [];
  if (!narrow && type.fields.some((field) => field.name === 'number') && type.title !== 'number')
    columns.push({
      key: 'number',
      label: type.fields.find((field) => field.name === 'number')!.label,
      width: '120px',
      sort: sortOf('number'),
    });
  columns.push({
    key: 'title',
    label: type.fields.find((field) => field.name === type.title)?.label ?? type.label,
    width: 'minmax(180px, 2fr)',
    sort: type.title ? sortOf(type.title) : undefined,
  });
  if (type.states.length > 1) columns.push({ key: 'state', label: word('list.state'), width: '108px' });
  const fields = columnFields(type, leaveOut);
  for (const field of narrow ? fields.filter((one) => NARROW_FIRST.includes(one.name)).slice(0, 1) : fields)
    columns.push({ key: field.name, label: field.label, width: width(field), numeric: numeric(field), sort: sortOf(field.name) });
  return columns;
}

/** What a list of this type may be narrowed by: its state, its choices, the records it refers to. */
export const filterFields = (type: RecordType): Field[] =>
  type.fields.filter((field) => field.listed && ['choice', 'reference', 'yes_no'].includes(field.type));

/** May stand in a column at all. */
export const listable = (field: Field): boolean => COLUMN_TYPES.has(field.type);
export const columnOf = (field: Field, sort?: string): Column => ({
  key: field.name,
  label: field.label,
  width: width(field),
  numeric: numeric(field),
  sort,
});

/** The condition that a column's header offers: of listed fields only, which the store finds without reading all. */
export function filterOf(typeName: string, name: string, label: string): Filter | null {
  const type = typeNamed(typeName);
  if (name === 'state') return type && type.states.length > 1 ? { name, kind: 'choice', label, choices: type.states } : null;
  const field = fieldNamed(typeName, name);
  if (!field?.listed) return null;
  if (field.type === 'choice') return { name, kind: 'choice', label, choices: field.choices ?? [] };
  if (field.type === 'reference' && field.target && typeNamed(field.target))
    return { name, kind: 'reference', label, target: field.target };
  if (field.type === 'yes_no' || field.type === 'date') return { name, kind: field.type, label };
  return null;
}
