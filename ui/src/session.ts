// Who is signed in, under which store and campaign, and what exists (the declarations). Loaded once before the first page.
import { computed, reactive, ref } from 'vue';
import { get, journal, keepToken, request } from './api';
import { draftsOf, dropAllDrafts } from './drafts';
import { chooseLanguage, chosen, language } from './language';
import type { Declarations, Field, RecordType, Session } from './types';

export const session = ref<Session | null>(null);
const declared = reactive(new Map<string, RecordType>());
const declaredByPlural = reactive(new Map<string, RecordType>());
export const actionLabels = reactive(new Map<string, string>());
export const roleLabels = reactive(new Map<string, string>());
export const unitName = ref('');

export const today = computed(() => session.value?.store?.today ?? new Date().toISOString().slice(0, 10));
export const now = computed(() => session.value?.store?.now ?? new Date().toISOString());

export async function loadSession(): Promise<void> {
  const loaded = await get<Session>('/api/v1/session');
  keepToken(loaded.csrf);
  session.value = loaded;
  draftsOf(loaded.user.id);
  if (loaded.journal > journal.value) journal.value = loaded.journal;
  const own = loaded.user.language;
  if (!chosen() && own && own !== language.value) chooseLanguage(own);
}

export async function loadDeclarations(): Promise<void> {
  const answer = await get<Declarations>('/api/v1/types');
  for (const type of answer.types) {
    declared.set(type.name, type);
    declaredByPlural.set(type.plural, type);
  }
  for (const action of answer.actions) actionLabels.set(action.name, action.label);
  for (const role of answer.roles) roleLabels.set(role.name, role.label);
}

export async function loadUnitName(): Promise<void> {
  const id = session.value?.user.unit;
  if (!id) return;
  try {
    const answer = await get<{ record: { name?: string } }>(`/api/v1/units/${id}`);
    unitName.value = answer.record.name ?? '';
  } catch {
    /* the header then shows the roles only */
  }
}

export const allTypes = (): RecordType[] => [...declared.values()];
export const typeNamed = (name: string): RecordType | undefined => declared.get(name) ?? declaredByPlural.get(name);
export const fieldNamed = (type: string, field: string): Field | undefined => typeNamed(type)?.fields.find((one) => one.name === field);
export const stateLabel = (type: string, state: string | null | undefined): string =>
  typeNamed(type)?.states.find((one) => one.name === state)?.label ?? state ?? '';
export const choiceLabel = (type: string, field: string, choice: unknown): string =>
  fieldNamed(type, field)?.choices?.find((one) => one.name === choice)?.label ?? String(choice ?? '');
export const mayCreate = (type: string): boolean => typeNamed(type)?.create ?? false;

export async function signOut(): Promise<void> {
  await request<void>('DELETE', '/api/v1/session', { quiet: true }).catch(() => undefined);
  dropAllDrafts();
  sessionStorage.clear();
  location.assign('/sign-in.html');
}
