// What every list of records is beside its rows: columns chosen and ordered, conditions under their headers and in a bar, words searched,
// rows selected. A page says which columns it draws itself; all else comes from the declaration. The conditions stand in the address.
import { computed, ref, watch } from 'vue';
import { useRoute } from 'vue-router';
import { chosenColumns } from './columns';
import type { listing } from './listing';
import { useNarrow } from './narrow';
import type { Filter } from './parts/ColumnFilter.vue';
import type { Column } from './parts/VirtualTable.vue';
import { labelOf } from './records';
import { columnOf, filterFields, filterOf, listable } from './records-columns';
import { selection } from './selection';
import { choiceLabel, fieldNamed, stateLabel, typeNamed } from './session';
import type { Field } from './types';
import { handingWord } from './words/handing';
import { word } from './words';

export type Listing = ReturnType<typeof listing>;
export interface Shape {
  /** The usual columns: drawn by the page, or declared fields. */
  usual: () => Column[];
  /** Those of a phone. */
  few: () => Column[];
  /** Fields that the page draws within a usual column: they are no column of their own. */
  within?: string[];
  /** The field whose condition stands under a drawn column of another name; '': none does. */
  under?: Record<string, string>;
  /** What the bar offers as well where it does not stand under a header; all listed choices and references when not given. */
  offers?: string[];
  /** Conditions that the page offers itself. */
  itself?: string[];
  /** Pixels that it takes at least before it scrolls sideways. */
  least?: number;
  /** A condition that is no declared field, in words; null: as it stands. */
  says?: (name: string, text: string) => string | null;
  selectable?: boolean;
}
export type ListTable = ReturnType<typeof listTable>;

export function listTable(type: string, list: Listing, shape: Shape) {
  const { conditions, filters, labels, rows, set } = list;
  const route = useRoute();
  const narrow = useNarrow();
  const declared = typeNamed(type);
  const sorts = (column: Column): Column =>
    conditions.value.q || (column.sort && !declared?.sorts.includes(column.sort)) ? { ...column, sort: undefined } : column;

  // ---- columns ----
  const usual = computed(() => shape.usual().map(sorts));
  const taken = computed(() => new Set([...(shape.within ?? []), ...usual.value.map((column) => column.key), declared?.title ?? '']));
  const others = computed(() => (declared?.fields ?? []).filter((field) => listable(field) && !taken.value.has(field.name)));
  const every = computed<Column[]>(() => [...usual.value, ...others.value.map((field) => sorts(columnOf(field, field.name)))]);
  const {
    keys,
    columns: wide,
    choose,
  } = chosenColumns(
    type,
    every,
    computed(() => usual.value.map((column) => column.key)),
    set,
  );
  const box: Column = { key: 'pick', label: handingWord('select.all'), width: '40px' };
  const columns = computed<Column[]>(() => [...(shape.selectable ? [box] : []), ...(narrow.value ? shape.few().map(sorts) : wide.value)]);
  /** Shown as the declaration says; the page draws the rest. */
  const plain = (drawn: string[]) => columns.value.filter((column) => column.key !== 'pick' && !drawn.includes(column.key));
  const width = computed(() =>
    narrow.value
      ? 0
      : Math.max(
          shape.least ?? 900,
          columns.value.reduce((sum, column) => sum + Number(/\d+/.exec(column.width)?.[0] ?? 100), 0),
        ),
  );

  // ---- conditions ----
  const filterOn = computed<{ key: string; filter: Filter }[]>(() =>
    narrow.value || conditions.value.q
      ? []
      : columns.value.flatMap((column) => {
          const filter = filterOf(type, shape.under?.[column.key] ?? column.key, column.label);
          return filter ? [{ key: column.key, filter }] : [];
        }),
  );
  const under = (name: string) => filterOn.value.some((one) => one.filter.name === name);
  const stateField: Field | null =
    declared && declared.states.length > 1
      ? ({ name: 'state', label: word('list.state'), type: 'choice', choices: declared.states } as unknown as Field)
      : null;
  const offered = declared
    ? [
        ...(stateField && (!shape.offers || shape.offers.includes('state')) ? [stateField] : []),
        ...(shape.offers
          ? shape.offers.map((name) => fieldNamed(type, name)).filter((field): field is Field => field !== undefined)
          : filterFields(declared)),
      ]
    : [];
  /** What the bar offers. */
  const offers = computed(() => offered.filter((field) => !under(field.name)));
  const offeredNames = new Set(offered.map((field) => field.name));
  const itself = new Set(['q', 'sort', 'ids', ...(shape.itself ?? [])]);
  const told = (name: string, text: string): boolean =>
    itself.has(name) || (offeredNames.has(name) && !text.includes(',')) || (under(name) && !text.includes(','));
  /** Conditions that no control shows: each with its way out. */
  const aside = computed(() =>
    Object.entries(conditions.value)
      .filter(([name, text]) => !told(name, text) && !(under(name.split('.')[0]!) && /\.(ge|le|lt)$/.test(name)))
      .map(([name, text]) => ({ name, text: describe(name, text) })),
  );

  function describe(name: string, text: string): string {
    const said = shape.says?.(name, text);
    if (said) return said;
    const [fieldName = name, comparison = ''] = name.split('.');
    const field = fieldName === 'state' ? undefined : fieldNamed(type, fieldName);
    const sign = { lt: '<', le: '≤', gt: '>', ge: '≥', not: '≠', below: '⊂' }[comparison] ?? '=';
    const one = (part: string): string =>
      part === 'none'
        ? word('overview.missing')
        : part === 'true'
          ? word('yes')
          : part === 'false'
            ? word('no')
            : fieldName === 'state'
              ? stateLabel(type, part)
              : field?.type === 'reference' && field.target && /^\d+$/.test(part)
                ? labelOf(labels.value, field.target, part)
                : choiceLabel(type, fieldName, part);
    return `${fieldName === 'state' ? word('list.state') : (field?.label ?? fieldName)} ${sign} ${text.split(',').map(one).join(word('enumeration'))}`;
  }
  /** All of them in words, for paper. */
  const asked = computed(() =>
    Object.entries(filters.value)
      .map(([name, text]) => (name === 'q' ? `“${text}”` : describe(name, text)))
      .join(word('semicolon')),
  );
  const filtered = computed(() => Object.keys(filters.value).length > 0);
  const clear = () => set(Object.fromEntries(Object.keys(filters.value).map((name) => [name, null])));
  const reference = (name: string) => (/^\d+$/.test(conditions.value[name] ?? '') ? Number(conditions.value[name]) : null);
  const picked = (name: string): string[] => (conditions.value[name] ?? '').split(',').filter(Boolean);
  /** Conditions, order and columns: what a view keeps. */
  const parts = computed(() => ({
    ...conditions.value,
    ...(typeof route.query.columns === 'string' ? { columns: route.query.columns } : {}),
  }));

  // ---- words ----
  const text = ref(conditions.value.q ?? '');
  watch(
    () => conditions.value.q,
    (q) => {
      text.value = q ?? '';
    },
  );
  /** One character finds nothing: said beside the box. */
  const short = computed(() => text.value.trim().length === 1);
  function search(typing = false): void {
    if (!short.value) set({ q: text.value.trim() || null, ids: null }, typing);
  }
  let waiting: ReturnType<typeof setTimeout> | undefined;
  function typed(): void {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(true), 350);
  }
  return {
    type,
    declared,
    narrow,
    every,
    keys,
    choose,
    columns,
    plain,
    width,
    filterOn,
    under,
    offers,
    aside,
    describe,
    asked,
    filtered,
    clear,
    reference,
    picked,
    parts,
    text,
    short,
    search,
    typed,
    chosen: selection(rows),
    selectable: shape.selectable === true,
  };
}
