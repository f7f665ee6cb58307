// Forms in which one answer decides how the next is asked: a correction slip asks for what a figure can be, by its words.
import { figureLabel } from '@/records';
import { fieldNamed, typeNamed } from '@/session';
import type { Choice, Field, Values } from '@/types';
import { roundWord } from '@/words/rounds';

/** Figures of one problem that people correct; of the whole table its totals. */
const FIGURES = [
  'category',
  'source',
  'kind',
  'level',
  'priority',
  'led_by',
  'route',
  'state',
  'due',
  'due_original',
  'sent_back',
  'extensions',
  'transfers',
  'rebounds',
];
const TOTALS = ['problems', 'open', 'closed', 'accepted', 'green', 'blue', 'yellow', 'orange', 'red', 'grey'] as const;
const COLOURS = ['green', 'blue', 'yellow', 'orange', 'red', 'grey'];

function figures(values: Values): Choice[] {
  if (values.problem)
    return FIGURES.filter((name) => name === 'state' || fieldNamed('problem', name)).map((name) => ({ name, label: figureLabel(name) }));
  const colours = fieldNamed('problem', 'colour')?.choices ?? [];
  return TOTALS.map((name) => ({
    name,
    label: COLOURS.includes(name) ? (colours.find((one) => one.name === name)?.label ?? name) : roundWord(`total.${name}` as 'total.open'),
  }));
}
function corrected(field: Field, values: Values): Field {
  const name = String(values.figure ?? ''),
    of = values.problem ? fieldNamed('problem', name) : undefined;
  if (values.problem && name === 'state') return { ...field, type: 'choice', choices: typeNamed('problem')?.states ?? [] };
  if (of?.type === 'choice') return { ...field, type: 'choice', choices: of.choices };
  return of?.type === 'date' ? { ...field, type: 'date' } : field;
}

export const SHAPES: Record<string, (field: Field, values: Values) => Field> = {
  correction: (field, values) =>
    field.name === 'figure'
      ? { ...field, type: 'choice', choices: figures(values) }
      : field.name === 'corrected'
        ? corrected(field, values)
        : field,
};
