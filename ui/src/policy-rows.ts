// Policies keep some rules as rows of JSON (closing routes, days by source, warnings and chasing): which columns such a row has. An empty choice is "any".
import { choiceLabel, fieldNamed } from './session';
import type { Choice } from './types';
import { policyWord } from './words/policy';

export interface RowColumn {
  name: string;
  label: string;
  choices?: Choice[];
  /** May be left out. */ any?: boolean;
}
export type PolicyRow = Record<string, string | number>;

const choicesOf = (field: string, any = true): Pick<RowColumn, 'choices' | 'any'> => ({
  choices: fieldNamed('problem', field)?.choices ?? [],
  any,
});
const label = (field: string) => fieldNamed('problem', field)?.label ?? field;
const named = (names: string[], spoken: (name: string) => string): Choice[] => names.map((name) => ({ name, label: spoken(name) }));
const RISKS = ['ever_red', 'rebounded', 'led', 'hard'] as const;
const WHOM = ['liaison', 'unit_head', 'office', 'leaders'] as const;

export function columnsOf(field: string): RowColumn[] | null {
  if (field === 'routes')
    return [
      { name: 'kind', label: label('kind'), ...choicesOf('kind') },
      { name: 'level', label: label('level'), ...choicesOf('level') },
      {
        name: 'risk',
        label: policyWord('risk'),
        choices: named([...RISKS], (name) => policyWord(`risk.${name as (typeof RISKS)[number]}`)),
        any: true,
      },
      { name: 'route', label: label('route'), ...choicesOf('route', false) },
    ];
  if (field === 'deadlines')
    return [
      { name: 'source', label: label('source'), ...choicesOf('source') },
      { name: 'kind', label: label('kind'), ...choicesOf('kind') },
      { name: 'days', label: policyWord('rows.days') },
      {
        name: 'count',
        label: policyWord('rows.count'),
        choices: [
          { name: 'natural', label: policyWord('rows.natural') },
          { name: 'working', label: policyWord('rows.working') },
        ],
      },
    ];
  if (field === 'chasing')
    return [
      { name: 'before', label: policyWord('rows.before'), any: true },
      { name: 'after', label: policyWord('rows.after'), any: true },
      { name: 'to', label: policyWord('rows.to'), choices: named([...WHOM], (name) => policyWord(`to.${name as (typeof WHOM)[number]}`)) },
    ];
  return null;
}
export const rowsOf = (text: unknown): PolicyRow[] => {
  try {
    return typeof text === 'string' && text ? (JSON.parse(text) as PolicyRow[]) : [];
  } catch {
    return [];
  }
};
/** Null when there are none: the defaults hold. */
export const textOfRows = (rows: PolicyRow[]): string | null => (rows.length ? JSON.stringify(rows) : null);
export const cellText = (column: RowColumn, row: PolicyRow): string => {
  const value = row[column.name];
  if (value === undefined || value === '') return policyWord('rows.any');
  return column.choices?.find((one) => one.name === value)?.label ?? choiceLabel('problem', column.name, value);
};
