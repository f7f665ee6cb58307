// A form and the record under it: what somebody else changed since the form was opened, field by field. What the program reckons by itself is no conflict.
import { get, isEmpty } from './api';
import { typeNamed } from './session';
import type { FieldChange, Labels, One, RecordData, Value } from './types';

/** The record as a form shows it. */
export interface Seen {
  type: string;
  record: RecordData;
}
/** What it is now, and what of it people see differently. */
export interface Now {
  record: RecordData;
  labels: Labels;
  changes: FieldChange[];
}

const same = (one: Value, other: Value) => (isEmpty(one) && isEmpty(other)) || JSON.stringify(one) === JSON.stringify(other);

export async function readNow({ type, record }: Seen): Promise<Now> {
  const known = typeNamed(type);
  const { record: now, labels } = await get<One>(`/api/v1/${known?.plural}/${record.id}`);
  const names = [
    'state',
    ...(known?.fields ?? []).filter((field) => !field.derived && field.type !== 'contact').map((field) => field.name),
  ];
  const changes = names
    .map((field) => ({ field, old: (record[field] ?? null) as Value, new: (now[field] ?? null) as Value }))
    .filter((one) => !same(one.old, one.new));
  return { record: now, labels, changes };
}
